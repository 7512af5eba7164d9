import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openSenders } from '../../../src/wire/senders/open-senders.ts'
import { receiveCall } from '../../../src/wire/senders/receive.ts'
import { rawCall, SIGNED_AT, SIGNED_CALLS, type SignedCall } from '../../support/wire/signed-calls.ts'

/** `FORGED_CALLS=100000` tries as many as the goal asks for. */
const RUNS = Number(process.env.FORGED_CALLS ?? 3_000)
const SIGNED = SIGNED_CALLS.filter(({ path }) => path.split('/').length === 3)
const senders = openSenders(SIGNED_CALLS.map(({ name, secret }) => ({ name, secrets: [secret] }))).senders
const FIVE_MINUTES = 300_000
const DAY = 86_400_000

type Attempt = { call: SignedCall; body?: Uint8Array; now: number }

const receive = ({ call, body, now }: Attempt) => {
  const { token, ...raw } = rawCall(call)
  const sender = senders.find(({ name }) => name === call.name)!
  return receiveCall(sender, { ...raw, body: body ?? raw.body }, { token, now })
}
/** What a true call brings, by its sender: a repeat has the same id, and the store takes each id once. */
const taken = new Set(SIGNED_CALLS.map(call => JSON.stringify(receive({ call, now: SIGNED_AT }))))

/** The headers that a sender's proof stands in. */
const PROOF = /signature|timestamp|webhook-id|signed-headers/
const anyCall = fc.constantFrom(...SIGNED)
const withHeader = (call: SignedCall, name: string, value: string) => ({
  ...call,
  headers: { ...call.headers, [name]: value },
})
const proofOf = (call: SignedCall) => Object.keys(call.headers).filter(name => PROOF.test(name))

/** Changes one character of a text to another one. */
const changeAt = (text: string, at: number, by: number) => {
  const index = at % text.length
  const code = 33 + ((text.charCodeAt(index) - 33 + 1 + (by % 92)) % 93)
  return `${text.slice(0, index)}${String.fromCharCode(code)}${text.slice(index + 1)}`
}

const number = fc.nat(1_000_000)
const forgery: fc.Arbitrary<Attempt> = fc.oneof(
  // One byte of the body is another one, or is gone, or one more.
  fc
    .tuple(anyCall, number, fc.integer({ min: 1, max: 255 }), fc.constantFrom('change', 'remove', 'add'))
    .map(([call, at, by, how]) => {
      const body = Buffer.from(call.body)
      const index = at % body.length
      const byte = how === 'change' ? [body[index]! ^ by] : how === 'add' ? [by, body[index]!] : []
      return {
        call,
        body: Buffer.concat([body.subarray(0, index), Buffer.from(byte), body.subarray(index + 1)]),
        now: SIGNED_AT,
      }
    }),
  // The same JSON in other bytes.
  fc.tuple(anyCall, fc.constantFrom(1, 2, '\t')).map(([call, indent]) => ({
    call,
    body: Buffer.from(JSON.stringify(JSON.parse(call.body), null, indent)),
    now: SIGNED_AT,
  })),
  fc.tuple(anyCall, fc.constantFrom('utf16le', 'latin1')).map(([call, encoding]) => ({
    call,
    body: Buffer.from(`${call.body} `, encoding as BufferEncoding),
    now: SIGNED_AT,
  })),
  // One character of the proof is another one; the proof is in capitals, doubled, cut, empty or of another call.
  fc.tuple(anyCall, number, number, number).map(([call, which, at, by]) => {
    const name = proofOf(call)[which % proofOf(call).length]!
    return { call: withHeader(call, name, changeAt(call.headers[name]!, at, by)), now: SIGNED_AT }
  }),
  fc
    .tuple(anyCall, anyCall, fc.constantFrom('upper', 'twice', 'cut', 'empty', 'none', 'other', 'padded'))
    .map(([call, other, how]) => {
      const name = proofOf(call).find(header => header.includes('signature'))!
      const value = call.headers[name]!
      const values: Record<string, string> = {
        upper: value.toUpperCase(),
        twice: `${value}, ${value}`,
        cut: value.slice(0, -1),
        empty: '',
        other: other.name === call.name ? '' : (other.headers[name] ?? Object.values(other.headers)[1]!),
        padded: `${value}=`,
      }
      const { [name]: _, ...headers } = call.headers
      return {
        call: how === 'none' ? { ...call, headers } : withHeader(call, name, values[how]!),
        now: SIGNED_AT,
      }
    }),
  // A call of one sender at the address of another.
  fc
    .tuple(anyCall, anyCall)
    .filter(([a, b]) => a.secret !== b.secret)
    .map(([call, other]) => ({
      call: { ...call, name: other.name, path: other.path },
      now: SIGNED_AT,
    })),
  // A true call, too late or too early.
  fc
    .tuple(
      anyCall.filter(({ name }) => !['superdesk', 'github'].includes(name)),
      fc.integer({ min: FIVE_MINUTES + 2_000, max: 900 * DAY }),
      fc.constantFrom(1, -1),
    )
    .map(([call, by, sign]) => ({ call, now: SIGNED_AT + sign * by })),
  // A sender without a time: what is known by its bytes for 400 days is too old after them.
  fc
    .tuple(
      anyCall.filter(({ name }) => ['superdesk', 'github'].includes(name)),
      fc.integer({ min: 401, max: 4_000 }),
    )
    .map(([call, days]) => ({ call, now: SIGNED_AT + days * DAY })),
  // A true call once more, with other words beside what is signed.
  fc
    .tuple(anyCall, fc.string(), fc.integer({ min: 0, max: FIVE_MINUTES - 2_000 }))
    .map(([call, text, later]) => ({
      call: {
        ...call,
        headers: { ...call.headers, 'x-github-delivery': text, 'idempotency-key': text, 'x-other': text },
      },
      now: SIGNED_AT + later,
    })),
  // Somebody who guesses the address of a sender that does not sign.
  fc
    .tuple(fc.constantFrom(...SIGNED_CALLS.filter(call => !SIGNED.includes(call))), fc.string())
    .map(([call, guess]) => ({
      call: { ...call, path: `/hooks/${call.name}/${guess.replaceAll('/', '')}` },
      now: SIGNED_AT,
    })),
)

test('no forged, repeated, late or re-encoded call brings anything', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(forgery, attempt => {
      const received = receive(attempt)
      if (typeof received === 'object' && 'accept' in received)
        expect(taken).toContain(JSON.stringify(received))
      else
        expect(
          received === 'unproven' || (typeof received === 'object' && received.problem.status >= 400),
        ).toBe(true)
    }),
    { numRuns: RUNS },
  )
})

test('bytes that are no text are refused although the signature is over them', async () => {
  const call = SIGNED.find(({ name }) => name === 'github')!
  const key = await crypto.subtle.importKey(
    'raw',
    Buffer.from(call.secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const sent = async (byte: number) => {
    const body = Buffer.concat([
      Buffer.from('{"action":"published","release":{"id":1,"name":"'),
      Buffer.from([byte]),
      Buffer.from('"}}'),
    ])
    const signature = Buffer.from(await crypto.subtle.sign('HMAC', key, body)).toString('hex')
    return receive({
      call: withHeader(call, 'x-hub-signature-256', `sha256=${signature}`),
      body,
      now: SIGNED_AT,
    })
  }
  expect(await sent(0x41)).toMatchObject({ accept: { items: [{ title: 'A' }] } })
  for (const byte of [0xff, 0xfe])
    expect(await sent(byte)).toMatchObject({ problem: { status: 400, field: 'body' } })
})
