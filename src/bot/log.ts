import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import pino from 'pino'
import type { Log } from '../chat/platform.ts'

const SECRETS = [
  'token',
  '*.token',
  'appToken',
  '*.appToken',
  'signingSecret',
  '*.signingSecret',
  'headers',
  '*.headers',
  'authorization',
  '*.requestBody',
]
/** Tokens, and what in an address is as good as one: Discord's interactions, Slack's answers, the user of a database. */
const SECRET_SHAPES = new RegExp(
  [
    /\b(?:xox[a-z]-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,})/,
    /(?:response_url|ticket)=[^\s"\\]+/,
    /(?<=\/(?:interactions|webhooks)\/\d+\/)[\w-]+/,
    /(?<=\/\/hooks\.slack\.com\/)[\w/-]+/,
    /(?<=:\/\/)[^\s"/@]+:[^\s"/@]+(?=@)/,
  ]
    .map(shape => shape.source)
    .join('|'),
  'g',
)
/** What cannot be written waits in memory, but no more of it than this. */
const MAX_BUFFERED_CHARACTERS = 1_000_000

/**
 * Log lines as JSON, on standard error or in a file (beside a terminal prompt, into which nothing may be written).
 * Secrets are taken out by their place and by their shape.
 */
export function createLog(level: string, file?: string): Log {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true })
  const target = pino.destination({ dest: file ?? 2, sync: true, maxLength: MAX_BUFFERED_CHARACTERS })
  // A full disk costs lines of the log, not the bot.
  target.on('error', () => {})
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS, censor: '[secret]' },
      hooks: { streamWrite: (line: string) => line.replace(SECRET_SHAPES, '[secret]') },
    },
    target,
  ) as unknown as Log
}
