import { setTimeout as wait } from 'node:timers/promises'
import { Client, GatewayIntentBits, Options, Partials, REST, SimpleShardingStrategy } from 'discord.js'
import type { ButtonLines, Handlers, Log, Paint, Platform, PlatformState } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { createResponder } from '../responder.ts'
import { createAccount } from './account.ts'
import { createButtonLineSaver } from './button-id.ts'
import { type Connection, type ConnectionTiming, createConnection } from './connection.ts'
import { createEventHandler } from './events.ts'
import { discordRegistry } from './manifest.ts'
import { createMessages } from './messages.ts'
import { NO_CACHE } from './no-cache.ts'
import { createPictures } from './pictures.ts'
import { splitPlace } from './place.ts'
import { pace } from './rate-limit.ts'
import { createRegistrar, type RegistrationOutcome } from './registrar.ts'
import { render } from './render.ts'
import { createResponses, type RenderedReply } from './responses.ts'
import type { Rest } from './rest.ts'
import { startFailure } from './start-errors.ts'

/**
 * With `guildId` commands are registered on that server only, where they appear at once. Without `lines` a button whose
 * line has no room in it leads nowhere, and without `paint` there are only words.
 */
export type DiscordOptions = {
  token: string
  guildId?: string
  apiUrl?: string
  commands(): Command[]
  buttonLines?: ButtonLines
  paint?: Paint
  log: Log
  timing?: Partial<ConnectionTiming>
}

/** Discord as a platform; `register` tells it the commands as they are now, where it knows others. It never rejects. */
export type DiscordPlatform = Platform & { register(): Promise<RegistrationOutcome> }

/** A nonce makes repeats one message "in the past few minutes" (…/resources/message#create-message): two of them are sure. */
const REPEATS_MS = 120_000
const REQUEST_TIMEOUT_MS = 10_000
/** Within 3 s Discord wants to hear; a first attempt that hangs must leave time for a second. */
const ANSWER_TIMEOUT_MS = 1_200
const NAME_WAIT_MS = 300

/** Makes the Discord platform; nothing is connected before `start`. */
export function createDiscord(options: DiscordOptions): DiscordPlatform {
  const { token, log, guildId } = options
  const keep = createButtonLineSaver(options.buttonLines, options.log)
  const drawing = createPictures({ paint: options.paint, log: options.log })
  const working = new Set<Promise<unknown>>()
  const stopping = new AbortController()
  const me = createAccount()
  let state: PlatformState['state'] = 'connecting'
  let detail: string | undefined

  const api = options.apiUrl === undefined ? {} : { api: options.apiUrl.replace(/\/+$/, '') }
  const shared = {
    version: '10',
    ...api,
    retries: 0,
    rejectOnRateLimit: () => true,
    handlerSweepInterval: 60_000,
  }
  // Nothing is repeated by the SDK: it cannot know what became of a post, and misses most of what ends a connection.
  const posts = new REST({ ...shared, timeout: REQUEST_TIMEOUT_MS })
  const answers = new REST({ ...shared, timeout: ANSWER_TIMEOUT_MS })

  const rest: Rest = (method, path, { body, files, query, signal } = {}) => {
    // After one 401 the SDK forgets its token, and nothing would work again.
    posts.setToken(token)
    return posts.request({
      method: method as Parameters<typeof posts.request>[0]['method'],
      fullRoute: path,
      ...(body !== undefined && { body }),
      ...(files?.length && { files }),
      ...(query && { query: new URLSearchParams(query) }),
      ...(signal && { signal }),
    })
  }

  /** Who we are: from the gateway, or asked for where this process holds no connection to it. */
  let asked: Promise<string> | undefined
  const ownId = async (): Promise<string> => {
    const known = me.self()?.id
    if (known !== undefined) return known
    asked ??= (rest('GET', '/users/@me') as Promise<{ id: string }>).then(({ id }) => id)
    return asked.catch(cause => {
      asked = undefined
      throw cause
    })
  }

  const registering = createRegistrar({
    rest,
    scope: () => {
      const self = me.self()
      return self && { appId: self.appId, ...(guildId !== undefined && { guildId }) }
    },
    commands: () => discordRegistry(options.commands()),
    log,
  })

  const report = (now: 'connected' | 'lost', why?: string) => {
    if (state === 'stopped') return
    if (state !== now) log[now === 'lost' ? 'warn' : 'info']({ detail: why }, `discord: ${now}`)
    state = now
    detail = why
  }

  const newClient = (over: () => boolean) =>
    new Client({
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
      partials: [Partials.Channel],
      waitGuildTimeout: 0,
      allowedMentions: { parse: [] },
      makeCache: Options.cacheWithLimits(NO_CACHE),
      sweepers: {},
      ws: {
        buildStrategy(manager) {
          // A client that is destroyed while it connects would connect again all the same, and nobody could stop it.
          const { retrieveSessionInfo } = manager.options
          manager.options.retrieveSessionInfo = shard => (over() ? NEVER : retrieveSessionInfo(shard))
          return new SimpleShardingStrategy(manager)
        },
      },
      rest: { ...api, timeout: REQUEST_TIMEOUT_MS },
    })

  let link: Connection | undefined

  async function start(handlers?: Handlers): Promise<void> {
    if (!handlers) {
      // Whoever only posts needs no connection that stays open; a bad token is still heard of at once.
      await ownId().catch(cause => Promise.reject(startFailure(cause, undefined)))
      return report('connected')
    }
    const hear = createEventHandler({
      handlers,
      commands: options.commands,
      ownId: () => me.self()?.id,
      // An interaction brings a token of its own.
      ...createResponses({
        callback: ({ id, token }, body, files = []) =>
          answers.post(`/interactions/${id}/${token}/callback`, { body, files, auth: false }),
        revise: ({ application_id, token }, body, files = []) =>
          posts.patch(`/webhooks/${application_id}/${token}/messages/@original`, {
            body,
            files,
            auth: false,
          }),
        pictures: drawing,
        stopping: stopping.signal,
        log,
      }),
      responder: createResponder({ name: 'discord', title: 'Discord', render: drawn }, log),
      ...(options.buttonLines && { buttonLines: options.buttonLines }),
      log,
    })
    link = createConnection({
      connect: newClient,
      token,
      log,
      report,
      onPacket(packet) {
        me.handlePacket(packet)
        const answering = hear(packet)
        if (answering) void during(answering)
      },
      ...(options.timing && { timing: options.timing }),
    })
    await link.start()
    // A server says its name right after we are ready; the first screen is better with it, but not worth a wait.
    if (me.serverCount() === 1)
      await Promise.race([me.firstServerNamed, wait(NAME_WAIT_MS, undefined, { ref: false })])
    void registering.register()
  }

  /** An answer as it is sent; what has no room in its buttons is written down meanwhile. */
  function drawn(reply: Reply): RenderedReply {
    const message = render(reply)
    void during(keep(reply))
    return { reply, message }
  }

  /** Work that `stop` waits for. What fails is logged here, so that nothing is ever an unhandled rejection. */
  async function during(work: Promise<void>): Promise<void> {
    const running = work.catch(cause => log.error({ err: cause }, 'discord: an answer was not delivered'))
    working.add(running)
    await running
    working.delete(running)
  }

  return {
    name: 'discord',
    start,
    state() {
      const name = me.describe()
      const more = detail ?? me.invitationHint()
      return {
        state,
        ...(name !== undefined && { account: name }),
        ...(more !== undefined && { detail: more }),
      }
    },
    deduplicatesForMs: REPEATS_MS,
    pace,
    ...createMessages(rest, ownId, drawing.sendWithPicture, keep),
    link({ place, id }) {
      const { guild, channel } = splitPlace(place)
      return `https://discord.com/channels/${guild}/${channel}/${id}`
    },
    register: registering.register,
    async stop() {
      state = 'stopped'
      detail = undefined
      registering.stop()
      stopping.abort()
      await Promise.allSettled([...working])
      await link?.stop()
    },
  }
}

const NEVER = new Promise<never>(() => {})
