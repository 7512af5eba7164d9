/** A system that nutgraf does not know, as an operator writes it down in senders.yml. */
export const STORYBOARD = String.raw`- name: storyboard
  system: Storyboard
  signature:
    header: x-board-signature
    form: "^t=(?<time>\\d+);(?<signature>[0-9a-f]{40})$"
    algorithm: sha1
    encodings: [hex]
    signed: "{time}#{body}"
    key: letters
  stamp: { from: signature, unit: seconds }
  states:
    - { when: [{ at: action, is: [published] }], state: stands }
    - { when: [{ at: action, is: [unpublished, deleted] }], state: withdrawn }
    - { when: [], state: ignored }
  fields:
    id: ["{story_id}"]
    title: ["{story.name}"]
    address: ["https://paper.example/{full_slug}"]
    version: { at: ["{story.updated_at}"], kind: moment }
`

/** A call of this system, signed with Web Crypto as its documents would say. */
export async function storyboardCall(secret: string, body: object, at: number) {
  const text = JSON.stringify(body)
  const seconds = Math.floor(at / 1_000)
  const key = await crypto.subtle.importKey(
    'raw',
    Buffer.from(secret),
    { name: 'HMAC', hash: 'SHA-1' },
    false,
    ['sign'],
  )
  const mac = await crypto.subtle.sign('HMAC', key, Buffer.from(`${seconds}#${text}`))
  const headers = {
    'content-type': 'application/json',
    'x-board-signature': `t=${seconds};${Buffer.from(mac).toString('hex')}`,
  }
  return { method: 'POST', path: '/hooks/storyboard-city', headers, body: Buffer.from(text) }
}
