/** Codes with which the gateway ends a connection for good, and what to do about them. */
const FATAL: Record<number, string> = {
  4004: 'Discord does not accept DISCORD_TOKEN (4004). Copy the token of the bot again, or reset it, in the developer portal.',
  4010: 'Discord does not accept this shard (4010).',
  4011: 'The bot is on too many servers for one connection (4011): sharding is required.',
  4012: 'Discord no longer speaks this version of its gateway (4012). Update nutgraf.',
  4013: 'Discord does not know these intents (4013). Update nutgraf.',
  4014: 'Discord does not allow these intents (4014). nutgraf asks for none that are privileged: is the application in good standing in the developer portal?',
}

/** Why a connection ended for good, in one sentence; `undefined` for a code after which it may be taken up again. */
export const fatalCloseReason = (code: number): string | undefined => FATAL[code]

/** Why the platform could not start, in one sentence that names the setting; nothing secret is ever in it. */
export function startFailure(cause: unknown, code: number | undefined): Error {
  const {
    code: name,
    status,
    message,
  } = (cause ?? {}) as { code?: unknown; status?: number; message?: string }
  const said = code === undefined ? undefined : fatalCloseReason(code)
  const refused = name === 'TokenInvalid' || status === 401
  const sentence =
    said ??
    (refused
      ? 'Discord does not accept DISCORD_TOKEN (401). Copy the token of the bot again, or reset it, in the developer portal.'
      : `Discord cannot be reached (${typeof name === 'string' ? name : status ? `HTTP ${status}` : (message ?? 'no answer')}).`)
  return new Error(sentence, { cause })
}
