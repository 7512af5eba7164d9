import { SIGNED_CALLS, type SignedCall } from './signed-calls.ts'

const { subtle } = globalThis.crypto
const bytes = (text: string) => new TextEncoder().encode(text)
const hex = (digest: ArrayBuffer) =>
  Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
const base64 = (digest: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(digest)))

async function mac(
  hash: 'SHA-256' | 'SHA-1',
  key: Uint8Array<ArrayBuffer>,
  text: string,
): Promise<ArrayBuffer> {
  const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['sign'])
  return subtle.sign('HMAC', imported, bytes(text))
}

/** How each system signs, written from its documents with Web Crypto, and from nothing that is tested. */
const SIGNERS: Record<
  string,
  (body: string, secret: string, at: number, id: string) => Promise<Record<string, string>>
> = {
  standard: async (body, secret, at, id) => {
    const seconds = String(Math.floor(at / 1000))
    const key = Uint8Array.from(atob(secret.slice(6)), letter => letter.charCodeAt(0))
    const signature = base64(await mac('SHA-256', key, `${id}.${seconds}.${body}`))
    return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` }
  },
  ghost: async (body, secret, at) => ({
    'x-ghost-signature': `sha256=${hex(await mac('SHA-256', bytes(secret), `${body}${at}`))}, t=${at}`,
  }),
  superdesk: async (body, secret) => ({
    'x-superdesk-signature': `sha1=${hex(await mac('SHA-1', bytes(secret), body))}`,
  }),
  websked: async (body, secret) => ({
    'x-websked-signature': base64(await mac('SHA-256', bytes(secret), body)),
  }),
  contentful: async (body, secret, at, topic) => {
    const signed = `x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic`
    const headers = `x-contentful-signed-headers:${signed};x-contentful-timestamp:${at};x-contentful-topic:${topic}`
    const text = ['POST', '/hooks/contentful', headers, body].join('\n')
    return {
      'x-contentful-signature': hex(await mac('SHA-256', bytes(secret), text)),
      'x-contentful-signed-headers': signed,
      'x-contentful-timestamp': String(at),
      'x-contentful-topic': topic,
    }
  },
  sanity: async (body, secret, at) => {
    const signature = base64(await mac('SHA-256', bytes(secret), `${at}.${body}`))
    return {
      'sanity-webhook-signature': `t=${at},v1=${signature.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`,
    }
  },
  github: async (body, secret) => ({
    'x-hub-signature-256': `sha256=${hex(await mac('SHA-256', bytes(secret), body))}`,
    'x-github-delivery': 'any',
  }),
  strapi: async () => ({}),
  courtlistener: async (_, __, ___, id) => ({ 'idempotency-key': id }),
}
SIGNERS.wordpress = SIGNERS.standard!

/** Signs a body as the system does, with the secret of its call in `SIGNED_CALLS`. For Contentful, `id` is the topic. */
export async function signCall(
  name: string,
  body: object | string,
  { at, id = 'msg_2' }: { at: number; id?: string },
): Promise<SignedCall> {
  const { secret, path } = SIGNED_CALLS.find(call => call.name === name)!
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = { 'content-type': 'application/json', ...(await SIGNERS[name]!(text, secret, at, id)) }
  return { name, secret, headers, body: text, path }
}
