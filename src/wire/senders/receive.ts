import { createHash } from 'node:crypto'
import type { SenderRow } from '../../content/senders/sender-row.ts'
import { CALLS_KEPT_MS } from './calls-kept.ts'
import { readUnixTime } from './moment.ts'
import type { Sender } from './open-senders.ts'
import { type Problem, readItems, type SenderItem } from './read-items.ts'
import { valueAt } from './template.ts'
import { isSameText, type RawCall, type Verified, verifyCall } from './verify.ts'

/** How far the moment of signing may lie from ours: older calls are repeats of what somebody overheard. */
export const TOLERANCE_MS = 5 * 60_000

/** A call that is to be stored: the id by which a repeat is known, and what it brings. */
export type ReceivedCall = { id: string; items: SenderItem[] }

/** What becomes of a call: it is stored, it does not concern us, it is not from the sender, or it has a problem. */
export type Received = { accept: ReceivedCall } | 'ignored' | 'unproven' | { problem: Problem }

/**
 * Verifies and reads a call: first whether it is from the sender, over its raw bytes, then what it says. `token` is what
 * stood in the address behind the sender's name.
 */
export function receiveCall(
  { row, secrets }: Sender,
  call: RawCall,
  { token, now }: { token?: string; now: number },
): Received {
  const verified = row.signature
    ? token === undefined && verifyCall(row, secrets, call)
    : secrets.map(secret => isSameText(secret, token ?? '')).includes(true) && NOTHING_SIGNED
  if (!verified) return 'unproven'
  if (verified.unsignedHeader !== undefined) {
    const reason = `does not name ${verified.unsignedHeader}, so nobody can tell who wrote that`
    return { problem: { status: 422, field: row.signature!.signedHeaders!.header, reason } }
  }

  const body = readBody(call)
  if ('problem' in body) return body
  const stamp = readStamp(row, verified, body.json)
  if (stamp === 'unreadable' || (typeof stamp === 'number' && Math.abs(stamp - now) > TOLERANCE_MS)) {
    const reason =
      stamp === 'unreadable'
        ? 'is not a time'
        : 'is more than 5 minutes from our clock: a repeat, or a clock is wrong'
    return { problem: { status: 400, field: stampField(row), reason } }
  }
  const readable = { body: body.json, headers: call.headers }
  const read = readItems(row, readable, { signedAt: stamp ?? now, now })
  if (read === 'ignored' || 'problem' in read) return read
  const isOld = ({ updated, published }: SenderItem) => (updated ?? published ?? now) < now - CALLS_KEPT_MS
  if (stamp === undefined && read.items.some(isOld))
    return { problem: { status: 422, field: 'body', reason: 'is dated more than 400 days ago' } }
  return { accept: { id: idOf(row, call, verified, body.json), items: read.items } }
}

const NOTHING_SIGNED: Verified = {}

/** Reads the body as JSON in UTF-8. Bytes that are none would be another text under the same signature. */
function readBody({ headers, body }: RawCall): { json: unknown } | { problem: Problem } {
  const type = headers['content-type'] ?? ''
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type))
    return { problem: { status: 415, field: 'content-type', reason: 'is not JSON' } }
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return { json }
  } catch {
    return { problem: { status: 400, field: 'body', reason: 'is not JSON in UTF-8' } }
  }
  return { problem: { status: 400, field: 'body', reason: 'is not an object' } }
}

/** The moment of signing; undefined if the sender gives none that is signed. */
function readStamp(
  { stamp }: SenderRow,
  { stampText }: Verified,
  body: unknown,
): number | undefined | 'unreadable' {
  if (!stamp) return undefined
  const isField = typeof stamp.from === 'object' && 'field' in stamp.from
  const text = isField
    ? String(valueAt(body, (stamp.from as { field: string }).field) ?? '')
    : (stampText ?? '')
  return readUnixTime(text, stamp.unit) ?? 'unreadable'
}

const stampField = ({ stamp, signature }: SenderRow): string => {
  if (!stamp || stamp.from === 'signature') return signature!.header
  return 'field' in stamp.from ? stamp.from.field : stamp.from.header
}

/**
 * The id by which the same call is known again: of its bytes, and of the sender's own id where that is signed, else of the
 * time where that is: whoever repeats a call can write anything beside what is signed. A sender that tries again signs
 * another time and the same id.
 */
function idOf(
  { signature, callId }: SenderRow,
  { body, headers }: RawCall,
  verified: Verified,
  json: unknown,
): string {
  const isField = callId !== undefined && 'field' in callId
  const given = isField
    ? valueAt(json, callId.field)
    : (verified.idText ?? (callId && headers[callId.header]))
  const isProven = isField || !signature || signature.signed.includes('{id}')
  const own = isProven && typeof given === 'string' ? given : (verified.stampText ?? '')
  return createHash('sha256').update(`${own}\n`).update(body).digest('hex')
}
