import { dirname } from 'node:path'
import pino from 'pino'
import type { Log } from '../chat/platform.ts'
import { makeFolder } from '../store/data-folder.ts'

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
  // Of a webhook.
  'address',
  '*.address',
]
/** Tokens, and the parts of an address that work like one: Discord interactions, webhooks, database passwords. */
const SECRET_SHAPES = new RegExp(
  [
    /\b(?:xoxe\.xox[a-z]-[\w-]+|xox[a-z]-[\w-]+|xapp-[\w-]+|whsec_[\w+/=-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,})/,
    /(?:response_url|ticket)=[^\s"\\]+|\b(?:sig|signature)=[^\s"\\&]+/,
    /(?<=\/(?:interactions|webhooks)\/\d+\/)[\w-]+/,
    /(?<=\/\/hooks\.slack(?:-gov)?\.com\/)[\w/-]+/,
    /(?<=\/services\/)T\w+\/B\w+\/\w+/,
    /(?<=\/(?:hooks|websub)\/[a-z0-9-]+\/)[\w-]+/,
    /(?<=:\/\/)[^\s":/@]+:[^\s"/@]+(?=@)/,
  ]
    .map(shape => shape.source)
    .join('|'),
  'g',
)
/** Lines that cannot be written wait in memory, up to this many characters. */
const MAX_BUFFERED_CHARACTERS = 1_000_000

/**
 * Creates a log of JSON lines, on standard error or in a file (beside a prompt, where lines would disturb typing).
 * Secrets are removed by their key and by their shape.
 */
export function createLog(level: string, file?: string): Log {
  if (file !== undefined) makeFolder(dirname(file))
  const target = pino.destination({ dest: file ?? 2, sync: true, maxLength: MAX_BUFFERED_CHARACTERS })
  // A full disk costs log lines and does not stop the bot.
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
