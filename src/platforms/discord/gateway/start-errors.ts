import { StartFailure } from '../../../chat/start-failure.ts'

/** Codes with which the gateway closes a connection for good, and what to do about them. */
const FATAL: Record<number, string> = {
  4004: 'Discord does not accept DISCORD_TOKEN (4004). Copy the token of the bot again, or reset it, in the developer portal.',
  4010: 'Discord does not accept this shard (4010).',
  4011: 'The bot is on too many servers for one connection (4011): sharding is required.',
  4012: 'Discord no longer supports this version of its gateway (4012). Update nutgraf.',
  4013: 'Discord does not know these intents (4013). Update nutgraf.',
  4014: 'Discord does not allow these intents (4014). nutgraf asks for none that are privileged: is the application in good standing in the developer portal?',
}

/** Says in one sentence why a connection closed for good; undefined for a code after which it can be resumed. */
export const fatalCloseReason = (code: number): string | undefined => FATAL[code]

/** Says in one sentence, without secrets, why the platform could not start; it names the setting. */
export function startFailure(cause: unknown, closeCode: number | undefined): StartFailure {
  const { code, status, message, retryAfter, cause: inner } = (cause ?? {}) as Failure
  const closeReason = closeCode === undefined ? undefined : fatalCloseReason(closeCode)
  const isRefused = code === 'TokenInvalid' || status === 401
  if (closeReason !== undefined || isRefused)
    return new StartFailure(
      closeReason ??
        'Discord does not accept DISCORD_TOKEN (401). Copy the token of the bot again, or reset it, in the developer portal.',
      { needsPerson: true, cause },
    )
  // discord.js counts the starts of a day itself, in a sentence with the moment at which they are allowed again.
  if (/sessions remaining/i.test(message ?? ''))
    return new StartFailure('Discord allows no more starts today.', { needsPerson: false, cause })
  const retryInMs = typeof retryAfter === 'number' ? retryAfter : undefined
  const innerCode = inner?.code ?? code
  const why =
    retryInMs !== undefined
      ? 'rate limited'
      : typeof innerCode === 'string'
        ? innerCode
        : status
          ? `HTTP ${status}`
          : (message ?? 'no answer')
  return new StartFailure(`Discord cannot be reached (${why}).`, { needsPerson: false, retryInMs, cause })
}

type Failure = {
  code?: unknown
  status?: number
  message?: string
  retryAfter?: number
  cause?: { code?: unknown }
}
