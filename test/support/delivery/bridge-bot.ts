import { join } from 'node:path'
import { expect } from 'vitest'
import type { MessageRef, Place } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { createLibrary, type Library } from '../../../src/content/library.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import { visibleAt } from '../../../src/content/visible.ts'
import { createPipeline, type Pipeline, type PipelineOptions } from '../../../src/delivery/pipeline.ts'
import { createPublish, publishedCall } from '../../../src/delivery/publish.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { type StoryFields, storyFiles } from '../content/story-files.ts'
import { temporaryFolder } from '../start-process.ts'
import { dueEdition } from './due-rows.ts'
import { fakePlatform } from './fake-platform.ts'
import { warningLog } from './test-pipeline.ts'

const DIGESTS = [{ name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }]

/** What a room is made of; `now` is where its clock begins. */
type BridgeBotOptions = {
  first?: StoryFields
  more?: ContentFile[]
  desk?: Place
  now?: number
  log?: boolean
}

const open: { press: Pipeline; store: Store }[] = []

/** Ends what rooms have started; for after each test. */
export async function stopBridgeBots(): Promise<void> {
  const all = open.splice(0)
  for (const { press } of all) await press.stop()
  for (const store of new Set(all.map(one => one.store))) await store.close()
}

/** The stories of a room as they can be seen now: the bridge, and whatever files come beside it. */
function bridgeLibrary(written: StoryFields, more: ContentFile[] = []): Library {
  const file = (path: string, text: string) => ({ path, text, origin: path })
  const loaded = loadContent([
    ...storyFiles('bridge', written),
    ...more,
    file('digests.yml', JSON.stringify(DIGESTS)),
  ])
  if (loaded.problems.length > 0) throw new Error(JSON.stringify(loaded.problems, null, 1))
  const { stories, digests, withdrawn, revision } = visibleAt(loaded, Date.parse('2026-06-01T12:00:00Z'))
  return createLibrary(stories, revision, digests, withdrawn)
}

/**
 * A store with presses on it that post on a platform in memory: what is written changes the stories, and whatever was
 * posted follows them. Its clock is put forward by hand.
 */
export async function startBridgeBot(options: BridgeBotOptions = {}) {
  const fake = fakePlatform()
  const file = join(temporaryFolder(), 'db')
  let ahead = 0
  const clock = () => Date.now() + ahead
  let written: StoryFields = { ...options.first }
  let more = options.more ?? []
  let books = bridgeLibrary(written, more)
  const log = warningLog()
  const store = await openStore(createSqliteEngine(file, { clock, look: 20 }))
  let asked = 0

  const made = (over: Partial<PipelineOptions> = {}) =>
    createPipeline({
      store,
      library: () => books,
      platforms: () => [fake.platform],
      commandLines: commandLinesFor,
      redraw: (row, past) =>
        createHandler({ library: () => past, version: 'test', zone: 'UTC' }, log).answer(publishedCall(row)),
      zone: 'UTC',
      ...(options.desk && { deskPlace: options.desk }),
      times: { leaseMs: 300, requestTimeoutMs: 120, backOffMs: 20, maxBackOffMs: 100 },
      size: { sweepMs: 200 },
      contentLeaseMs: 3_600_000,
      log,
      ...over,
    })
  let press = made()
  open.push({ press, store })
  const handle = createHandler(
    { library: () => books, version: 'test', zone: 'UTC', causes: store.corrections.causes },
    log,
  )
  const createPublisher = () =>
    createPublish({
      platforms: () => [fake.platform],
      log,
      ledger: { store, owner: press.owner, shownRevisions: press.shownRevisions },
    })
  await press.start()

  /** Resolves once nothing is due or under way, and everything that was wrong is settled. */
  const waitUntilSettled = () =>
    expect
      .poll(
        async () => {
          const { due: waiting = 0, sending = 0 } = await store.ledger.countByState()
          const undone = (await store.corrections.causes()).filter(one => one.doneAt === undefined)
          return { waiting, sending, undone: undone.map(one => one.cause) }
        },
        { timeout: 5_000, interval: 10 },
      )
      .toEqual({ waiting: 0, sending: 0, undone: [] })

  return {
    store,
    fake,
    log,
    waitUntilSettled,
    library: () => books,
    pipeline: () => press,
    createPublisher,
    /** Changes the files of the bridge, and what stands beside it, as an editor does; resolves once it was looked at. */
    async writeStory(next: StoryFields, beside = more) {
      written = { ...written, ...next }
      more = beside
      books = bridgeLibrary(written, more)
      await press.refresh()
      await waitUntilSettled()
    },
    /** Changes the files without anybody looking yet. */
    writeStoryUnseen(next: StoryFields) {
      written = { ...written, ...next }
      books = bridgeLibrary(written, more)
    },
    /** Asks a line in public; what is answered stands in the place from then on. */
    async publish(line: string, place: Place = 'fake:1', under?: string): Promise<MessageRef> {
      const call = {
        ...splitCommand(line),
        place,
        caller: { id: 'fake:u', rights: [] },
        audience: 'place' as const,
        at: clock(),
      }
      const reply: Reply = await handle.answer(call)
      const how = { key: String(++asked), ...(under !== undefined && { under }) }
      const result = await createPublisher()(call, reply, how)
      if (!('message' in result)) throw new Error(JSON.stringify(result.problem))
      return result.message
    },
    /** Asks a line alone. */
    ask: async (line: string): Promise<Reply> =>
      handle.answer({
        ...splitCommand(line),
        place: 'fake:1',
        caller: { id: 'fake:u', rights: [] },
        audience: 'caller',
        at: clock(),
      }),
    /** Brings the next edition to a place. */
    async deliverEdition(place: Place = 'fake:1', slot = clock()) {
      const row = dueEdition(place, slot)
      await store.ledger.add([row])
      press.wake()
      await waitUntilSettled()
      return fake.messages.findLast(one => one.key === row.key)
    },
    messageAt: ({ id }: MessageRef) => fake.messages.find(one => one.ref.id === id)!,
    editCount: () => fake.messages.reduce((sum, { edits }) => sum + edits, 0),
    advanceClock(ms: number) {
      ahead += ms
    },
    /** The process ends, and another one begins. */
    async restart(over: Partial<PipelineOptions> = {}) {
      await press.stop()
      press = made(over)
      open.push({ press, store })
      await press.start()
      await waitUntilSettled()
    },
    look: async () => {
      await press.refresh()
      await waitUntilSettled()
    },
  }
}
