import type { Engine, Query } from '../engine.ts'

/**
 * One entry for a list of a story. `path` names the list as a file beside it: `stories/bridge/timeline.desk.yml` adds to
 * `timeline.yml`.
 */
export type NewEntry = { path: string; entry: Record<string, unknown> }

/** A whole file of a story, where the folder has none: `stories/bridge/sources/3.txt`. */
export type NewFile = { path: string; text: string }

/**
 * What somebody adds at one moment, completely or not at all. `key` is the unique id of the act: the same act twice adds
 * once. `at` is when it was, in milliseconds.
 */
export type NewAct = {
  key: string
  who: string
  at: number
  entries?: NewEntry[]
  files?: NewFile[]
  /** The version of the documents with which it was checked: where they have changed since, nothing is added. */
  seen?: number
}

/** What changes in the same transaction, such as a card that says what was decided; false undoes all of it. */
export type Alongside = (query: Query) => Promise<boolean>

/** What is wanted of an act that adds one entry, or one file. */
type Single<T> = T & Pick<NewAct, 'key' | 'who' | 'at'>

/**
 * One document as it is stored: an entry of a list, or the text of a whole file. `pulledAt` is when somebody wrote it into
 * a folder for git; it stays until the folder that is answered from has it.
 */
export type StoredDocument = {
  number: number
  key: string
  path: string
  who: string
  at: number
  pulledAt?: number
} & ({ entry: Record<string, unknown>; text?: undefined } | { text: string; entry?: undefined })

/**
 * What became of an act: `known` is one that was done before, `taken` one with a file that another act has added, `refused`
 * one whose change alongside was not possible any more, `stale` one that was checked with other documents than there are.
 */
export type AddOutcome = 'added' | 'known' | 'taken' | 'refused' | 'stale'

/** What became of an act that is to be undone: one that was pulled into a folder is changed there, and not here. */
export type RemoveOutcome = 'removed' | 'landed' | 'unknown' | 'refused' | 'stale'

type DocumentRow = {
  number: number
  act: string
  path: string
  entry: string | null
  text: string | null
  who: string
  at: number
  pulled_at: number | null
}

const HEAD = 'documents'
const ENTRY_PATH = /^stories\/[a-z0-9-]+\/(?:timeline|quotes|people|facts|sources|corrections)\.desk\.yml$/
const FILE_PATH =
  /^stories\/[a-z0-9-]+\/(?:story\.md|(?:timeline|quotes|people|facts|sources|corrections)\.yml|sources\/[^/\\\0.][^/\\\0]*\.txt)$/

/**
 * What the desk added to stories in chat, until it is in their files: it is laid over the folder and read like files. The
 * same for all processes; `version` tells cheaply whether anything changed.
 */
export function documents(engine: Engine) {
  const add = (act: NewAct, alongside?: Alongside): Promise<AddOutcome> => {
    refuseOtherPaths(act)
    return change(engine, async (query, last) => {
      const { key, who, at, entries = [], files = [], seen } = act
      const [known] = await query<{ state: string }>('select state from document_acts where key = $1', [key])
      if (known && known.state !== 'removed') return { last, result: 'known' }
      for (const { path } of files)
        if ((await query('select number from documents where file = $1', [path])).length > 0)
          return { last, result: 'taken' }
      if (seen !== undefined && seen !== last) return { last, result: 'stale' }
      if (alongside && !(await alongside(query))) return { last, result: 'refused' }
      await query(
        `insert into document_acts (key, who, at, state) values ($1, $2, $3, 'waiting')
        on conflict (key) do update set who = excluded.who, at = excluded.at, state = excluded.state`,
        [key, who, at],
      )
      let number = last
      const insert = (path: string, entry: string | null, text: string | null) =>
        query(
          'insert into documents (number, act, path, file, entry, text) values ($1, $2, $3, $4, $5, $6)',
          [++number, key, path, text === null ? null : path, entry, text],
        )
      for (const { path, text } of files) await insert(path, null, text)
      for (const { path, entry } of entries) await insert(path, JSON.stringify(entry), null)
      return { last: number, result: 'added' }
    })
  }

  return {
    add,
    /** Adds one entry to a list of a story. */
    addEntry: ({ key, who, at, path, entry }: Single<NewEntry>) =>
      add({ key, who, at, entries: [{ path, entry }] }),
    /** Adds a whole file. Whether the folder has one is for the caller to see. */
    addFile: ({ key, who, at, path, text }: Single<NewFile>) =>
      add({ key, who, at, files: [{ path, text }] }),

    /** Whether an act was done before, and not undone. */
    isKnown: async (key: string): Promise<boolean> =>
      (await engine.query(`select key from document_acts where key = $1 and state <> 'removed'`, [key]))
        .length > 0,

    /** Undoes an act, unless something of it was pulled into a folder, or the documents have changed since `seen`. */
    removeEntry: (key: string, alongside?: Alongside, seen?: number): Promise<RemoveOutcome> =>
      change(engine, async (query, last) => {
        const [act] = await query<{ state: string }>('select state from document_acts where key = $1', [key])
        if (!act || act.state === 'removed') return { last, result: 'unknown' }
        if (act.state !== 'waiting') return { last, result: 'landed' }
        if (seen !== undefined && seen !== last) return { last, result: 'stale' }
        if (alongside && !(await alongside(query))) return { last, result: 'refused' }
        await query('delete from documents where act = $1', [key])
        await query(`update document_acts set state = 'removed' where key = $1`, [key])
        return { last: last + 1, result: 'removed' }
      }),

    /**
     * Forgets an act whose entries landed in the files and were taken out there since: it may be done again. False where
     * something of it still waits, or it did not land.
     */
    forget: (key: string, alongside?: Alongside): Promise<boolean> =>
      change(engine, async (query, last) => {
        const [act] = await query<{ state: string }>('select state from document_acts where key = $1', [key])
        const [left] = await query('select number from documents where act = $1', [key])
        if (act?.state !== 'landed' || left) return { last, result: false }
        if (alongside && !(await alongside(query))) return { last, result: false }
        await query(`update document_acts set state = 'removed' where key = $1`, [key])
        return { last, result: true }
      }),

    /** All documents, in the order in which they were added. */
    all: async (): Promise<StoredDocument[]> => (await readRows(engine.query)).map(toDocument),

    /** How many documents wait to be in the files. */
    waiting: async (): Promise<number> =>
      (await engine.query<{ count: number }>('select count(*) as count from documents'))[0]!.count,

    /** Another number whenever the documents may have changed. */
    version: async (): Promise<number> =>
      (await engine.query<{ number: number }>('select number from heads where name = $1', [HEAD]))[0]
        ?.number ?? 0,

    /**
     * Notes that documents are written into a folder now, so that they can no longer be undone here. Returns those that
     * were not undone before.
     */
    markPulled: (numbers: number[], at: number): Promise<number[]> =>
      change(engine, async (query, last) => {
        const pulled: number[] = []
        for (const number of numbers) {
          const [row] = await query<{ act: string }>(
            'update documents set pulled_at = coalesce(pulled_at, $2) where number = $1 returning act',
            [number, at],
          )
          if (!row) continue
          pulled.push(number)
          await query(`update document_acts set state = 'landed' where key = $1`, [row.act])
        }
        return { last: pulled.length > 0 ? last + 1 : last, result: pulled }
      }),

    /** Takes back that documents were pulled, where their file could not be written after all. */
    unmarkPulled: (numbers: number[]): Promise<void> =>
      change(engine, async (query, last) => {
        for (const number of numbers) {
          const [row] = await query<{ act: string }>(
            'update documents set pulled_at = null where number = $1 returning act',
            [number],
          )
          if (row)
            await query(
              `update document_acts set state = 'waiting' where key = $1
              and not exists (select 1 from documents where act = $1 and pulled_at is not null)`,
              [row.act],
            )
        }
        return { last: last + 1, result: undefined }
      }),

    /** Lets go of documents that the files have. Returns how many there were. */
    letGo: (numbers: number[]): Promise<number> =>
      change(engine, async (query, last) => {
        let count = 0
        for (const number of numbers) {
          const [row] = await query<{ act: string }>(
            'delete from documents where number = $1 returning act',
            [number],
          )
          if (!row) continue
          count++
          await query(`update document_acts set state = 'landed' where key = $1`, [row.act])
        }
        return { last: count > 0 ? last + 1 : last, result: count }
      }),
  }
}

/** Runs a change alone among all processes. `last` is the number of the last change, and rises with each. */
function change<T>(
  engine: Engine,
  work: (query: Query, last: number) => Promise<{ last: number; result: T }>,
): Promise<T> {
  return engine.transaction(async query => {
    await query(`insert into heads (name, number, hash) values ($1, 0, '') on conflict (name) do nothing`, [
      HEAD,
    ])
    const [head] = await query<{ number: number }>(
      `select number from heads where name = $1 ${engine.forUpdate}`,
      [HEAD],
    )
    const { last, result } = await work(query, head!.number)
    if (last !== head!.number) await query('update heads set number = $2 where name = $1', [HEAD, last])
    return result
  })
}

const readRows = (query: Query) =>
  query<DocumentRow>(
    `select d.number, d.act, d.path, d.entry, d.text, a.who, a.at, d.pulled_at
    from documents d join document_acts a on a.key = d.act order by d.number`,
  )

function toDocument({ number, act, path, entry, text, who, at, pulled_at }: DocumentRow): StoredDocument {
  const common = { number, key: act, path, who, at, ...(pulled_at !== null && { pulledAt: pulled_at }) }
  return text === null ? { ...common, entry: JSON.parse(entry!) } : { ...common, text }
}

/** A path that leads anywhere else than to a file of a story is a mistake of ours, and must never be written. */
function refuseOtherPaths({ entries = [], files = [] }: NewAct): void {
  const wrong =
    entries.find(({ path }) => !ENTRY_PATH.test(path)) ?? files.find(({ path }) => !FILE_PATH.test(path))
  if (wrong) throw new Error(`store: “${wrong.path}” is no path of a document`)
}
