import { join } from 'node:path'
import { expect } from 'vitest'
import type { MessageRef, Place } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { linesAt } from '../../../src/commands/digest/command-lines.ts'
import { handler } from '../../../src/commands/handler.ts'
import { headOf } from '../../../src/commands/line.ts'
import { type Library, library } from '../../../src/content/library.ts'
import { load } from '../../../src/content/read/load.ts'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import { asOf } from '../../../src/content/visible.ts'
import { type Press, type Presses, presses } from '../../../src/delivery/pipeline.ts'
import { callOf, publishing } from '../../../src/delivery/publish.ts'
import { sqlite } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { storyFiles, type Written } from '../content/story-files.ts'
import { scratch } from '../start-process.ts'
import { due } from './due-rows.ts'
import { fakePlatform } from './fake-platform.ts'
import { saidLog } from './test-pipeline.ts'

const DIGESTS = [{ name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }]

/** What a room is made of; `now` is where its clock begins. */
type RoomOptions = { first?: Written; more?: ContentFile[]; desk?: Place; now?: number; log?: boolean }

const open: { press: Presses; store: Store }[] = []

/** Ends what rooms have started; for after each test. */
export async function closeRooms(): Promise<void> {
  const all = open.splice(0)
  for (const { press } of all) await press.stop()
  for (const store of new Set(all.map(one => one.store))) await store.close()
}

/** The stories of a room as they can be seen now: the bridge, and whatever files come beside it. */
function content(written: Written, more: ContentFile[] = []): Library {
  const file = (path: string, text: string) => ({ path, text, origin: path })
  const loaded = load([
    ...storyFiles('bridge', written),
    ...more,
    file('digests.yml', JSON.stringify(DIGESTS)),
  ])
  if (loaded.problems.length > 0) throw new Error(JSON.stringify(loaded.problems, null, 1))
  const { stories, digests, withdrawn, revision } = asOf(loaded, Date.parse('2026-06-01T12:00:00Z'))
  return library(stories, revision, digests, withdrawn)
}

/**
 * A store with presses on it that post on a platform in memory: what is written changes the stories, and whatever was
 * posted follows them. Its clock is put forward by hand.
 */
export async function room(options: RoomOptions = {}) {
  const fake = fakePlatform()
  const file = join(scratch(), 'db')
  let ahead = 0
  const clock = () => Date.now() + ahead
  let written: Written = { ...options.first }
  let more = options.more ?? []
  let books = content(written, more)
  const log = saidLog()
  const store = await openStore(sqlite(file, { clock, look: 20 }))
  let asked = 0

  const made = (over: Partial<Press> = {}) =>
    presses({
      store,
      library: () => books,
      platforms: () => [fake.platform],
      lines: linesAt,
      redraw: (row, past) =>
        handler({ library: () => past, version: 'test', zone: 'UTC' }, log).answer(callOf(row)),
      zone: 'UTC',
      ...(options.desk && { deskPlace: options.desk }),
      times: { leaseMs: 300, requestMs: 120, backOffMs: 20, backOffMostMs: 100 },
      size: { sweepMs: 200 },
      contentLeaseMs: 3_600_000,
      log,
      ...over,
    })
  let press = made()
  open.push({ press, store })
  const handle = handler({ library: () => books, version: 'test', zone: 'UTC', repairs: store.causes }, log)
  const posting = () =>
    publishing({
      platforms: () => [fake.platform],
      log,
      ledger: { store, owner: press.owner, shown: press.shown },
    })
  await press.start()

  /** Resolves once nothing is due or under way, and everything that was wrong is settled. */
  const settled = () =>
    expect
      .poll(
        async () => {
          const { due: waiting = 0, sending = 0 } = await store.counts()
          const undone = (await store.causes()).filter(one => one.doneAt === undefined)
          return { waiting, sending, undone: undone.map(one => one.cause) }
        },
        { timeout: 5_000, interval: 10 },
      )
      .toEqual({ waiting: 0, sending: 0, undone: [] })

  return {
    store,
    fake,
    log,
    settled,
    books: () => books,
    press: () => press,
    posting,
    /** Changes the files of the bridge, and what stands beside it, as an editor does; resolves once it was looked at. */
    async write(next: Written, beside = more) {
      written = { ...written, ...next }
      more = beside
      books = content(written, more)
      await press.look()
      await settled()
    },
    /** Changes the files without anybody looking yet. */
    slip(next: Written) {
      written = { ...written, ...next }
      books = content(written, more)
    },
    /** Asks a line in public; what is answered stands in the place from then on. */
    async publish(line: string, place: Place = 'fake:1', under?: string): Promise<MessageRef> {
      const call = {
        ...headOf(line),
        place,
        caller: { id: 'fake:u', rights: [] },
        audience: 'place' as const,
        at: clock(),
      }
      const reply: Reply = await handle.answer(call)
      const how = { key: String(++asked), ...(under !== undefined && { under }) }
      const result = await posting()(call, reply, how)
      if (!('message' in result)) throw new Error(JSON.stringify(result.problem))
      return result.message
    },
    /** Asks a line alone. */
    ask: async (line: string): Promise<Reply> =>
      handle.answer({
        ...headOf(line),
        place: 'fake:1',
        caller: { id: 'fake:u', rights: [] },
        audience: 'caller',
        at: clock(),
      }),
    /** Brings the next edition to a place. */
    async edition(place: Place = 'fake:1', slot = clock()) {
      const row = due(place, slot)
      await store.add([row])
      press.wake()
      await settled()
      return fake.messages.findLast(one => one.key === row.key)
    },
    at: ({ id }: MessageRef) => fake.messages.find(one => one.ref.id === id)!,
    edits: () => fake.messages.reduce((sum, { edits }) => sum + edits, 0),
    pass(ms: number) {
      ahead += ms
    },
    /** The process ends, and another one begins. */
    async restart(over: Partial<Press> = {}) {
      await press.stop()
      press = made(over)
      open.push({ press, store })
      await press.start()
      await settled()
    },
    look: async () => {
      await press.look()
      await settled()
    },
  }
}
