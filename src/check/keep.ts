import { existsSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { crc32 } from 'node:zlib'
import type { Digest } from '../content/digest.ts'
import type { Feed } from '../content/feed.ts'
import type { SenderRow } from '../content/senders/sender-row.ts'
import { makeFolder } from '../store/data-folder.ts'
import { namesOfParts, type PackedParts, type PackedStory } from './packed-story.ts'

/**
 * Where checked stories are kept, and the program that checked them: what another one checked does not count. A reader
 * changes nothing.
 */
export type Keep = { file: string; program: string; readOnly?: true }

/** A story as it is kept, with the hash of what it was made of, and by what its files are known to be unchanged. */
export type KeptStory = PackedStory & { slug: string; key: string; look: string }

/** What stands beside the stories of a content folder. */
export type BesideStories = { digests: Digest[]; feeds: Feed[]; senders?: SenderRow[] }

/** The kept stories of a content folder. Whatever cannot be read or written is as if nothing were kept. */
export type OpenKeep = {
  /** All stories that this program has kept, one after another: their heads, and how their files looked. */
  heads(): Iterable<{ slug: string; look: string; head: Uint8Array }>
  /** The head of a story, if it was made of exactly these files. */
  head(slug: string, key: string): Uint8Array | undefined
  /** A long part by its name, if it is whole. */
  part(name: string, isWhole: (value: Uint8Array) => boolean): string | undefined
  /** Whether the story is kept now. */
  put(story: KeptStory): boolean
  touch(slug: string, look: string): void
  forgetOthers(slugs: Set<string>): void
  /** The digests and feeds that passed their checks, with the key of what they were made of. */
  digests(): ({ key: string } & BesideStories) | undefined
  putDigests(key: string, beside: BesideStories): void
  close(): void
}

/** Another layout is another file version: what an older nutgraf kept is thrown away. */
const LAYOUT = 4

/** Threads wait for each other's writing. */
const BUSY_MS = 5_000
/** How long the long parts of a replaced story stay: whoever still answers from it reads them from here. */
const REPLACED_MS = 3_600_000

const TABLES = `create table if not exists stories (
    slug text primary key, program text not null, key text not null, look text not null,
    head blob not null, head_sum integer not null, part_names text not null
  ) strict;
  create table if not exists digests (one integer primary key, program text not null, key text not null, value text not null) strict;
  create table if not exists parts (name text primary key, value text not null, replaced_at integer) strict;
  create index if not exists parts_replaced on parts (replaced_at) where replaced_at is not null`

/** Opens the file in which stories are kept. A damaged one is begun anew. */
export function openKeep({ file, program, readOnly }: Keep): OpenKeep {
  const openAnew = () => attempt(() => openOrBegin(file, readOnly))
  let database = openAnew()
  let opened = inodeOf(file)
  /** A file that was removed while it was open still has what was in it. */
  let removed: DatabaseSync | undefined
  const read = <T>(work: (open: DatabaseSync) => T): T | undefined =>
    database && attempt(() => work(database!))

  /** Opens the file that stands there now, if it is another one. */
  function follow(): boolean {
    const inode = inodeOf(file)
    if (readOnly || (inode !== undefined && inode === opened)) return false
    removed?.close()
    removed = database
    database = openAnew()
    opened = inodeOf(file)
    return true
  }

  function readPart(open: DatabaseSync | undefined, name: string, isWhole: (value: Uint8Array) => boolean) {
    const row = open && attempt(() => selectPartIn(open).get(name))
    if (!row) return undefined
    const value = row.value as Uint8Array
    if (isWhole(value)) return Buffer.from(value.buffer, value.byteOffset, value.length).toString()
    // Damaged: without it, the story is read and kept anew.
    if (!readOnly) attempt(() => open.prepare('delete from parts where name = ?').run(name))
    return undefined
  }

  return {
    *heads() {
      // One by one: all together would be in memory twice.
      const rows = read(open =>
        open.prepare('select slug, look, head, head_sum from stories where program = ?').iterate(program),
      )
      for (let row = attempt(() => rows?.next()); row && !row.done; row = attempt(() => rows?.next())) {
        const { slug, look, head, head_sum } = row.value
        if (isWhole(head as Uint8Array, head_sum))
          yield { slug: String(slug), look: String(look), head: head as Uint8Array }
      }
    },
    head(slug, key) {
      const row = read(open =>
        open
          .prepare(
            `select head, head_sum from stories where slug = ? and key = ? and program = ?
            and not exists (select 1 from json_each(part_names) where value not in (select name from parts))`,
          )
          .get(slug, key, program),
      )
      return row && isWhole(row.head as Uint8Array, row.head_sum) ? (row.head as Uint8Array) : undefined
    },
    part: (name, isWhole) =>
      readPart(database, name, isWhole) ??
      readPart(removed, name, isWhole) ??
      (follow() ? (readPart(database, name, isWhole) ?? readPart(removed, name, isWhole)) : undefined),
    put: story => !readOnly && read(open => putStory(open, program, story)) !== undefined,
    touch: (slug, look) => {
      if (!readOnly) read(open => open.prepare('update stories set look = ? where slug = ?').run(look, slug))
    },
    forgetOthers(slugs) {
      if (readOnly) return
      const kept = read(open => open.prepare('select slug from stories').all()) ?? []
      for (const { slug } of kept)
        if (!slugs.has(String(slug)))
          read(open => {
            markReplaced(open, String(slug))
            open.prepare('delete from stories where slug = ?').run(String(slug))
          })
    },
    digests() {
      const row = read(open => open.prepare('select key, value from digests where program = ?').get(program))
      return row && { key: String(row.key), ...(JSON.parse(String(row.value)) as BesideStories) }
    },
    putDigests: (key, beside) => {
      if (!readOnly)
        read(open =>
          open
            .prepare('insert or replace into digests values (1, ?, ?, ?)')
            .run(program, key, JSON.stringify(beside)),
        )
    },
    close: () => {
      database?.close()
      removed?.close()
    },
  }
}

const partSelects = new WeakMap<DatabaseSync, StatementSync>()

/** Prepared once: most answers read a part. As bytes, a part is read and checked in two thirds of the time. */
function selectPartIn(open: DatabaseSync): StatementSync {
  const known =
    partSelects.get(open) ?? open.prepare('select cast(value as blob) value from parts where name = ?')
  partSelects.set(open, known)
  return known
}

const isWhole = (head: Uint8Array, sum: unknown): boolean => crc32(head) === sum

const inodeOf = (file: string): number | undefined =>
  attempt(() => statSync(file, { throwIfNoEntry: false })?.ino)

function putStory(open: DatabaseSync, program: string, { slug, key, look, head, parts }: KeptStory): true {
  const names = namesOfParts(slug, parts)
  open.exec('begin immediate')
  try {
    markReplaced(open, slug)
    open.prepare('delete from parts where replaced_at < ?').run(Date.now() - REPLACED_MS)
    const insert = open.prepare(
      'insert into parts (name, value) values (?, ?) on conflict (name) do update set value = excluded.value, replaced_at = null',
    )
    for (const [part, value] of Object.entries(parts)) insert.run(names[part as keyof PackedParts], value)
    open
      .prepare('insert or replace into stories values (?, ?, ?, ?, ?, ?, ?)')
      .run(slug, program, key, look, head, crc32(head), JSON.stringify(Object.values(names)))
    open.exec('commit')
    return true
  } catch (cause) {
    open.exec('rollback')
    throw cause
  }
}

const NAMES_OF_STORY = 'select value from json_each((select part_names from stories where slug = ?))'

const markReplaced = (open: DatabaseSync, slug: string) =>
  open
    .prepare(`update parts set replaced_at = ? where replaced_at is null and name in (${NAMES_OF_STORY})`)
    .run(Date.now(), slug)

function openFile(file: string, readOnly = false): DatabaseSync {
  if (readOnly) {
    // Without a bot that has it open, nothing is written beside it either.
    const place = existsSync(`${file}-wal`) ? file : new URL('?immutable=1', pathToFileURL(file))
    return new DatabaseSync(place, { readOnly, timeout: BUSY_MS })
  }
  makeFolder(dirname(file))
  const database = new DatabaseSync(file, { timeout: OPEN_BUSY_MS })
  const version = database.prepare('pragma user_version').get()?.user_version
  if (version !== 0 && version !== LAYOUT) {
    database.close()
    throw Object.assign(new Error(`content: ${file} was made by another nutgraf`), { isOfAnother: true })
  }
  // After a power cut, what was kept last may be gone, and is checked again.
  database.exec(`pragma journal_mode = wal; pragma synchronous = normal; ${TABLES};
    pragma user_version = ${LAYOUT}; pragma busy_timeout = ${BUSY_MS}`)
  return database
}

/** SQLite's codes for a database that another process holds, and for a file that is none or is damaged. */
const BUSY = [5, 6]
const DAMAGED = [11, 26]
const GIVE_UP_MS = 1_500
const OPEN_BUSY_MS = 100
const PAUSE_MS = 50

/** Opens the file; begins it anew only if it surely is of no use: other processes may have it open. */
function openOrBegin(file: string, readOnly = false): DatabaseSync | undefined {
  const began = performance.now()
  for (;;) {
    try {
      return openFile(file, readOnly)
    } catch (cause) {
      const { errcode, isOfAnother } = cause as { errcode?: number; isOfAnother?: true }
      const isBusy = BUSY.includes(errcode ?? 0)
      if (isBusy && performance.now() - began < GIVE_UP_MS) {
        // Two processes that begin the file at the same moment: one of them has to wait.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
        continue
      }
      // A file that stays empty and held was emptied under those who have it open.
      const isEmptied = isBusy && statSync(file, { throwIfNoEntry: false })?.size === 0
      if (readOnly || !(isOfAnother || isEmptied || DAMAGED.includes(errcode ?? 0))) return undefined
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
    }
  }
}

/** If the disk cannot be read or written, the next start has to check again, and nothing else is lost. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
