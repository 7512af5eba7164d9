import { randomUUID } from 'node:crypto'
import { type Log, type Place, type Platform, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { Feed } from '../content/feed.ts'
import type { Library } from '../content/library.ts'
import { partsByStory } from '../content/parts.ts'
import type { CommandLines } from '../digests/command-lines.ts'
import { createSchedule, type Schedule } from '../digests/schedule.ts'
import type { Delivery, ShownPart } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import type { WireView } from '../wire/view.ts'
import { DELIVERY_TIMES, type DeliveryOutcome, type DeliveryTimes } from './attempt.ts'
import { createCleaner } from './cleaner.ts'
import { createComposeEdition } from './compose-edition.ts'
import { createComposeRow } from './compose-row.ts'
import { type ContentLease, createContentLease } from './content-lease.ts'
import { createContentSnapshots } from './content-snapshot.ts'
import { createCorrections } from './corrections.ts'
import { deskNotices } from './desk-notices.ts'
import { applyItemChanges } from './items/apply-changes.ts'
import { createAtOnce } from './items/at-once.ts'
import { createWireFollower } from './items/follow-wire.ts'
import { createOverdueEvents } from './overdue-events.ts'
import { createNamePlace } from './place-name.ts'
import { isSecond } from './second-message.ts'
import { shownRevisions } from './shown-revisions.ts'
import { createWorker, type WorkerSize } from './worker.ts'

/**
 * What the pipeline needs. `redraw` answers the call of a posted answer again, from the content as it was. `times` and
 * `size` are smaller in tests.
 */
export type PipelineOptions = {
  store: Store
  library(): Library
  platforms(): Platform[]
  commandLines(place: Place): CommandLines
  redraw(row: Delivery, library: Library, wire: WireView): Reply | Promise<Reply>
  /** The feeds of the content; without them there are none. */
  feeds?(): Feed[]
  /** The items on the wire as answers show them now. */
  wire?(): WireView
  zone: string
  deskPlace?: Place
  graceMs?: number
  times?: Partial<DeliveryTimes>
  size?: Partial<WorkerSize>
  /** Called with the outcome of each attempt to deliver a row, for metrics. */
  onDelivered?(row: Delivery, outcome: DeliveryOutcome): void
  contentLeaseMs?: number
  /** For how many days everything in the ledger is kept; without it, for ever. */
  keepDays?: number
  log: Log
}

/**
 * Makes editions due, and delivers and corrects whatever is in the ledger. Call `refresh` when the content has changed
 * and `wake` when rows were added. `shownRevisions` gives the recorded revisions of the parts that a reply shows.
 */
export type Pipeline = {
  owner: string
  contentLease: ContentLease
  schedule: Schedule
  shownRevisions(parts: string[]): Promise<ShownPart[]>
  lane(place: Place): string
  refresh(): Promise<void>
  wake(): void
  start(): Promise<void>
  stop(): Promise<void>
}

/** Creates the pipeline: schedule, content lease, corrections and worker, joined. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { store, library, platforms, commandLines, zone, log, feeds = () => [] } = options
  const owner = randomUUID()
  const platform = (name: string) => platforms().find(candidate => candidate.name === name)
  const lane = (place: Place, edit = false) => platform(platformOf(place))?.pace?.(place, edit).lane ?? place
  const contentLease = createContentLease({
    store,
    owner,
    content: () => {
      const content = library()
      return { revision: content.revision, stories: () => partsByStory(content) }
    },
    onRenewed: async () => {
      await corrections.apply()
      await lookForOverdue()
      await wireFollower.look()
    },
    leaseMs: options.contentLeaseMs,
    log,
  })
  const notices = deskNotices({
    store,
    place: options.deskPlace,
    lane,
    namePlace: createNamePlace(platform),
    log,
  })
  const corrections = createCorrections({
    store,
    library,
    lane,
    repairsAt: place => platform(platformOf(place))?.repairs?.(place) ?? 'edits',
    doneNotice: notices.doneNotice,
    log,
  })
  const lookForOverdue = createOverdueEvents({ store, library, notices, zone, log })
  const editLane = (place: Place) => lane(place, true)
  const wireFollower = createWireFollower({
    store,
    mayFollow: contentLease.isHolder,
    applyChanges: () => applyItemChanges({ store, lane: editLane, log }),
    tellArrived: createAtOnce({ store, library, feeds, lane, log }),
    log,
  })
  const snapshots = createContentSnapshots({ store, library, contentLease })
  const composeEdition = createComposeEdition({ store, snapshots, commandLines, feeds, zone })
  const worker = createWorker({
    store,
    owner,
    platform,
    compose: createComposeRow({
      store,
      library,
      composeEdition,
      redrawAnswer: options.redraw,
      commandLines,
      feeds,
      zone,
    }),
    reportTrouble: notices.reportTrouble,
    reportMended: notices.reportMended,
    closeTrouble: notices.closeTrouble,
    pauseDigest: async ({ place, digest }, reason) => {
      if (digest !== undefined) await store.subscriptions.setState({ place, digest }, 'paused', reason)
    },
    times: { ...DELIVERY_TIMES, ...options.times },
    size: options.size,
    log,
    platforms: () => platforms().map(({ name }) => name),
    mayDeliver: contentLease.mayDeliver,
    onSettled: (row, outcome) => {
      options.onDelivered?.(row, outcome)
      if (row.message !== undefined || isSecond(row))
        corrections
          .finishCausesOf(row.key)
          .catch(cause => log.error({ err: cause }, 'correct: not counted now; the next look counts it'))
    },
  })
  const schedule = createSchedule({ store, lane, graceMs: options.graceMs, log })
  const cleaner =
    options.keepDays === undefined
      ? undefined
      : createCleaner({ store, mayClean: contentLease.isHolder, keepDays: options.keepDays, log })
  let stopListening: (() => Promise<void>) | undefined

  /** The store changed. If we may not deliver, check whether the content lease has become free. */
  const handleChange = () => {
    if (contentLease.mayDeliver()) worker.wake()
    else void contentLease.renew().then(worker.wake)
    wireFollower.nudge()
  }

  return {
    owner,
    contentLease,
    schedule,
    shownRevisions: parts => shownRevisions(store, parts, library(), drawnItems(options.wire?.())),
    lane,
    wake: worker.wake,
    refresh: async () => {
      await contentLease.renew()
      worker.wake()
    },
    start: async () => {
      await contentLease.renew()
      contentLease.start(worker.wake)
      stopListening = await store.listen(handleChange)
      worker.start()
      schedule.start()
      cleaner?.start()
    },
    stop: async () => {
      await cleaner?.stop()
      await schedule.stop()
      await wireFollower.stop()
      await worker.stop()
      await contentLease.stop()
      await stopListening?.()
    },
  }
}

const drawnItems = (view: WireView | undefined) => view && { get: view.item }
