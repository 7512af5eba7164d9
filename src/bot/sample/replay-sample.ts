import { setTimeout as sleep } from 'node:timers/promises'
import { type Log, type Place, type Platform, platformOf } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { AT_ONCE, type Digest, isAtOnce } from '../../content/digest.ts'
import type { Feed } from '../../content/feed.ts'
import { createLibrary } from '../../content/library.ts'
import { createPipeline, type Pipeline } from '../../delivery/pipeline.ts'
import { type Replay, rhythmOfReplay } from '../../digests/replay/replay.ts'
import { NO_SLOT, nextSlot } from '../../digests/slots.ts'
import { createSqliteEngine } from '../../store/sqlite.ts'
import { openStore, type Store } from '../../store/store.ts'
import { identify } from '../../wire/identify/identify.ts'
import { keysOf } from '../../wire/identify/keys.ts'
import { newItemId } from '../../wire/item.ts'
import { createPoller, type Poller } from '../../wire/poll/poller.ts'
import { parseFeed } from '../../wire/read/parse-feed.ts'
import { SAMPLE_DIGEST, sampleFeedAt, takeBackSample } from './outlet.ts'
import { SAMPLE_BRIEF_MS, sampleMoments, sampleReports, sampleRss, sampleWithdrawals } from './script.ts'

/** A message that the reports of the sample feed would have been, as it was posted, or as it was after an edit. */
export type SampleMessage = { at: number; digest: string; isEdit: boolean; isInThread: boolean; reply: Reply }

type ReplayedDigest = Pick<Replay, 'digest' | 'stories' | 'zone' | 'commandLines'>

/** Nothing is served there: what is shown as a link would lead to the outlet. */
const BASE = 'https://sample-gazette.example'
const PLATFORM = 'preview'
const EACH: Place = `${PLATFORM}:as-they-come`
const BRIEF: Place = `${PLATFORM}:brief`
/** A step takes some milliseconds; what takes so long never ends. */
const STEP_LIMIT_MS = 20_000
const LOOK_MS = 5

/**
 * Runs the script of the sample feed through a bot of its own, in memory and on a clock of its own, that ends when all is
 * said: everything is asked, stored, posted and edited as always, and only a list gets it. One digest posts each report as
 * it comes; the other is the replayed one with `wire: all`, whose next brief after `now` falls into the script.
 */
export async function replaySample(
  replayed: ReplayedDigest,
  now: number,
  log: Log,
): Promise<SampleMessage[]> {
  const { stories, zone, commandLines } = replayed
  const brief = briefDigest(replayed.digest)
  const rhythm = rhythmOfReplay({ digest: brief, zone })
  const slot = nextSlot(rhythm, now + SAMPLE_BRIEF_MS)
  const startedAt = slot.at - SAMPLE_BRIEF_MS
  const clock = createStepClock(startedAt)
  const store = await openStore(createSqliteEngine(':memory:', { clock: clock.read }))
  const feeds = [sampleFeedAt(`${BASE}/feed`)]
  const library = createLibrary(stories, 'sample', [brief, SAMPLE_DIGEST], [], undefined, feeds)
  const messages: SampleMessage[] = []
  const list = createList(({ place, ...message }) => {
    const digest = place === BRIEF ? brief.title : SAMPLE_DIGEST.title
    messages.push({ at: clock.stepAt(), digest, ...message })
  })
  const pipeline = createPipeline({
    ...{ store, zone, log, library: () => library, platforms: () => [list], feeds: () => feeds },
    commandLines: () => commandLines,
    redraw: () => {
      throw new Error('sample: nobody asked anything')
    },
  })
  const poller = createSamplePoller({ store, feeds, startedAt, clock: clock.read, log })
  const subscription = {
    ...{ zone, stories: '', quiet: 'skip' as const, state: 'on' as const, setBy: 'sample', setAt: startedAt },
  }
  const { days } = SAMPLE_DIGEST
  await store.subscriptions.save([
    {
      ...{ ...subscription, place: EACH, digest: SAMPLE_DIGEST.name, time: AT_ONCE, days: days.join(',') },
      ...{ nextSlot: NO_SLOT.at, nextDate: NO_SLOT.date },
    },
    {
      ...{
        ...subscription,
        place: BRIEF,
        digest: brief.name,
        time: rhythm.time,
        days: rhythm.days.join(','),
      },
      ...{ nextSlot: slot.at, nextDate: slot.date },
    },
  ])
  try {
    await pipeline.start()
    for (const moment of [...new Set([...sampleMoments(), SAMPLE_BRIEF_MS])].toSorted((a, b) => a - b)) {
      clock.stepTo(startedAt + moment)
      for (const { id, at } of sampleWithdrawals(startedAt).filter(({ at }) => at === clock.stepAt()))
        await takeBackSample(store, { id, at, base: BASE })
      await poller.poll()
      await pipeline.schedule.tick()
      await settle(store, pipeline)
    }
  } finally {
    await poller.stop()
    await pipeline.stop()
    await store.close()
  }
  return messages
}

/** The replayed digest as one that brings all that is on the wire; nobody is asked to approve a replay. */
function briefDigest({ stories: _, tags: __, approve: ___, ...digest }: Digest): Digest {
  return { ...digest, ...(isAtOnce(digest) && { time: '08:00' }), wire: 'all' }
}

/** A clock that is set from one step to the next; within a step it goes as all clocks do, so that nothing waits for ever. */
function createStepClock(start: number) {
  let [step, since] = [start, performance.now()]
  return {
    read: () => step + Math.floor(performance.now() - since),
    stepAt: () => step,
    stepTo: (at: number) => {
      step = at
      since = performance.now()
    },
  }
}

/** A platform that only notes what it is told. */
function createList(
  onMessage: (message: Omit<SampleMessage, 'at' | 'digest'> & { place: Place }) => void,
): Platform {
  let posted = 0
  return {
    name: platformOf(EACH),
    start: async () => {},
    stop: async () => {},
    state: () => ({ state: 'connected' }),
    post: async (place, reply, { under }) => {
      onMessage({ place, reply, isEdit: false, isInThread: under !== undefined })
      return { place, id: String(++posted), ...(under !== undefined && { under }) }
    },
    edit: async ({ place, under }, reply) =>
      onMessage({ place, reply, isEdit: true, isInThread: under !== undefined }),
    findPost: async () => undefined,
  }
}

type SamplePollerOptions = { store: Store; feeds: Feed[]; startedAt: number; clock(): number; log: Log }

/** Asks the script instead of a server, and reads, compares and stores the answer as always. */
function createSamplePoller({ store, feeds, startedAt, clock, log }: SamplePollerOptions): Poller {
  const bytes = () => new TextEncoder().encode(sampleRss(BASE, sampleReports(startedAt, clock())))
  const headers = { 'content-type': 'application/rss+xml; charset=utf-8' }
  return createPoller({
    ...{
      store,
      keysOf,
      identify,
      newId: newItemId,
      log,
      feeds: () => feeds,
      owner: 'sample',
      random: () => 0,
    },
    fetcher: {
      fetch: async ({ url }) => ({ kind: 'body', bytes: bytes(), url, headers }),
      close: async () => {},
    },
    // Our own words need no thread that could die of them.
    read: async feed => parseFeed(feed, clock()),
    notices: {
      ...{
        failing: async () => {},
        over: async () => {},
        moved: async () => {},
        closeOthers: async () => {},
      },
    },
  })
}

/** Resolves once everything that has come is posted, and everything that has changed is edited. */
async function settle({ ledger, corrections }: Store, pipeline: Pipeline): Promise<void> {
  const until = performance.now() + STEP_LIMIT_MS
  for (;;) {
    await pipeline.refresh()
    const { due = 0, sending = 0 } = await ledger.countByState()
    const open = (await corrections.causes()).filter(({ doneAt }) => doneAt === undefined)
    if (due + sending + open.length === 0) return
    if (performance.now() > until) throw new Error('sample: the replay does not come to its end')
    await sleep(LOOK_MS)
  }
}
