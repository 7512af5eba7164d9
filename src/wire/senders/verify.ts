import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SenderRow, Signature } from '../../content/senders/sender-row.ts'
import { readUnixTime } from './moment.ts'

/** A call as it came: the bytes of its body, its headers by their names in small letters, its method and path. */
export type RawCall = {
  method: string
  path: string
  headers: Record<string, string | undefined>
  body: Uint8Array
}

/**
 * A call whose signature is right: with the moment of signing and the id, where they are signed beside the body, and the
 * first header that had to be signed too and was not.
 */
export type Verified = { stampText?: string; idText?: string; unsignedHeader?: string }

/** One header with many wrong signatures must not cost many hashes. */
const MAX_SIGNATURES = 8
const MAX_ID = 256

/**
 * Verifies the signature of a call over its raw bytes. Undefined means that it is not from the sender, for whatever reason:
 * a caller is not told which. Comparing takes the same time for every wrong signature.
 */
export function verifyCall(
  { signature, stamp, callId }: SenderRow,
  secrets: string[],
  call: RawCall,
): Verified | undefined {
  if (!signature) return undefined
  const header = call.headers[signature.header]
  if (header === undefined) return undefined
  const idText = callId && 'header' in callId ? call.headers[callId.header] : undefined
  if (signature.signed.includes('{id}') && !isId(idText)) return undefined
  const names = signedHeaderNames(signature, call)
  const signedHeaders = names.map(name => `${name}:${call.headers[name]!.trim()}`).join(';')
  const unsignedHeader = signature.signedHeaders?.mustHave.find(name => !names.includes(name))

  const written = signature.separator === undefined ? [header] : header.split(signature.separator)
  for (const one of written.slice(0, MAX_SIGNATURES)) {
    const groups = new RegExp(signature.form).exec(one)?.groups
    if (!groups?.signature) continue
    const stampText =
      stamp?.from === 'signature'
        ? groups.time
        : stamp && 'header' in stamp.from
          ? call.headers[stamp.from.header]
          : undefined
    // A time that is part of what is signed must be there and be one.
    if (signature.signed.includes('{time}') && readUnixTime(stampText ?? '', stamp!.unit) === undefined)
      continue
    const filled = fillSigned(signature.signed, {
      body: call.body,
      time: stampText,
      id: idText,
      signedHeaders,
      method: call.method,
      path: call.path,
    })
    if (secrets.some(secret => isRight(signature, secret, filled, groups.signature!)))
      return { stampText, idText, ...(unsignedHeader !== undefined && { unsignedHeader }) }
  }
  return undefined
}

const isId = (id: string | undefined) =>
  id !== undefined && id.length <= MAX_ID && /^[\x21-\x2d\x2f-\x7e]+$/.test(id)

/** Fills the places of what is signed; the body stays bytes, because text would be other bytes. */
function fillSigned(
  signed: string,
  values: Record<string, string | Uint8Array | undefined>,
): (string | Uint8Array)[] {
  return signed.split(/(\{\w+\})/).map(part => {
    const place = /^\{(\w+)\}$/.exec(part)?.[1]
    return place === undefined ? part : (values[place] ?? '')
  })
}

function isRight(
  signature: Signature,
  secret: string,
  parts: (string | Uint8Array)[],
  given: string,
): boolean {
  const hmac = createHmac(signature.algorithm, keyOf(signature, secret))
  for (const part of parts) hmac.update(part)
  const digest = hmac.digest()
  return signature.encodings.map(encoding => isSameText(digest.toString(encoding), given)).includes(true)
}

/** Compares two texts in a time that does not depend on where they differ. */
export function isSameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const keyOf = ({ key }: Signature, secret: string) =>
  key === 'whsec' ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret

/** The names of the headers that are signed too, in order; without one that is not there. */
const signedHeaderNames = ({ signedHeaders }: Signature, { headers }: RawCall): string[] =>
  signedHeaders
    ? [...new Set((headers[signedHeaders.header] ?? '').split(',').map(name => name.trim().toLowerCase()))]
        .filter(name => headers[name] !== undefined)
        .sort()
    : []

/** Says what is wrong with the secret of a sender, without showing it; undefined if it can work. */
export function secretProblem({ system, signature }: SenderRow, secret: string): string | undefined {
  if (!signature)
    return /^[A-Za-z0-9_-]{22,128}$/.test(secret)
      ? undefined
      : `must be 22 to 128 letters, digits, - and _: ${system} signs nothing, so the secret is part of its address`
  if (signature.secretLength !== undefined && secret.length !== signature.secretLength)
    return `must have exactly ${signature.secretLength} characters, as ${system} wants it`
  if (signature.key !== 'whsec') return undefined
  const bytes = /^whsec_(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(secret)
    ? Buffer.from(secret.slice('whsec_'.length), 'base64').length
    : 0
  return bytes >= 24 && bytes <= 64
    ? undefined
    : 'must be whsec_ and 24 to 64 bytes in base64, as Standard Webhooks wants it'
}
