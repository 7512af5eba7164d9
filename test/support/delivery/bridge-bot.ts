import { join } from 'node:path'
import { expect } from 'vitest'
import type { Call, MessageRef, Place } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { type KnownEvents, nameEvents } from '../../../src/content/events/event-names.ts'
import type { Feed } from '../../../src/content/feed.ts'
import { createLibrary, type Library } from '../../../src/content/library.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import { visibleAt } from '../../../src/content/visible.ts'
import { createPipeline, type Pipeline, type PipelineOptions } from '../../../src/delivery/pipeline.ts'
import { createPublish, publishedCall } from '../../../src/delivery/publish.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { createLiveWire } from '../../../src/wire/live.ts'
import { digestFile } from '../content/digest-file.ts'
import { type StoryFields, storyFiles } from '../content/story-files.ts'
import { recordingLog } from '../recording-log.ts'
import { temporaryFolder } from '../start-process.ts'
import { dueEdition } from './due-rows.ts'
import { fakePlatform } from './fake-platform.ts'

const DIGESTS = [{ name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }]
/** A moment after every date in the bridge story. */
const SEEN_AT = Date.parse('2026-06-01T12:00:00Z')

/** What the bridge story begins with, the files beside it, the channel of the desk, feeds, and other digests. */
type BridgeBotOptions = {
  first?: StoryFields
  more?: ContentFile[]
  desk?: Place
  /** Where items that match the story stand as cards. */
  cards?: Place
  feeds?: Feed[]
  digests?: object[]
}

const open: { pipeline: Pipeline; store: Store }[] = []

/** Stops all bots that were started; call it after each test. */
export async function stopBridgeBots(): Promise<void> {
  const stopping = open.splice(0)
  for (const { pipeline } of stopping) await pipeline.stop()
  for (const store of new Set(stopping.map(bot => bot.store))) await store.close()
}

/** The library of a bot: the bridge story as it is written now, and the files beside it. */
function bridgeLibrary(
  written: StoryFields,
  more: ContentFile[],
  digestList: object[],
  known?: KnownEvents,
): Library {
  const loaded = loadContent([...storyFiles('bridge', written), ...more, digestFile(digestList)])
  if (loaded.problems.length > 0) throw new Error(JSON.stringify(loaded.problems, null, 1))
  const { stories, digests, withdrawn, revision } = visibleAt(
    { ...loaded, stories: known ? nameEvents(loaded.stories, known) : loaded.stories },
    SEEN_AT,
  )
  return createLibrary(stories, revision, digests, withdrawn)
}

/** Resolves once nothing is due or under way, and every correction is done. */
const untilSettled = (store: Store) =>
  expect
    .poll(
      async () => {
        const { due = 0, sending = 0 } = await store.ledger.countByState()
        const open = (await store.corrections.causes()).filter(({ doneAt }) => doneAt === undefined)
        return { due, sending, causes: open.map(({ cause }) => cause) }
      },
      { timeout: 20_000, interval: 10 },
    )
    .toEqual({ due: 0, sending: 0, causes: [] })

/**
 * Starts a bot about the bridge story that posts on a platform in memory: when a test changes the story, posted messages
 * are corrected. Only the test advances its clock beyond the real time.
 */
export async function startBridgeBot(options: BridgeBotOptions = {}) {
  const fake = fakePlatform()
  let aheadMs = 0
  const clock = () => Date.now() + aheadMs
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock, pollMs: 20 }))
  const log = recordingLog()
  let written: StoryFields = { ...options.first }
  let more = options.more ?? []
  const digestList = options.digests ?? DIGESTS
  let current = bridgeLibrary(written, more, digestList)
  const library = () => current
  const feeds = options.feeds ?? []
  const wire = createLiveWire({ store, feeds: () => feeds, log })

  const openPipeline = (over: Partial<PipelineOptions> = {}) => {
    const opened = createPipeline({
      store,
      library,
      platforms: () => [fake.platform],
      commandLines: commandLinesFor,
      redraw: (row, past, pastWire) =>
        createHandler(
          { library: () => past, version: 'test', zone: 'UTC', wire: () => pastWire },
          log,
        ).answer(publishedCall(row)),
      feeds: () => feeds,
      wire: wire.view,
      zone: 'UTC',
      deskPlace: options.desk,
      cardPlace: options.cards,
      times: { leaseMs: 300, requestTimeoutMs: 120, backOffMs: 20, maxBackOffMs: 100 },
      size: { sweepMs: 200 },
      contentLeaseMs: 3_600_000,
      log,
      ...over,
    })
    open.push({ pipeline: opened, store })
    return opened
  }
  let pipeline = openPipeline()
  const handle = createHandler(
    { library, version: 'test', zone: 'UTC', causes: store.corrections.causes, wire: wire.view },
    log,
  )
  const createPublisher = () =>
    createPublish({
      platforms: () => [fake.platform],
      log,
      ledger: { store, owner: pipeline.owner, shownRevisions: pipeline.shownRevisions },
    })
  const callFor = (line: string, place: Place, audience: Call['audience']): Call => ({
    ...splitCommand(line),
    place,
    caller: { id: 'fake:u', rights: [] },
    audience,
    at: clock(),
  })
  await pipeline.start()
  const waitUntilSettled = () => untilSettled(store)
  let published = 0

  return {
    store,
    fake,
    log,
    /** Resolves once nothing is due or under way, and every correction is done. */
    waitUntilSettled,
    library,
    pipeline: () => pipeline,
    createPublisher,
    /** Changes the bridge story, and the files beside it, as an editor does; resolves once messages are corrected. */
    async writeStory(fields: StoryFields, filesBeside = more) {
      written = { ...written, ...fields }
      more = filesBeside
      current = bridgeLibrary(written, more, digestList, await store.revisions.knownEvents())
      await pipeline.refresh()
      await waitUntilSettled()
    },
    /** Changes the bridge story without telling the pipeline yet. */
    writeStoryUnseen(fields: StoryFields) {
      written = { ...written, ...fields }
      current = bridgeLibrary(written, more, digestList)
    },
    /** Asks a line in public; returns the message with the answer. */
    async publish(line: string, place: Place = 'fake:1', under?: string): Promise<MessageRef> {
      const call = callFor(line, place, 'place')
      const reply: Reply = await handle.answer(call)
      const result = await createPublisher()(call, reply, { key: String(++published), under })
      if (!('message' in result)) throw new Error(JSON.stringify(result.problem))
      return result.message
    },
    /** Makes the bot know what was brought: in its answers, and in its posts. */
    async followWire() {
      await wire.refresh()
      await pipeline.refresh()
      await waitUntilSettled()
    },
    /** Asks a line in private. */
    ask: async (line: string): Promise<Reply> => handle.answer(callFor(line, 'fake:1', 'caller')),
    /** Delivers an edition to a place; returns its message, if one was posted. */
    async deliverEdition(place: Place = 'fake:1', slot = clock()) {
      const row = dueEdition(place, slot)
      await store.ledger.add([row])
      pipeline.wake()
      await waitUntilSettled()
      return fake.messages.findLast(message => message.key === row.key)
    },
    messageAt: ({ id }: MessageRef) => fake.messages.find(message => message.ref.id === id)!,
    editCount: () => fake.messages.reduce((sum, { edits }) => sum + edits, 0),
    advanceClock(ms: number) {
      aheadMs += ms
    },
    /** Stops the pipeline and starts another one on the same store, as another process would. */
    async restart(over: Partial<PipelineOptions> = {}) {
      await pipeline.stop()
      pipeline = openPipeline(over)
      await pipeline.start()
      await waitUntilSettled()
    },
    /** Makes the pipeline look at the content and the store. */
    look: async () => {
      await pipeline.refresh()
      await waitUntilSettled()
    },
  }
}
