import {
  Client,
  DefaultRestOptions,
  GatewayIntentBits,
  Options,
  Partials,
  REST,
  SimpleShardingStrategy,
  WebSocketShardStatus,
} from 'discord.js'
import type { GatewayClient } from './gateway/connection.ts'
import type { SendInteraction } from './responses.ts'
import type { Rest } from './rest.ts'

const REQUEST_TIMEOUT_MS = 10_000
/**
 * Discord waits 3 s for the first response to an interaction: a first attempt that hangs must leave time for a second.
 */
const FIRST_RESPONSE_TIMEOUT_MS = 1_200

/** Requests to Discord's HTTP API: with the bot's token, or for an interaction, which has a token of its own. */
export type Requests = { rest: Rest; sendFirstResponse: SendInteraction; editResponse: SendInteraction }

/**
 * Creates the functions that make requests. The SDK repeats nothing: it cannot know whether a post arrived, and it
 * misses most of the ways in which a connection ends.
 */
export function createRequests(token: string, apiUrl: string | undefined): Requests {
  const shared = {
    version: '10',
    ...apiOption(apiUrl),
    retries: 0,
    rejectOnRateLimit: () => true,
    handlerSweepInterval: 60_000,
    makeRequest: requestSayingWhy,
  }
  const client = new REST({ ...shared, timeout: REQUEST_TIMEOUT_MS })
  const firstResponseClient = new REST({ ...shared, timeout: FIRST_RESPONSE_TIMEOUT_MS })
  return {
    rest(method, path, { body, files, query, signal } = {}) {
      // After one 401 the SDK forgets its token, and no request would work again.
      client.setToken(token)
      return client.request({
        method: method as Parameters<typeof client.request>[0]['method'],
        fullRoute: path,
        body,
        files,
        query: query && new URLSearchParams(query),
        signal,
      })
    },
    sendFirstResponse: (interaction, body, files = []) =>
      firstResponseClient.post(`/interactions/${interaction.id}/${interaction.token}/callback`, {
        body,
        files,
        auth: false,
      }),
    editResponse: (interaction, body, files = []) =>
      client.patch(`/webhooks/${interaction.application_id}/${interaction.token}/messages/@original`, {
        body,
        files,
        auth: false,
      }),
  }
}

/**
 * Makes one request as the SDK does, but of a 429 that has a code of its own (too many edits of old messages) it makes an
 * error that says so: the SDK's has only the time to wait. The channel itself is not over its limit then.
 */
const requestSayingWhy: typeof DefaultRestOptions.makeRequest = async (url, init) => {
  const response = await DefaultRestOptions.makeRequest(url, init)
  if (response.status !== 429) return response
  // A proxy's answer may be no JSON. A 429 without a code is the SDK's, which reads its headers alone.
  const { code = 0, message, retry_after = 0 } = (await response.json().catch(() => ({}))) as Refused
  if (code === 0) return response
  throw Object.assign(new Error(message), { code, status: 429, retryAfter: retry_after * 1_000 })
}

type Refused = { code?: number; message?: string; retry_after?: number }

/**
 * Creates a client of the gateway, which caches nothing. Once `isOver` is true it does not connect any more. While it
 * closes, it still hands on what Discord sent before it knew: the SDK would drop that.
 */
export function createGatewayClient(apiUrl: string | undefined, isOver: () => boolean): GatewayClient {
  let strategy: Shards | undefined
  const client = new Client({
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
        const created = new SimpleShardingStrategy(manager)
        strategy = created as unknown as Shards
        // A shard that is ready asks too, for each event.
        const isConnecting = (shard: number) =>
          strategy?.shards.get(shard)?.status !== WebSocketShardStatus.Ready
        manager.options.retrieveSessionInfo = shard =>
          isOver() && isConnecting(shard) ? NEVER : retrieveSessionInfo(shard)
        return created
      },
    },
    rest: { ...apiOption(apiUrl), timeout: REQUEST_TIMEOUT_MS },
  })
  const destroy = client.destroy.bind(client)
  client.destroy = () => {
    for (const { connection } of strategy?.shards.values() ?? []) hearOut(connection, client)
    return destroy()
  }
  return client
}

/** The part of the SDK's connections that is used here. */
type Shards = { shards: Map<number, { status: number; connection: Socket | null }> }
type Socket = {
  onmessage: unknown
  readyState: number
  on(event: 'message' | 'error', listener: (data: unknown) => void): void
  terminate(): void
}

/** The state of a socket that is not open yet. */
const CONNECTING = 0

const DISPATCH = 0

/** Emits the events that a socket gets once the SDK does not listen to it any more. */
function hearOut(socket: Socket | null, client: Client): void {
  // The SDK leaves a socket that is still connecting to itself, without a listener: its error would end the process.
  socket?.on('error', () => {})
  if (socket?.readyState === CONNECTING) socket.terminate()
  socket?.on('message', data => {
    if (socket.onmessage !== null) return
    const packet = JSON.parse(String(data)) as { op: number }
    if (packet.op === DISPATCH) client.emit('raw', packet as never, 0)
  })
}

const NEVER = new Promise<never>(() => {})

/** The API's address as an option: absent for the SDK's own, since the SDK merges its options over defaults. */
const apiOption = (apiUrl: string | undefined) =>
  apiUrl === undefined ? {} : { api: apiUrl.replace(/\/+$/, '') }

/** Limits of zero for everything that discord.js would cache of each server: we never read it again. */
const NO_CACHE = Object.fromEntries(
  [
    'ApplicationCommandManager',
    'ApplicationEmojiManager',
    'AutoModerationRuleManager',
    'BaseGuildEmojiManager',
    'DMMessageManager',
    'EntitlementManager',
    'GuildBanManager',
    'GuildEmojiManager',
    'GuildForumThreadManager',
    'GuildInviteManager',
    'GuildMemberManager',
    'GuildMessageManager',
    'GuildScheduledEventManager',
    'GuildStickerManager',
    'GuildTextThreadManager',
    'MessageManager',
    'PresenceManager',
    'ReactionManager',
    'ReactionUserManager',
    'StageInstanceManager',
    'ThreadManager',
    'ThreadMemberManager',
    'UserManager',
    'VoiceStateManager',
  ].map(name => [name, 0]),
)
