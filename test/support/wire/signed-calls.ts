import { readFileSync } from 'node:fs'
import type { RawCall } from '../../../src/wire/senders/verify.ts'

/** A call as its system sends it, signed by `sign-calls.py`, with the secret that both know. */
export type SignedCall = {
  name: string
  secret: string
  headers: Record<string, string>
  body: string
  path: string
}

const file = JSON.parse(readFileSync(new URL('signed-calls.json', import.meta.url), 'utf8')) as {
  now: number
  calls: SignedCall[]
}

/** When the calls of `SIGNED_CALLS` were signed. */
export const SIGNED_AT = file.now
/** One call of each of the ten systems. */
export const SIGNED_CALLS = file.calls

/** A call as the listener hands it on, and what stood behind the sender's name in its address. */
export const rawCall = ({
  headers,
  body,
  path,
}: Omit<SignedCall, 'name' | 'secret'>): RawCall & { token?: string } => ({
  method: 'POST',
  path,
  headers,
  body: Buffer.from(body),
  token: path.split('/')[3],
})
