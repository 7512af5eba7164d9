import type { SenderRow } from '../../../content/senders/sender-row.ts'

/**
 * Ghost. The event stands only in the address that it was set up with, which is not signed, so the body says what happened:
 * a deleted post has nothing under `current`. `form` wants the time, which is signed; older versions of Ghost had none.
 */
export const GHOST: SenderRow = {
  name: 'ghost',
  system: 'Ghost',
  signature: {
    header: 'x-ghost-signature',
    form: '^sha256=(?<signature>[0-9a-f]{64}), t=(?<time>\\d+)$',
    algorithm: 'sha256',
    encodings: ['hex'],
    signed: '{body}{time}',
    key: 'letters',
  },
  stamp: { from: 'signature', unit: 'milliseconds' },
  states: [
    { when: [{ at: 'post.current.status', is: ['published'] }], state: 'stands' },
    {
      when: [
        { at: 'post.current.status', exists: true },
        { at: 'post.previous.status', is: ['published'] },
      ],
      state: 'withdrawn',
    },
    {
      when: [
        { at: 'post.current.id', exists: false },
        { at: 'post.previous.status', is: ['published'] },
      ],
      state: 'withdrawn',
    },
    { when: [], state: 'ignored' },
  ],
  fields: {
    id: ['{post.current.id}', '{post.previous.id}'],
    title: ['{post.current.title}', '{post.previous.title}'],
    address: ['{post.current.url}'],
    text: ['{post.current.excerpt}'],
    published: ['{post.current.published_at}', '{post.previous.published_at}'],
    version: { at: ['{post.current.updated_at}', '{post.previous.updated_at}'], kind: 'moment' },
  },
}

/**
 * Superdesk, by HTTP push of ninjs. Nothing signed bears a time or an id, so a repeat is known by its bytes. A rewrite is an
 * item of its own.
 */
export const SUPERDESK: SenderRow = {
  name: 'superdesk',
  system: 'Superdesk',
  signature: {
    header: 'x-superdesk-signature',
    form: '^sha1=(?<signature>[0-9a-f]{40})$',
    algorithm: 'sha1',
    encodings: ['hex'],
    signed: '{body}',
    key: 'letters',
  },
  states: [
    {
      when: [{ at: 'type', is: ['picture', 'graphic', 'audio', 'video', 'composite', 'event', 'planning'] }],
      state: 'ignored',
    },
    { when: [{ at: 'pubstatus', is: ['canceled', 'withheld'] }], state: 'withdrawn' },
    { when: [{ at: 'pubstatus', is: ['usable'] }], state: 'stands' },
    { when: [], state: 'ignored' },
  ],
  fields: {
    id: ['{guid}'],
    title: ['{headline}'],
    titleIsHtml: true,
    address: ['{extra.url}', '{url}', '{uri}'],
    text: ['{body_html}', '{description_html}', '{description_text}'],
    outlet: ['{source}'],
    published: ['{firstpublished}', '{firstcreated}', '{versioncreated}'],
    updated: ['{versioncreated}'],
    version: { at: ['{version}'], kind: 'number' },
    embargo: ['{embargoed}'],
  },
}

/**
 * Arc XP WebSked, which tells of planning: only what it calls published stands, all else is a draft. Its documents do not
 * say whether the signature is hex or base64, nor whether the time is in seconds.
 */
export const WEBSKED: SenderRow = {
  name: 'websked',
  system: 'Arc XP WebSked',
  signature: {
    header: 'x-websked-signature',
    form: '^(?:sha256=)?(?<signature>\\S+)$',
    algorithm: 'sha256',
    encodings: ['hex', 'base64'],
    signed: '{body}',
    key: 'letters',
  },
  stamp: { from: { field: 'time' }, unit: 'either' },
  callId: { field: 'uuid' },
  states: [
    {
      when: [{ at: 'story.status', is: ['unpublished', 'deleted', 'killed', 'canceled'] }],
      state: 'withdrawn',
    },
    { when: [{ at: 'story.status', is: ['published'] }], state: 'stands' },
    { when: [{ at: 'story', exists: true }], state: 'draft' },
    { when: [], state: 'ignored' },
  ],
  fields: {
    id: ['{story._id}', '{story.id}', '{story.storyId}'],
    title: ['{story.headlines.basic}', '{story.headline}', '{story.title}'],
    address: ['{story.website_url}', '{story.canonical_url}', '{story.url}'],
    published: ['{story.first_publish_date}', '{story.publish_date}'],
    version: { at: ['{time}'], kind: 'moment' },
    embargo: ['{story.embargo}'],
  },
}
