import { randomUUID } from 'node:crypto'
import { letOthersRun } from '../chat/pauses.ts'
import { type Log, type Place, type Platform, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import { approvalRule } from '../content/digest.ts'
import type { Feed } from '../content/feed.ts'
import type { Library } from '../content/library.ts'
import { partsByStory } from '../content/parts.ts'
import type { CommandLines } from '../digests/command-lines.ts'
import { createSchedule, type Schedule } from '../digests/schedule.ts'
import type { Delivery, ShownPart } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import type { WireView } from '../wire/view.ts'
import { createApprovalGate } from './approval/gate.ts'
import { createApprovalKeeper } from './approval/keeper.ts'
import { DELIVERY_TIMES, type DeliveryOutcome, type DeliveryTimes } from './attempt.ts'
import { createCardTeller } from './cards/tell-cards.ts'
import { createCleaner } from './cleaner.ts'
import { createComposeEdition } from './compose-edition.ts'
import { createComposeRow } from './compose-row.ts'
import { type ContentLease, createContentLease } from './content-lease.ts'
import { createContentSnapshots } from './content-snapshot.ts'
import { createCorrections } from './corrections.ts'
import { deskNotices } from './desk-notices.ts'
import { createEditionTexts } from './editions/edition-texts.ts'
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
  /** Where the desk decides about items that match stories; without it they are shown nowhere as cards. */
  cardPlace?: Place
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
      await letOthersRun()
      await lookForOverdue()
      await letOthersRun()
      await wireFollower.look()
      await approvals.look()
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
  const repairsAt = (place: Place) => platform(platformOf(place))?.repairs?.(place) ?? 'edits'
  const corrections = createCorrections({
    store,
    library,
    lane,
    repairsAt,
    doneNotice: notices.doneNotice,
    log,
  })
  const lookForOverdue = createOverdueEvents({ store, library, notices, zone, log })
  const editLane = (place: Place) => lane(place, true)
  const tellAtOnce = createAtOnce({ store, library, feeds, lane, log })
  const { cardPlace } = options
  const tellCards = createCardTeller({ store, library, feeds, place: cardPlace, lane, zone, log })
  const wireFollower = createWireFollower({
    store,
    mayFollow: contentLease.isHolder,
    applyChanges: async () => {
      await applyItemChanges({ store, lane: editLane, log })
      if ((await store.cards.showChanges(editLane)) > 0) await store.notify()
    },
    tellArrived: async () => {
      await tellAtOnce()
      await tellCards()
    },
    log,
  })
  const snapshots = createContentSnapshots({ store, library, contentLease })
  const needsApproval = (digest = '') => approvalRule(library().digest(digest)) !== undefined
  const texts = createEditionTexts({ store, commandLines, feeds, zone })
  const composeEdition = createComposeEdition({ store, snapshots, commandLines, feeds, zone })
  const approvals = createApprovalKeeper({
    ...{ store, library, snapshots, texts, place: options.deskPlace, lane, log },
    mayEdit: place => repairsAt(place) === 'edits',
    mayKeep: contentLease.isHolder,
    onChanged: () => worker.wake(),
  })
  const worker = createWorker({
    store,
    owner,
    platform,
    compose: createComposeRow({
      store,
      library,
      composeEdition,
      gate: createApprovalGate({ store, snapshots, texts }),
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
      if (outcome === 'held' || (row.kind === 'edition' && needsApproval(row.digest))) approvals.nudge()
      if (row.message !== undefined || isSecond(row))
        corrections
          .finishCausesOf(row.key)
          .catch(cause => log.error({ err: cause }, 'correct: not counted now; the next look counts it'))
    },
  })
  const schedule = createSchedule({
    ...{ store, lane, graceMs: options.graceMs, log },
    needsApproval,
  })
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
    approvals.nudge()
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
      await approvals.stop()
      await worker.stop()
      await contentLease.stop()
      await stopListening?.()
    },
  }
}

const drawnItems = (view: WireView | undefined) => view && { get: view.item }
