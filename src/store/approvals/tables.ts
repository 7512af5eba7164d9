/** The tables of editions that wait for the desk's approval. */
export const APPROVAL_TABLES: string[] = [
  // What is approved together: an edition of a digest at one slot, in all its places. `hash` is of all its renderings.
  `create table approvals (
    key text primary key, digest text not null, slot bigint not null, state text not null, hash text not null,
    code text not null, needed bigint not null, composed_at bigint not null, until bigint not null, changed text)`,
  'create index approvals_state on approvals (state, slot)',
  'create index approvals_slot on approvals (digest, slot)',
  'create index approvals_until on approvals (until)',
  // One message as it will be posted: the key of its row in the ledger, what it is drawn from, and the drawn reply.
  `create table approval_renderings (
    key text primary key, approval text not null, place text not null, number bigint not null, selection text not null,
    reply text not null, hash text not null, basis text not null, shown text not null)`,
  'create index approval_renderings_of on approval_renderings (approval, key)',
  // What people type for it. A text that has changed since had another code.
  'create table approval_codes (code text primary key, approval text not null)',
  'create index approval_codes_of on approval_codes (approval)',
  // Who approved the text as it is now.
  `create table approval_votes (
    approval text not null, who text not null, name text, at bigint not null, primary key (approval, who))`,
  // The notices that show it to editors.
  'create table approval_notices (key text primary key, approval text not null)',
  'create index approval_notices_of on approval_notices (approval)',
]
