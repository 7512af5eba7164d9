import { randomUUID } from 'node:crypto'
import { DeliveryError, type Log, type Place, type Platform, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import { partHash, partsOfAll } from '../content/parts.ts'
import type { CommandLines } from '../digests/entry.ts'
import { createSchedule, type Schedule } from '../digests/schedule.ts'
import type { Delivery, ShownPart } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import { createComposeEdition } from './compose-edition.ts'
import { type ContentLease, createContentLease } from './content-lease.ts'
import { createCorrections } from './corrections.ts'
import { type Composed, DELIVERY_TIMES, type DeliveryOutcome, type DeliveryTimes } from './deliver.ts'
import { deskNoticeReply, deskNotices } from './desk-notices.ts'
import { createPastContent } from './past-content.ts'
import { correctionNotice, redraw } from './redraw.ts'
import { sharerOf, withSharer } from './shared-by.ts'
import { createWorker, type Worker, type WorkerSize } from './worker.ts'

/**
 * What the presses need. `redraw` makes the reply of an answer that was published earlier, from the content as it was; `times` and `size` are
 * smaller in tests.
 */
export type PipelineOptions = {
  store: Store
  library(): Library
  platforms(): Platform[]
  commandLines(place: Place): CommandLines
  redraw(row: Delivery, books: Library): Reply | Promise<Reply>
  zone: string
  deskPlace?: Place
  graceMs?: number
  times?: Partial<DeliveryTimes>
  size?: Partial<WorkerSize>
  /** Hears what became of each attempt to deliver a row, for whoever counts. */
  onDelivered?(row: Delivery, outcome: DeliveryOutcome): void
  contentLeaseMs?: number
  log: Log
}

/**
 * What makes editions and brings them to their places. `start` takes up whatever is due; `look` is called when the
 * content has changed; `wake` when rows were added; `shown` gives the revisions that a reply shows.
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

/** Joins schedule, composing and worker. */
export function createPipeline(press: PipelineOptions): Pipeline {
  const { store, library, log } = press
  const owner = randomUUID()
  const platform = (name: string) => press.platforms().find(one => one.name === name)
  const lane = (place: Place, edit = false) => platform(platformOf(place))?.pace?.(place, edit).lane ?? place
  const contentLease = createContentLease({
    store,
    owner,
    content: () => ({ revision: library().revision, parts: () => partsOfAll(library()) }),
    onRenewed: () => repairs.apply(),
    ...(press.contentLeaseMs !== undefined && { leaseMs: press.contentLeaseMs }),
    log,
  })
  const editions = createComposeEdition({
    store,
    library,
    commandLines: press.commandLines,
    contentConfirmedUntil: contentLease.confirmedUntil,
    zone: press.zone,
  })
  const ear = deskNotices({
    store,
    lane,
    log,
    ...(press.deskPlace !== undefined && { place: press.deskPlace }),
  })

  const repairs = createCorrections({ store, library, lane, doneNotice: ear.doneNotice, log })
  const past = createPastContent()

  async function compose(row: Delivery): Promise<Composed | undefined> {
    // Only a message that stands already can show what was corrected since. Asked for before the content is taken: what
    // comes in between has not been drawn, and must not count as done.
    const wrong = row.message === undefined ? undefined : await store.corrections.repairsOf(row.key)
    const books = library()
    const composed = row.kind === 'edition' ? await editions(row) : await composedOf(row, books)
    if (!composed) return undefined
    if (!wrong) return firstTime(composed, row)
    const drawn = redraw(composed, row, wrong, {
      ...{ library: books, zone: await zoneAt(row), commandLines: press.commandLines(row.place) },
    })
    // What a withdrawn story showed stays on record: it is gone for readers, not for an audit.
    const down = wrong.filter(({ story }) => books.withdrawal(story)).map(({ story }) => `${story}/`)
    if (down.length === 0) return drawn
    const before = (await store.ledger.shownParts(row.key)).filter(({ part }) =>
      down.some(slug => part.startsWith(slug)),
    )
    return { ...drawn, shown: [...drawn.shown, ...before] }
  }

  async function composedOf(row: Delivery, books: Library): Promise<Composed> {
    const reply = row.kind === 'notice' ? await noticeReply(row, books) : await answerOf(row, books)
    return { reply, selection: row.selection ?? '{}', shown: await shown(reply.parts, books) }
  }

  /** An answer, asked once more of the content as it was. What goes wrong is ours, and no reason to change a message. */
  async function answerOf(row: Delivery, books: Library): Promise<Reply> {
    // What it shows was there, also where it was written down only after it was asked for.
    const shownParts = (await store.ledger.shownParts(row.key)).map(({ part }) => part)
    const then = past(books, await editions.revisionsFor(books), { at: row.createdAt, shownParts })
    try {
      return await press.redraw(row, then)
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause)
      throw new DeliveryError(`answer: ${what} (${row.place})`, {
        outcome: 'unsent',
        retryInMs: 60_000,
        cause,
      })
    }
  }

  /** What is posted for the first time, and not by whoever asked: an answer that was in doubt, say. */
  function firstTime(composed: Composed, { kind, selection, place }: Delivery): Composed {
    if (kind !== 'answer') return composed
    if (composed.reply.refusal)
      throw new DeliveryError(`answer: there is none any more (${place})`, { outcome: 'unsent' })
    const shared = sharerOf(selection)
    return shared ? { ...composed, reply: withSharer(composed.reply, shared) } : composed
  }

  async function noticeReply(row: Delivery, books: Library): Promise<Reply> {
    const { cause, story: slug, part } = JSON.parse(row.selection ?? '{}') as Partial<Record<string, string>>
    if (cause === undefined || slug === undefined || part === undefined) return deskNoticeReply(row)
    const story = books.story(slug)
    const entry = await store.revisions.latest(cause)
    const reply =
      story && correctionNotice(story, cause, entry?.firstSeenAt ?? row.createdAt, await zoneAt(row))
    if (reply) return reply
    // One that stands says that it is gone, or what is right now.
    if (row.message !== undefined)
      return { blocks: [], parts: story ? [`${slug}/label`, part] : [], audience: 'place', refusal: true }
    // Another process may have newer content; where nobody has it any more, it is given up in the end.
    throw new DeliveryError(`correct: the content here does not know of ${cause} (${row.place})`, {
      outcome: 'unsent',
      retryInMs: 1_000,
    })
  }

  /** The clock of a channel: that of the edition, of a digest that comes there, or of this bot. */
  async function zoneAt({ kind, selection, place }: Delivery): Promise<string> {
    const { zone } = kind === 'edition' ? (JSON.parse(selection ?? '{}') as { zone?: string }) : {}
    return zone ?? (await store.subscriptions.list(place))[0]?.zone ?? press.zone
  }

  /**
   * The revisions of the parts, as they are written down. One that is not, or that another process has in other words
   * by now, is older than all: a correction that comes, or is there, must not pass it by. `books` are those that the parts
   * were drawn from.
   */
  async function shown(parts: string[], books = library()): Promise<ShownPart[]> {
    const known = await store.revisions.latestByPart(parts)
    return parts.map(part => {
      const story = books.story(part.slice(0, part.indexOf('/')))
      const latest = known.get(part)
      const ours = story && partHash(story, part)
      return { part, revision: latest && latest.hash === ours ? latest.revision : 0 }
    })
  }

  const times = { ...DELIVERY_TIMES, ...press.times }
  const work: Worker = createWorker({
    store,
    owner,
    platform,
    compose,
    reportTrouble: ear.reportTrouble,
    reportMended: ear.reportMended,
    closeTrouble: ear.closeTrouble,
    pauseDigest: async ({ place, digest }, reason) => {
      if (digest !== undefined) await store.subscriptions.setState({ place, digest }, 'paused', reason)
    },
    times,
    log,
    platforms: () => press.platforms().map(one => one.name),
    mayDeliver: contentLease.mayDeliver,
    onSettled: (row, outcome) => {
      press.onDelivered?.(row, outcome)
      if (row.message !== undefined)
        repairs
          .finishCausesOf(row.key)
          .catch(cause => log.error({ err: cause }, 'correct: not counted; the next look is'))
    },
    ...(press.size && { size: press.size }),
  })
  const plan = createSchedule({
    store,
    lane,
    log,
    ...(press.graceMs !== undefined && { graceMs: press.graceMs }),
  })
  let unlisten: (() => Promise<void>) | undefined

  /** Something was written down. Whoever may not deliver looks whether the content that counts was let go. */
  const heard = () => {
    if (contentLease.mayDeliver()) work.wake()
    else void contentLease.renew().then(work.wake)
  }

  return {
    owner,
    contentLease,
    schedule: plan,
    shownRevisions: shown,
    lane,
    wake: work.wake,
    refresh: async () => {
      await contentLease.renew()
      work.wake()
    },
    start: async () => {
      await contentLease.renew()
      contentLease.start(work.wake)
      unlisten = await store.listen(heard)
      work.start()
      plan.start()
    },
    stop: async () => {
      await plan.stop()
      await work.stop()
      await contentLease.stop()
      await unlisten?.()
    },
  }
}
