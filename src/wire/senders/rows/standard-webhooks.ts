import type { SenderRow } from '../../../content/senders/sender-row.ts'

/**
 * Standard Webhooks 1.0, which is our own convention too: types and fields are those of `docs/hooks.md`. A sender whose name
 * is no system signs in this way.
 */
export const STANDARD_WEBHOOKS: SenderRow = {
  name: 'standard',
  system: 'Standard Webhooks',
  signature: {
    header: 'webhook-signature',
    form: '^v1,(?<signature>.+)$',
    separator: ' ',
    algorithm: 'sha256',
    encodings: ['base64'],
    signed: '{id}.{time}.{body}',
    key: 'whsec',
  },
  stamp: { from: { header: 'webhook-timestamp' }, unit: 'seconds' },
  callId: { header: 'webhook-id' },
  states: [
    { when: [{ at: 'type', is: ['item.published', 'item.updated'] }], state: 'stands' },
    { when: [{ at: 'type', is: ['item.withdrawn'] }], state: 'withdrawn' },
    { when: [], state: 'ignored' },
  ],
  fields: {
    id: ['{data.id}'],
    title: ['{data.title}'],
    address: ['{data.url}'],
    text: ['{data.text}'],
    outlet: ['{data.outlet}'],
    published: ['{data.published}'],
    version: { at: ['{data.updated}', '{timestamp}'], kind: 'moment' },
    embargo: ['{data.embargo}'],
  },
}

/** WordPress through the few lines of `docs/hooks.md`, which sign as Standard Webhooks. */
export const WORDPRESS: SenderRow = { ...STANDARD_WEBHOOKS, name: 'wordpress', system: 'WordPress' }
