/** The migration that makes the tables of drafts, which editors import in chat. It is released: never change it. */
export const DRAFT_TABLES = [
  // What was read at an address, for which story ('' for a new one), as JSON.
  `create table drafts (
    slug text primary key, story text not null, address text not null, state text not null, body text, hash text,
    problem text, source bigint, made_by text not null, created_at bigint not null, changed_at bigint not null)`,
  'create index drafts_address on drafts (address, story)',
  'create index drafts_created on drafts (created_at)',
  // The highest number that a source of a story was given in chat.
  'create table source_numbers (story text primary key, number bigint not null)',
  // What editors changed and decided about each piece of a draft.
  `create table draft_pieces (
    draft text not null, piece text not null, edit text, edited_by text, decision text,
    settled bigint not null default 0, decided_by text, decided_name text, decided_at bigint, primary key (draft, piece))`,
]
