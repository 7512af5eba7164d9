import { APPROVAL_TABLES } from './approvals/tables.ts'
import { DOCUMENT_TABLES } from './documents/tables.ts'
import { DRAFT_TABLES } from './drafts/tables.ts'
import type { Engine, Query } from './engine.ts'
import { CARD_TABLES } from './wire/cards.ts'

/**
 * The migrations, in order; their number is the version of the tables. TEXT and BIGINT only, so that one SQL text
 * serves both engines; times are epoch milliseconds. Never change a released migration: append the next one. What only
 * one engine has is written as `runStatement` says.
 */
export const MIGRATIONS: string[][] = [
  [
    // Every revision of every part of every story that was ever in use.
    `create table revisions (
      part text not null, revision bigint not null, story text not null, hash text not null,
      seen_at bigint not null, primary key (part, revision))`,
    'create index revisions_seen on revisions (story, seen_at)',
    // Work that only one process at a time does; `value` is the content that it has.
    'create table leases (name text primary key, owner text not null, until bigint not null, value text not null)',
    `create table subscriptions (
      place text not null, digest text not null, time text not null, zone text not null, days text not null,
      stories text not null, quiet text not null, state text not null, reason text,
      set_by text not null, set_by_name text, set_at bigint not null, next_slot bigint not null,
      next_date text not null, news_from bigint, primary key (place, digest))`,
    'create index subscriptions_next on subscriptions (state, next_slot)',
    // One row for each message that a place is to show: a message of an edition, a shared answer or a notice.
    `create table deliveries (
      key text primary key, kind text not null, place text not null, platform text not null, lane text not null,
      parent text, digest text, slot bigint, date text, number bigint not null, state text not null,
      attempts bigint not null, created_at bigint not null, due_at bigint not null, first_tried_at bigint, lease_until bigint, owner text,
      settled_at bigint, selection text, message text, error text)`,
    'create index deliveries_due on deliveries (state, due_at, key)',
    'create index deliveries_lease on deliveries (state, lease_until, key)',
    'create index deliveries_place on deliveries (place, state, created_at)',
    'create index deliveries_digest on deliveries (place, digest, slot)',
    'create index deliveries_parent on deliveries (parent)',
    // Which message shows which part in which revision. A correction finds its messages here.
    `create table shown (
      part text not null, key text not null, revision bigint not null, primary key (part, key))`,
    'create index shown_key on shown (key)',
    // When the next request may go out on a lane: a platform, a workspace, a channel.
    'create table lanes (lane text primary key, next_at bigint not null)',
    'create index lanes_next on lanes (next_at)',
    // Problems that editors were notified of, so that they get one message when each starts and one when it ends.
    'create table faults (subject text primary key, message text not null, since bigint not null)',
  ],
  [
    // Why posted messages change: a correction or a withdrawal that was seen in the content.
    `create table causes (
      cause text primary key, kind text not null, story text not null, part text not null, revision bigint not null,
      waits bigint not null, seen_at bigint not null, done_at bigint)`,
    // The repair of each message that shows what was wrong.
    `create table repairs (
      cause text not null, key text not null, state text not null, error text, settled_at bigint,
      primary key (cause, key))`,
    'create index repairs_key on repairs (key, state)',
    'create index repairs_state on repairs (cause, state)',
    // Stories that editors took down by command, whatever the content says.
    'create table withdrawals (story text primary key, withdrawn_on text not null, reason text not null, seen_at bigint not null)',
    // What editors did. Each entry contains the hash of the one before it; `heads` has the number and hash of the last.
    `create table actions (
      number bigint primary key, at bigint not null, who text not null, place text not null, what text not null,
      details text not null, previous text not null, hash text not null)`,
    'create table heads (name text primary key, number bigint not null, hash text not null)',
  ],
  [
    // Who shared an answer or reported an error, and which answer it is, so that nobody does either too often.
    'alter table deliveries add column asker text',
    'alter table deliveries add column answer text',
    'create index deliveries_asker on deliveries (asker, kind, created_at) where asker is not null',
    'create index deliveries_answer on deliveries (place, answer, created_at) where answer is not null',
    // Locks by name, for work that reads and then writes: it runs while it holds the row.
    'create table turns (name text primary key)',
    // Lines that are too long for a button.
    'create table kept_lines (key text primary key, line text not null, used_at bigint not null)',
    'create index kept_lines_used on kept_lines (used_at)',
    // Places and servers where error reports are off.
    'create table unreported (place text primary key, set_by text not null, set_at bigint not null)',
  ],
  [
    // The events of stories: what each is called in its file, and the words by which it is known again.
    `create table events (
      part text primary key, story text not null, written text not null, hash text not null, words text not null, present bigint not null)`,
    `insert into events (part, story, written, hash, words, present)
      select r.part, r.story, '', r.hash, '', 1 from revisions r where r.part like r.story || '/event:%'
        and r.revision = (select max(n.revision) from revisions n where n.part = r.part)`,
  ],
  [
    // The words that parts have and had, so that a correction can only name words that we really had.
    'create table part_words (part text not null, hash text not null, words text not null, primary key (part, hash))',
    // When a correction or withdrawal was taken back, and which of its messages are edited back for that.
    'alter table causes add column back_at bigint',
    'alter table repairs add column back bigint not null default 0',
    // Nobody knows which of the corrections until now are still in the content: -1 until each is seen there.
    `update causes set back_at = -1 where kind = 'correction'`,
  ],
  [
    // News that an edition could not tell, because its parts were not in the content just then, as JSON.
    'alter table subscriptions add column owed text',
  ],
  [
    // The latest time that was noted, how often the clock was set back, and for how many of those times digests are
    // planned anew.
    'create table clocks (latest bigint not null, set_backs bigint not null, planned bigint not null)',
    'insert into clocks (latest, set_backs, planned) values (0, 0, 0)',
    // Up to which moment news may have been told: what is recorded from now on is later than that.
    'alter table leases add column told_to bigint not null default 0',
    'update leases set told_to = coalesce((select max(news_from) from subscriptions), 0)',
    // How far work has come that is done a piece at a time.
    'create table marks (name text primary key, at bigint not null)',
    // A message is found by its id.
    'alter table deliveries add column message_id text',
    'update deliveries set message_id = MESSAGE_ID where message is not null',
    'create index deliveries_message on deliveries (message_id) where message_id is not null',
    // An older nutgraf, which still runs during a deploy, posts messages without it.
    `create index deliveries_without_id on deliveries (platform) where message is not null and message_id is null`,
    'create index deliveries_settled on deliveries (state, settled_at, key)',
    `create index repairs_pending on repairs (key) where state = 'pending'`,
    'postgres: create index shown_part on shown (part text_pattern_ops)',
    // How many messages a cause concerned, once it is done: to count them again takes longer the more there are.
    'alter table causes add column tally text',
    'create index causes_part on causes (part)',
    // Counted from the index alone.
    'drop index repairs_state',
    'create index repairs_counts on repairs (cause, state, error, settled_at)',
    // Messages that were on their way while something was corrected are looked for among the latest.
    `insert into marks (name, at) select 'unmarked', coalesce(max(settled_at), 0) - 86400000 from deliveries`,
    // Whom a message was asked by is forgotten after a while.
    'create index deliveries_asked on deliveries (created_at) where asker is not null',
    // The replies among what stopped: they are retried with the message that they hang on.
    `create index deliveries_replies on deliveries (state, parent) where parent is not null`,
  ],
  [
    // What was recorded last of each story, so that a change costs a look at the stories that differ.
    `create table recorded_stories (
      story text primary key, hash text not null, gone bigint not null, newest bigint not null, words text not null)`,
    `insert into recorded_stories (story, hash, gone, newest, words)
      select story, '', 1, max(seen_at), '' from revisions group by story`,
    'create index revisions_time on revisions (seen_at)',
    'create index events_story on events (story)',
  ],
  [
    // The words by which a place chose its news.
    'alter table subscriptions add column words text',
    // When people last looked at what changed: only a time, under a hash.
    'create table looks (key text primary key, at bigint not null)',
    'create index looks_at on looks (at)',
  ],
  [
    // The wire: items as readers see them, what each feed or sender says of them, and by what they are known again.
    `create table items (
      id text primary key, state text not null, revision bigint not null, title text not null, url text,
      outlet text not null, via text not null, published bigint not null, dated_by text not null, arrived bigint,
      first_seen bigint not null, changed_at bigint not null, held_until bigint, backlog bigint not null)`,
    'create index items_arrived on items (arrived) where arrived is not null',
    `create index items_held on items (held_until) where state = 'held'`,
    `create table item_carriers (
      item text not null, via text not null, outlet text not null, guid text, title text not null, url text,
      text text not null, published bigint, hashes text not null, state text not null, held_until bigint,
      version bigint, first_seen bigint not null, last_seen bigint not null, primary key (item, via))`,
    'create index item_carriers_via on item_carriers (via, first_seen)',
    'create index item_carriers_seen on item_carriers (last_seen)',
    `create table item_keys (
      key text not null, via text not null, item text not null, seen_at bigint not null, primary key (key, via, item))`,
    'create index item_keys_item on item_keys (item, via)',
    // What readers saw before and after each change of an item that they may have seen.
    `create table item_changes (
      item text not null, revision bigint not null, kind text not null, at bigint not null, outlet text not null,
      was text not null, became text not null, primary key (item, revision))`,
    'create index item_changes_at on item_changes (at)',
    // What is known of each feed, as JSON, and which process asks it next, and when.
    `create table feeds (
      name text primary key, url text not null, state text not null, next_poll_at bigint not null, lease_until bigint,
      owner text)`,
    'create index feeds_due on feeds (next_poll_at)',
    // The calls of senders that were accepted, by the ids that a repetition has again.
    'create table hook_calls (via text not null, id text not null, at bigint not null, primary key (via, id))',
    'create index hook_calls_at on hook_calls (at)',
  ],
  [
    // The second message that says what is right, where the first cannot be edited.
    'alter table repairs add column told text',
    'create index repairs_told on repairs (told) where told is not null',
  ],
  [
    // What was served in the feeds that we publish: its id and dates never change, whatever becomes of the part.
    `create table feed_entries (
      feed text not null, part text not null, story text not null, id text not null, published bigint not null,
      updated bigint not null, version text not null, primary key (feed, part))`,
  ],
  [
    // Up to which arrival a place was told of items on the wire, and which outlets it was told were not reached.
    'alter table subscriptions add column items_from bigint',
    'alter table subscriptions add column feeds_told text',
  ],
  DRAFT_TABLES,
  CARD_TABLES,
  DOCUMENT_TABLES,
  APPROVAL_TABLES,
]

/** Migrates the tables to the newest version. Several processes may do so at the same time. */
export async function migrate(engine: Engine): Promise<void> {
  await engine.transaction(async query => {
    if (engine.name === 'postgres') {
      // A million rows take longer than a statement may take otherwise.
      await query('set local statement_timeout = 0')
      await query('select pg_advisory_xact_lock(7105)')
    }
    await query('create table if not exists version (number bigint not null)')
    const [row] = await query<{ number: number }>('select number from version')
    const from = row?.number ?? 0
    if (from > MIGRATIONS.length)
      throw new Error(`store: the tables are newer than this nutgraf (version ${from}). Update nutgraf.`)
    for (const statement of MIGRATIONS.slice(from).flat()) await runStatement(engine, query, statement)
    if (row) await query('update version set number = $1', [MIGRATIONS.length])
    else await query('insert into version (number) values ($1)', [MIGRATIONS.length])
  })
}

const POSTGRES_ONLY = 'postgres: '

/** Runs a statement of a migration: those for PostgreSQL alone only there, and with its own way to read JSON. */
async function runStatement({ name }: Engine, query: Query, statement: string): Promise<void> {
  const onPostgres = name === 'postgres'
  if (statement.startsWith(POSTGRES_ONLY)) {
    if (onPostgres) await query(statement.slice(POSTGRES_ONLY.length))
    return
  }
  await query(statement.replace('MESSAGE_ID', `${onPostgres ? 'cast(message as json)' : 'message'} ->> 'id'`))
}
