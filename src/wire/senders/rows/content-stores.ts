import type { SenderRow } from '../../../content/senders/sender-row.ts'

/**
 * Contentful. What happened stands in a header, so that has to be among the headers that are signed. An entry has no
 * address of its own: a field `url` serves as one.
 */
export const CONTENTFUL: SenderRow = {
  name: 'contentful',
  system: 'Contentful',
  signature: {
    header: 'x-contentful-signature',
    form: '^(?<signature>[0-9a-f]{64})$',
    algorithm: 'sha256',
    encodings: ['hex'],
    signed: '{method}\n{path}\n{signedHeaders}\n{body}',
    key: 'letters',
    secretLength: 64,
    signedHeaders: {
      header: 'x-contentful-signed-headers',
      mustHave: ['x-contentful-signed-headers', 'x-contentful-timestamp', 'x-contentful-topic'],
    },
  },
  stamp: { from: { header: 'x-contentful-timestamp' }, unit: 'milliseconds' },
  states: [
    { when: [{ at: 'header:x-contentful-topic', is: ['ContentManagement.Entry.publish'] }], state: 'stands' },
    {
      when: [
        {
          at: 'header:x-contentful-topic',
          is: [
            'ContentManagement.Entry.unpublish',
            'ContentManagement.Entry.archive',
            'ContentManagement.Entry.delete',
          ],
        },
      ],
      state: 'withdrawn',
    },
    { when: [], state: 'ignored' },
  ],
  fields: {
    id: ['{sys.id}'],
    title: ['{fields.title.*}', '{fields.headline.*}'],
    address: ['{fields.url.*}', '{fields.canonicalUrl.*}'],
    outlet: ['{fields.outlet.*}'],
    published: ['{fields.publishedAt.*}', '{fields.date.*}', '{sys.firstPublishedAt}'],
    version: { at: ['{sys.deletedAt}', '{sys.updatedAt}', '{sys.publishedAt}'], kind: 'moment' },
    embargo: ['{fields.embargo.*}'],
  },
}

/**
 * Sanity, by the projection of `docs/hooks.md`. Only the signature is sure among its headers, and calls may come out of
 * order, so all that counts stands in the body.
 */
export const SANITY: SenderRow = {
  name: 'sanity',
  system: 'Sanity',
  signature: {
    header: 'sanity-webhook-signature',
    form: '^t=(?<time>\\d+),\\s?v1=(?<signature>[\\w-]{43})$',
    algorithm: 'sha256',
    encodings: ['base64url'],
    signed: '{time}.{body}',
    key: 'letters',
  },
  stamp: { from: 'signature', unit: 'milliseconds' },
  states: [
    { when: [{ at: '_id', begins: 'drafts.' }], state: 'ignored' },
    { when: [{ at: 'operation', is: ['delete'] }], state: 'withdrawn' },
    { when: [{ at: 'operation', is: ['create', 'update'] }], state: 'stands' },
    { when: [], state: 'ignored' },
  ],
  fields: {
    id: ['{_id}'],
    title: ['{title}'],
    address: ['{url}'],
    text: ['{text}'],
    outlet: ['{outlet}'],
    published: ['{publishedAt}'],
    version: { at: ['{_updatedAt}'], kind: 'moment' },
    embargo: ['{embargo}'],
  },
}

/** Strapi, which signs nothing. What an entry has no field for (an address) is absent. */
export const STRAPI: SenderRow = {
  name: 'strapi',
  system: 'Strapi',
  states: [
    { when: [{ at: 'event', is: ['entry.publish'] }], state: 'draft' },
    {
      when: [
        { at: 'event', is: ['entry.update'] },
        { at: 'entry.publishedAt', exists: true },
      ],
      state: 'draft',
    },
    { when: [{ at: 'event', is: ['entry.unpublish', 'entry.delete'] }], state: 'withdrawn' },
    { when: [], state: 'ignored' },
  ],
  fields: {
    id: ['{model}:{entry.documentId}', '{model}:{entry.id}'],
    title: ['{entry.title}', '{entry.headline}'],
    address: ['{entry.url}', '{entry.canonicalUrl}'],
    text: ['{entry.description}'],
    outlet: ['{entry.outlet}'],
    published: ['{entry.publishedAt}'],
    version: { at: ['{entry.updatedAt}', '{createdAt}'], kind: 'moment' },
    embargo: ['{entry.embargo}'],
  },
}
