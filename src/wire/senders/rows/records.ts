import type { SenderRow } from '../../../content/senders/sender-row.ts'

/**
 * GitHub, its releases. The event and the id of a call stand in headers that are not signed, so the body says what it is,
 * and a repeat is known by its bytes.
 */
export const GITHUB: SenderRow = {
  name: 'github',
  system: 'GitHub',
  signature: {
    header: 'x-hub-signature-256',
    form: '^sha256=(?<signature>[0-9a-f]{64})$',
    algorithm: 'sha256',
    encodings: ['hex'],
    signed: '{body}',
    key: 'letters',
  },
  states: [
    { when: [{ at: 'release', exists: false }], state: 'ignored' },
    { when: [{ at: 'action', is: ['deleted', 'unpublished'] }], state: 'withdrawn' },
    { when: [{ at: 'release.draft', is: [true] }], state: 'ignored' },
    { when: [{ at: 'action', is: ['published', 'released', 'edited'] }], state: 'stands' },
    { when: [], state: 'ignored' },
  ],
  fields: {
    id: ['release:{release.id}'],
    title: ['{release.name}', '{release.tag_name}'],
    address: ['{release.html_url}'],
    text: ['{release.body}'],
    published: ['{release.published_at}'],
    version: {
      at: ['{release.updated_at}', '{release.published_at}', '{release.created_at}'],
      kind: 'moment',
    },
  },
}

/** CourtListener, its docket alerts: the court's own words of each new entry. It signs nothing. */
export const COURTLISTENER: SenderRow = {
  name: 'courtlistener',
  system: 'CourtListener',
  callId: { header: 'idempotency-key' },
  states: [
    {
      when: [
        { at: 'payload.results', exists: true },
        { at: 'payload.alert', exists: false },
      ],
      state: 'draft',
    },
    { when: [], state: 'ignored' },
  ],
  fields: {
    list: 'payload.results',
    id: ['entry:{id}'],
    title: [
      '{description}',
      '{recap_documents.0.description}',
      'Docket entry {entry_number}',
      'Docket entry {id}',
    ],
    address: ['https://www.courtlistener.com{recap_documents.0.absolute_url}'],
    published: ['{date_created}'],
    version: { at: ['{date_modified}', '{date_created}'], kind: 'moment' },
  },
}
