import { hash } from 'node:crypto'
import type { Engine, Query } from './engine.ts'

/** What an editor did: who, where, which verb, and its details as JSON. */
export type NewAction = { who: string; place: string; what: string; details: Record<string, unknown> }

/**
 * One entry of the log. `previous` is the hash of the entry before it, so that a changed or removed entry is noticed.
 */
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

/** The first fault of the log: which entry, and what is wrong. `cut` means that the newest entries are missing. */
export type BrokenEntry = { number: number; problem: 'changed' | 'missing' | 'cut' | 'inserted' }

/** The number and hash of an entry: all one needs to note elsewhere to compare the log with later. */
type EntrySeal = Pick<LoggedAction, 'number' | 'hash'>

/** The result of checking the whole log, with its last entry, to be noted elsewhere and compared later. */
type VerifyResult = { count: number; last?: EntrySeal; broken?: BrokenEntry }

const HEAD = 'actions'
const COLUMNS = 'number, at, who, place, what, details, previous, hash'

/** The log of what editors did. It only grows, and each entry contains the hash of the one before it. */
export function editorLog(engine: Engine) {
  const readEntries = (query: Query): Promise<LoggedAction[]> =>
    query<LoggedAction>(`select ${COLUMNS} from actions order by number`)

  return {
    /** Appends an entry. Others that append at the same time, in any process, wait until this entry is committed. */
    append: (action: NewAction): Promise<LoggedAction> =>
      engine.transaction(query => appendAction(engine, query, action)),

    /** Lists all entries, the oldest first. */
    entries: (): Promise<LoggedAction[]> => readEntries(engine.query),

    /**
     * Checks the whole log and finds the first entry that is not as it was written. Anybody who may write to the
     * database can replace the log from its first entry on. `noted`, a last entry that was kept elsewhere, reveals that
     * too.
     */
    verify: async (noted?: EntrySeal): Promise<VerifyResult> => {
      // One transaction, so that nothing is appended between the two reads.
      const [entries, head] = await engine.transaction(async query => {
        const head = await lockHead(engine, query)
        return [await readEntries(query), head] as const
      })
      const last = entries.at(-1)
      return {
        count: entries.length,
        last: last && { number: last.number, hash: last.hash },
        broken: findBroken(entries, head) ?? (noted && compareWithNoted(entries, noted)),
      }
    },
  }
}

/** Reads the end of the log, and locks it until the transaction ends. */
const lockHead = async (engine: Engine, query: Query): Promise<EntrySeal | undefined> =>
  (await query<EntrySeal>(`select number, hash from heads where name = $1 ${engine.forUpdate}`, [HEAD]))[0]

/** Appends an entry in the transaction of what it tells, so that there is never one without the other. */
export async function appendAction(
  engine: Engine,
  query: Query,
  { who, place, what, details }: NewAction,
): Promise<LoggedAction> {
  await query(`insert into heads (name, number, hash) values ($1, 0, '') on conflict (name) do nothing`, [
    HEAD,
  ])
  const head = (await lockHead(engine, query))!
  const entry = sealEntry({
    number: head.number + 1,
    at: await engine.clock(query),
    who,
    place,
    what,
    details: JSON.stringify(details),
    previous: head.hash,
  })
  await query(`insert into actions (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
    entry.number,
    entry.at,
    entry.who,
    entry.place,
    entry.what,
    entry.details,
    entry.previous,
    entry.hash,
  ])
  await query('update heads set number = $2, hash = $3 where name = $1', [HEAD, entry.number, entry.hash])
  return entry
}

/** Adds to an entry the hash of all its fields, the hash of the entry before it included. */
function sealEntry(entry: Omit<LoggedAction, 'hash'>): LoggedAction {
  const { number, at, who, place, what, details, previous } = entry
  const text = JSON.stringify([number, at, who, place, what, details, previous])
  return { ...entry, hash: hash('sha256', text, 'hex') }
}

function findBroken(entries: LoggedAction[], head: EntrySeal | undefined): BrokenEntry | undefined {
  let before: LoggedAction | undefined
  for (const [index, entry] of entries.entries()) {
    const number = (before?.number ?? 0) + 1
    if (entry.number > number) return { number, problem: 'missing' }
    if (entry.number < number) return { number: entry.number, problem: 'inserted' }
    if (head && number > head.number) return { number, problem: 'inserted' }
    if (sealEntry(entry).hash !== entry.hash) return { number, problem: 'changed' }
    if (entry.previous !== (before?.hash ?? ''))
      return brokenNeighbour(entry, before, entries[index + 1]?.previous ?? head?.hash)
    before = entry
  }
  const last = before?.number ?? 0
  if (last === 0 && !head) return undefined
  // Without the head, nothing says where the log ended.
  if (!head || last < head.number) return { number: last + 1, problem: 'cut' }
  return before && before.hash !== head.hash ? { number: last, problem: 'changed' } : undefined
}

/**
 * Tells which of two neighbours is broken when each has a valid hash but the second does not follow the first: the one
 * whose hash the next entry contains (`known`) is genuine.
 */
function brokenNeighbour(
  entry: LoggedAction,
  before: LoggedAction | undefined,
  known: string | undefined,
): BrokenEntry {
  return known === entry.hash && before
    ? { number: before.number, problem: 'changed' }
    : { number: entry.number, problem: 'inserted' }
}

function compareWithNoted(entries: LoggedAction[], noted: EntrySeal): BrokenEntry | undefined {
  const entry = entries.find(({ number }) => number === noted.number)
  if (!entry) return { number: noted.number, problem: 'cut' }
  return entry.hash === noted.hash ? undefined : { number: noted.number, problem: 'changed' }
}
