import { Client, GatewayIntentBits, Options, Partials, REST, SimpleShardingStrategy } from 'discord.js'
import type { GatewayClient } from './connection.ts'
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

/** Creates a client of the gateway, which caches nothing. Once `isOver` is true it does not connect any more. */
export const createGatewayClient = (apiUrl: string | undefined, isOver: () => boolean): GatewayClient =>
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
        manager.options.retrieveSessionInfo = shard => (isOver() ? NEVER : retrieveSessionInfo(shard))
        return new SimpleShardingStrategy(manager)
      },
    },
    rest: { ...apiOption(apiUrl), timeout: REQUEST_TIMEOUT_MS },
  })

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
