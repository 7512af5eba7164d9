import type { Engine, Query } from '../engine.ts'
import { LATER_MS, listPlaceholders, runInTurn } from '../sql.ts'

/**
 * A draft that an editor imported: from which address, for which story (none for a story that is new), and how far it is.
 * `body` is what was read, as JSON, once it is ready; `problem` a code that says why it failed.
 */
export type StoredDraft = {
  slug: string
  story?: string
  address: string
  state: 'reading' | 'ready' | 'failed'
  body?: string
  hash?: string
  problem?: string
  by: string
  createdAt: number
  changedAt: number
}

/** What to import: `names` are the slugs that the draft may have, the best first. */
export type DraftRequest = { names: string[]; address: string; story?: string; by: string }

type DraftRow = {
  slug: string
  story: string
  address: string
  state: StoredDraft['state']
  body: string | null
  hash: string | null
  problem: string | null
  made_by: string
  created_at: number
  changed_at: number
}

/** A page that is read takes seconds: after this long, the process that read it is gone. */
export const READING_MS = 2 * 60_000
/** How long a page that could not be read is remembered: until then, asking for it says why. */
const FAILED_MS = 24 * 3_600_000
/** The problem of a draft whose page another one has already, under another address. */
export const SAME = 'same'
/** The name of the decision that made a draft a story, beside those about its pieces. */
export const STORY = 'story'
const FAIL = `update drafts set state = 'failed', problem = $2 where slug = $1 and state = 'reading'`
const COLUMNS = 'slug, story, address, state, body, hash, problem, made_by, created_at, changed_at'

/** The drafts that editors imported in chat, shared by all processes. */
export const drafts = (engine: Engine) => ({
  /**
   * Begins to read an address for a story. `new`: this process is to read it. `reading`: another call does so just now.
   * `known`: its newest draft is there already. `full`: none of the names is free.
   */
  begin: (
    request: DraftRequest,
  ): Promise<{ outcome: 'new' | 'reading' | 'known'; draft: StoredDraft } | { outcome: 'full' }> =>
    runInTurn(engine, 'drafts', async (query, now) => {
      const known = await newestOf(query, request)
      if (known?.state === 'ready') return { outcome: 'known', draft: known }
      if (known) {
        const age = now - known.changedAt
        if (known.state === 'reading' && age < READING_MS && age > -LATER_MS)
          return { outcome: 'reading', draft: known }
        const again = { ...known, state: 'reading' as const, by: request.by, changedAt: now }
        await query(
          `update drafts set state = 'reading', problem = null, made_by = $2, changed_at = $3 where slug = $1`,
          [known.slug, request.by, now],
        )
        return { outcome: 'new', draft: again }
      }
      const draft = await insertDraft(query, request, now, { state: 'reading' })
      return draft ? { outcome: 'new', draft } : { outcome: 'full' }
    }),

  /**
   * Adds a later version of a page as a draft of its own. Returns that of the same words where it is there already, and
   * undefined where none of the names is free.
   */
  addVersion: (request: DraftRequest & { body: string; hash: string }): Promise<StoredDraft | undefined> =>
    runInTurn(engine, 'drafts', async (query, now) => {
      const [same] = await query<DraftRow>(
        `select ${COLUMNS} from drafts where address = $1 and story = $2 and hash = $3 and state = 'ready'`,
        [request.address, request.story ?? '', request.hash],
      )
      if (same) return fromRow(same)
      return insertDraft(query, request, now, { state: 'ready', ...request })
    }),

  /**
   * Keeps what was read. `same` is the draft that has these words for the same story already, read at another address: then
   * nothing is kept, and this one leads there. `gone`: the draft is not being read any more.
   */
  finish: (
    slug: string,
    { body, hash }: { body: string; hash: string },
  ): Promise<{ outcome: 'ready' | 'gone' } | { outcome: 'same'; draft: StoredDraft }> =>
    runInTurn(engine, 'drafts', async (query, now) => {
      const [same] = await query<DraftRow>(
        `select ${COLUMNS} from drafts where state = 'ready' and hash = $2 and slug <> $1
        and story = (select story from drafts where slug = $1) order by created_at desc, slug desc limit 1`,
        [slug, hash],
      )
      if (same) {
        const problem = JSON.stringify({ code: SAME, detail: same.slug })
        await query(FAIL, [slug, problem])
        return { outcome: 'same', draft: fromRow(same) }
      }
      const rows = await query(
        `update drafts set state = 'ready', body = $2, hash = $3, problem = null, changed_at = $4
        where slug = $1 and state = 'reading' returning slug`,
        [slug, body, hash, now],
      )
      return { outcome: rows.length > 0 ? 'ready' : 'gone' }
    }),

  /** Notes why a draft could not be read: an import of the same address tries again. */
  fail: (slug: string, problem: string): Promise<unknown> => engine.query(FAIL, [slug, problem]),

  /** Finds a draft by its slug. */
  find: async (slug: string): Promise<StoredDraft | undefined> => {
    const [row] = await engine.query<DraftRow>(`select ${COLUMNS} from drafts where slug = $1`, [slug])
    return row && fromRow(row)
  },

  /**
   * The number that the source of a draft has in its story: above all that are there, and never that of another one. It
   * stays the same for the draft, unless the story has given it meanwhile. Undefined where there is no such draft.
   */
  reserveSource: (slug: string, story: string, above: number): Promise<number | undefined> =>
    runInTurn(engine, 'source numbers', async query => {
      const [row] = await query<{ source: number | null }>('select source from drafts where slug = $1', [
        slug,
      ])
      if (!row) return undefined
      if (row.source !== null && Number(row.source) > above) return Number(row.source)
      const number = await nextSourceNumber(query, story, above)
      await query('update drafts set source = $2 where slug = $1', [slug, number])
      return number
    }),

  /**
   * Lists the newest drafts, each without its body, and how many pieces of it were decided; `isStory` where it was made one.
   * What could not be read comes last.
   */
  list: async (
    max: number,
  ): Promise<(Omit<StoredDraft, 'body'> & { decided: number; isStory: boolean })[]> => {
    const rows = await engine.query<DraftRow & { decided: number; published: number }>(
      `select d.slug, d.story, d.address, d.state, d.hash, d.problem, d.made_by, d.created_at, d.changed_at,
        (select count(*) from draft_pieces p
          where p.draft = d.slug and p.decision is not null and p.piece <> '${STORY}') as decided,
        (select count(*) from draft_pieces p
          where p.draft = d.slug and p.decision is not null and p.piece = '${STORY}') as published
      from drafts d where d.problem is null or d.problem not like '%"${SAME}"%'
      order by case d.state when 'failed' then 1 else 0 end, d.created_at desc, d.slug desc limit ${Math.floor(max)}`,
    )
    return rows.map(row => {
      const { body: _, ...draft } = fromRow({ ...row, body: null })
      return { ...draft, decided: Number(row.decided), isStory: Number(row.published) > 0 }
    })
  },

  /** How many drafts can be looked at, of which nothing was decided yet. */
  countOpen: async (): Promise<number> => {
    const [row] = await engine.query<{ count: number }>(
      `select count(*) as count from drafts d where d.state = 'ready' and not exists
        (select 1 from draft_pieces p where p.draft = d.slug and p.decision is not null)`,
    )
    return Number(row?.count ?? 0)
  },

  /**
   * Deletes some drafts that were made before a moment, and those that could not be read a day ago. Returns how many; none
   * are left if they are fewer than `max`.
   */
  deleteOld: (before: number, max: number): Promise<number> =>
    engine.transaction(async query => {
      const old = await query<{ slug: string }>(
        `select slug from drafts where created_at < $1 or (state = 'failed' and changed_at < $2)
        order by created_at limit ${Math.floor(max)}`,
        [before, (await engine.clock(query)) - FAILED_MS],
      )
      if (old.length === 0) return 0
      const slugs = old.map(({ slug }) => slug)
      await query(`delete from draft_pieces where draft in (${listPlaceholders(slugs)})`, slugs)
      await query(`delete from drafts where slug in (${listPlaceholders(slugs)})`, slugs)
      return slugs.length
    }),
})

/** The next number for a source of a story. Call it in a turn named `source numbers`. */
export async function nextSourceNumber(query: Query, story: string, above: number): Promise<number> {
  const [row] = await query<{ number: number }>('select number from source_numbers where story = $1', [story])
  const number = Math.max(Number(row?.number ?? 0), above) + 1
  await query(
    `insert into source_numbers (story, number) values ($1, $2)
    on conflict (story) do update set number = excluded.number`,
    [story, number],
  )
  return number
}

async function newestOf(query: Query, { address, story = '' }: DraftRequest) {
  const [row] = await query<DraftRow>(
    `select ${COLUMNS} from drafts where address = $1 and story = $2
    order by created_at desc, slug desc limit 1`,
    [address, story],
  )
  return row && fromRow(row)
}

async function insertDraft(
  query: Query,
  { names, address, story = '', by }: DraftRequest,
  now: number,
  { state, body, hash }: Pick<StoredDraft, 'state' | 'body' | 'hash'>,
): Promise<StoredDraft | undefined> {
  for (const slug of names) {
    // What could not be read keeps its name from nobody.
    const [row] = await query<DraftRow>(
      `insert into drafts (slug, story, address, state, body, hash, made_by, created_at, changed_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (slug) do update set story = excluded.story, address = excluded.address, state = excluded.state,
        body = excluded.body, hash = excluded.hash, problem = null, source = null, made_by = excluded.made_by,
        created_at = excluded.created_at, changed_at = excluded.changed_at
      where drafts.state = 'failed' returning ${COLUMNS}`,
      [slug, story, address, state, body ?? null, hash ?? null, by, now, now],
    )
    if (row) return fromRow(row)
  }
  return undefined
}

const fromRow = (row: DraftRow): StoredDraft => ({
  slug: row.slug,
  ...(row.story !== '' && { story: row.story }),
  address: row.address,
  state: row.state,
  ...(row.body !== null && { body: row.body }),
  ...(row.hash !== null && { hash: row.hash }),
  ...(row.problem !== null && { problem: row.problem }),
  by: row.made_by,
  createdAt: Number(row.created_at),
  changedAt: Number(row.changed_at),
})
