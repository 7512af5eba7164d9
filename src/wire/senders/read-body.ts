import type { IncomingMessage } from 'node:http'
import type { Problem } from './read-items.ts'

/** The longest body that is read: to read a longer one as JSON would hold up everybody else. */
export const MAX_BODY = 1_000_000
const TIMEOUT_MS = 10_000

/** Reads the bytes of a request as they are, because the signature is over them. */
export async function readRequestBody(
  req: IncomingMessage,
  timeoutMs = TIMEOUT_MS,
): Promise<{ bytes: Buffer } | Problem> {
  const encoding = req.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity')
    return { status: 415, field: 'content-encoding', reason: 'is not taken: send the body as it is' }
  if (Number(req.headers['content-length'] ?? 0) > MAX_BODY) return TOO_LONG
  const late = Promise.withResolvers<Problem>()
  const timer = setTimeout(
    () => late.resolve({ status: 408, field: 'body', reason: `did not come within ${timeoutMs / 1000} s` }),
    timeoutMs,
  )
  try {
    return await Promise.race([collect(req), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

const TOO_LONG: Problem = { status: 413, field: 'body', reason: `has more than ${MAX_BODY} bytes` }

async function collect(req: IncomingMessage): Promise<{ bytes: Buffer } | Problem> {
  const chunks: Buffer[] = []
  let length = 0
  const done = Promise.withResolvers<{ bytes: Buffer } | Problem>()
  req.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > MAX_BODY) {
      req.pause()
      return done.resolve(TOO_LONG)
    }
    chunks.push(chunk)
  })
  req.on('end', () => done.resolve({ bytes: Buffer.concat(chunks) }))
  req.on('error', cause => done.reject(cause))
  req.on('close', () => done.reject(new Error('hooks: the caller broke off')))
  return done.promise
}
