import { hash } from 'node:crypto'
import type { Engine, Query } from './engine.ts'

/** What an editor did: who, where, which verb, and its details as JSON. */
type NewAction = { who: string; place: string; what: string; details: Record<string, unknown> }

/** One entry of the log. `previous` is the hash of the entry before it, so that none can be changed or taken out unseen. */
export type LoggedAction = {
  number: number
  at: number
  who: string
  place: string
  what: string
  details: string
  previous: string
  hash: string
}

/** What is wrong with the log first: which entry, and how. `cut` means that the newest entries are gone. */
export type BrokenEntry = { number: number; problem: 'changed' | 'missing' | 'cut' | 'inserted' }

/** What a look at the whole log found, and its last entry, to be noted elsewhere and compared later. */
type VerifyResult = { count: number; last?: Pick<LoggedAction, 'number' | 'hash'>; broken?: BrokenEntry }

type Head = { number: number; hash: string }

const HEAD = 'actions'
const COLUMNS = 'number, at, who, place, what, details, previous, hash'

/** The log of what editors did: it only grows, and each entry holds the hash of the one before it. */
export function editorLog(engine: Engine) {
  const entries = (query: Query): Promise<LoggedAction[]> =>
    query<LoggedAction>(`select ${COLUMNS} from actions order by number`)

  return {
    /** Appends an entry. Whoever does so at the same time, in whatever process, waits for the last one to be known. */
    append: ({ who, place, what, details }: NewAction): Promise<LoggedAction> =>
      engine.transaction(async query => {
        await query(
          `insert into heads (name, number, hash) values ($1, 0, '') on conflict (name) do nothing`,
          [HEAD],
        )
        const [head] = await query<Head>(
          `select number, hash from heads where name = $1 ${engine.forUpdate}`,
          [HEAD],
        )
        const at = await engine.clock(query)
        const said = { number: head!.number + 1, at, who, place, what, details: JSON.stringify(details) }
        const entry = sealEntry({ ...said, previous: head!.hash })
        await query(`insert into actions (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
          ...[entry.number, entry.at, entry.who, entry.place, entry.what, entry.details, entry.previous],
          entry.hash,
        ])
        await query('update heads set number = $2, hash = $3 where name = $1', [
          HEAD,
          entry.number,
          entry.hash,
        ])
        return entry
      }),

    /** Every entry, the oldest first. */
    entries: (): Promise<LoggedAction[]> => entries(engine.query),

    /**
     * Looks through the whole log for the first entry that is not as it was written. Whoever may write into the
     * database can write another log from its first entry on: against that, `noted` is a last entry that was kept elsewhere.
     */
    verify: async (noted?: Pick<LoggedAction, 'number' | 'hash'>): Promise<VerifyResult> => {
      // Together, so that nothing is appended in between.
      const [all, head] = await engine.transaction(async query => {
        const [last] = await query<Head>(
          `select number, hash from heads where name = $1 ${engine.forUpdate}`,
          [HEAD],
        )
        return [await entries(query), last] as const
      })
      const broken = firstBroken(all, head) ?? (noted && compareWithNoted(all, noted))
      const last = all.at(-1)
      return {
        count: all.length,
        ...(last && { last: { number: last.number, hash: last.hash } }),
        ...(broken && { broken }),
      }
    },
  }
}

/** An entry with the hash over all that it says and over the hash before it. */
function sealEntry(entry: Omit<LoggedAction, 'hash'>): LoggedAction {
  const { number, at, who, place, what, details, previous } = entry
  const text = JSON.stringify([number, at, who, place, what, details, previous])
  return { ...entry, hash: hash('sha256', text, 'hex') }
}

function firstBroken(all: LoggedAction[], head: Head | undefined): BrokenEntry | undefined {
  let before: LoggedAction | undefined
  for (const [index, entry] of all.entries()) {
    const number = (before?.number ?? 0) + 1
    if (entry.number > number) return { number, problem: 'missing' }
    if (entry.number < number) return { number: entry.number, problem: 'inserted' }
    if (head && number > head.number) return { number, problem: 'inserted' }
    if (sealEntry(entry).hash !== entry.hash) return { number, problem: 'changed' }
    if (entry.previous !== (before?.hash ?? ''))
      return brokenNeighbour(entry, before, all[index + 1]?.previous ?? head?.hash)
    before = entry
  }
  const last = before?.number ?? 0
  if (last === 0 && !head) return undefined
  // Nothing says any more where it ended.
  if (!head || last < head.number) return { number: last + 1, problem: 'cut' }
  return before && before.hash !== head.hash ? { number: last, problem: 'changed' } : undefined
}

/** Two neighbours that do not follow each other, each with a hash of its own: whoever the next one knows is the true one. */
function brokenNeighbour(
  entry: LoggedAction,
  before: LoggedAction | undefined,
  known: string | undefined,
): BrokenEntry {
  return known === entry.hash && before
    ? { number: before.number, problem: 'changed' }
    : { number: entry.number, problem: 'inserted' }
}

function compareWithNoted(
  all: LoggedAction[],
  noted: Pick<LoggedAction, 'number' | 'hash'>,
): BrokenEntry | undefined {
  const entry = all.find(one => one.number === noted.number)
  if (!entry) return { number: noted.number, problem: 'cut' }
  return entry.hash === noted.hash ? undefined : { number: noted.number, problem: 'changed' }
}
