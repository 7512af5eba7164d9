import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import pino from 'pino'
import type { Log } from './platform.ts'

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
]
const SECRET_SHAPES =
  /\b(?:xox[a-z]-[\w-]+|xapp-[\w-]+|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,})|(response_url|ticket)=\S+/g

/**
 * Log lines as JSON, on standard error or in a file (beside a terminal prompt, into which nothing may be written).
 * Secrets are taken out by their place and by their shape.
 */
export function createLog(level: string, file?: string): Log {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true })
  const target = pino.destination(file === undefined ? { dest: 2, sync: true } : { dest: file, sync: true })
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
