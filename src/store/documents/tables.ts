/** What the desk added to stories until it is in their files, and the acts that added it, which are known for ever. */
export const DOCUMENT_TABLES = [
  'create table document_acts (key text primary key, who text not null, at bigint not null, state text not null)',
  // `file` is the path of a whole file, of which there is only one; of an entry it is empty.
  `create table documents (
    number bigint primary key, act text not null, path text not null, file text unique, entry text, text text,
    pulled_at bigint)`,
  'create index documents_act on documents (act)',
]
