import { setTimeout as sleep } from 'node:timers/promises'
import type { ButtonLines, Handlers, Log, Paint, Platform } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Command } from '../../commands/command.ts'
import { createConnectionState } from '../connection-state.ts'
import { createResponder } from '../responder.ts'
import { createWorkTracker } from '../work-tracker.ts'
import { createLineSaver } from './controls.ts'
import { createGatewayClient, createRequests } from './discord-js.ts'
import { createEventHandler } from './events.ts'
import { createAccount, createOwnIdLookup } from './gateway/account.ts'
import { type Connection, type ConnectionTiming, createConnection } from './gateway/connection.ts'
import { createOwnRoles } from './gateway/own-roles.ts'
import { startFailure } from './gateway/start-errors.ts'
import { discordRegistry } from './manifest.ts'
import { createMessages } from './messages.ts'
import { pace } from './pace.ts'
import { createPictures } from './pictures.ts'
import { splitPlace } from './place.ts'
import { createRegistrar, type RegistrationOutcome } from './registrar.ts'
import { render } from './render.ts'
import { createResponses, type RenderedReply } from './responses.ts'

/**
 * The settings of Discord. With `guildId` commands are registered on that server only, where they appear at once.
 * Without `buttonLines` a button or option whose line is too long for it says so; without `paint` there are no pictures.
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

/** Discord as a platform. `register` updates Discord's list of our commands where it differs; it never rejects. */
export type DiscordPlatform = Platform & { register(): Promise<RegistrationOutcome> }

/**
 * A nonce makes repeated posts one message "in the past few minutes"
 * (docs.discord.com/developers/resources/message#create-message). We rely on two of them.
 */
const DEDUPLICATION_MS = 120_000
/** A server says its name right after we are ready. The first screen is better with it, but not worth a longer wait. */
const SERVER_NAME_WAIT_MS = 300

/** Creates the Discord platform. Nothing is connected before `start`. */
export function createDiscord(options: DiscordOptions): DiscordPlatform {
  const { token, guildId, apiUrl, commands, buttonLines, log, timing } = options
  const { rest, sendFirstResponse, editResponse } = createRequests(token, apiUrl)
  const account = createAccount()
  const ownRoles = createOwnRoles(() => account.self()?.id)
  const ownId = createOwnIdLookup(account, rest)
  const connectionState = createConnectionState('discord', log)
  const work = createWorkTracker('discord', log)
  const stopping = new AbortController()
  const pictures = createPictures({ paint: options.paint, log })
  const saveButtonLines = createLineSaver(buttonLines, log)
  const registrar = createRegistrar({
    rest,
    scope: () => {
      const self = account.self()
      return self && { appId: self.appId, guildId }
    },
    commands: () => discordRegistry(commands()),
    log,
  })
  let connection: Connection | undefined

  /** Renders an answer. Meanwhile the lines that are too long for its buttons are saved. */
  function renderReply(reply: Reply): RenderedReply {
    const message = render(reply)
    void work.track(() => saveButtonLines(reply))
    return { reply, message }
  }

  const eventHandlerFor = (handlers: Handlers) =>
    createEventHandler({
      handlers,
      commands,
      ownId: () => account.self()?.id,
      isOwnRole: ownRoles.isOwnRole,
      ...createResponses({ sendFirstResponse, editResponse, pictures, stopping: stopping.signal, log }),
      responder: createResponder({ name: 'discord', title: 'Discord', render: renderReply }, log),
      buttonLines,
      log,
    })

  async function connect(handlers?: Handlers): Promise<void> {
    if (!handlers) {
      // A process that only posts needs no connection that stays open. A bad token is still reported at once.
      await ownId().catch(cause => Promise.reject(startFailure(cause, undefined)))
      return connectionState.report('connected')
    }
    connection ??= connectionFor(handlers)
    await connection.start()
    if (account.serverCount() === 1)
      await Promise.race([account.firstServerNamed, sleep(SERVER_NAME_WAIT_MS, undefined, { ref: false })])
    void registrar.register()
  }

  function connectionFor(handlers: Handlers): Connection {
    const handleEvent = eventHandlerFor(handlers)
    return createConnection({
      connect: isOver => createGatewayClient(apiUrl, isOver),
      token,
      log,
      report: connectionState.report,
      onPacket(packet) {
        account.handlePacket(packet)
        ownRoles.handlePacket(packet)
        const handling = handleEvent(packet)
        if (handling) void work.track(() => handling)
      },
      timing,
    })
  }

  return {
    name: 'discord',
    async start(handlers) {
      try {
        await connect(handlers)
      } catch (cause) {
        connectionState.report('connecting', (cause as Error).message)
        throw cause
      }
    },
    state() {
      const { state, detail } = connectionState.current()
      return { state, account: account.describe(), detail: detail ?? account.invitationHint() }
    },
    deduplicatesForMs: DEDUPLICATION_MS,
    pace,
    ...createMessages(rest, ownId, pictures.sendWithPicture, saveButtonLines),
    link({ place, id }) {
      const { guild, channel } = splitPlace(place)
      return `https://discord.com/channels/${guild}/${channel}/${id}`
    },
    register: registrar.register,
    async stop() {
      connectionState.stop()
      registrar.stop()
      stopping.abort()
      await connection?.stop()
      await work.idle()
    },
  }
}
