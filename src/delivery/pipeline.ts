import { randomUUID } from 'node:crypto'
import { DeliveryError, type Log, type Place, type Platform, platformOf } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { Library } from '../content/library.ts'
import { hashIn, partsIn } from '../content/parts.ts'
import type { Lines } from '../digests/entry.ts'
import { type Schedule, schedule } from '../digests/schedule.ts'
import type { Delivery, Shown } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import { composer } from './compose-edition.ts'
import { type Held, held } from './content-lease.ts'
import { corrections } from './corrections.ts'
import { type Composed, type DeliveryTimes, type Outcome, TIMES } from './deliver.ts'
import { desk, noticeOf } from './desk-notices.ts'
import { pastLibraries } from './past-content.ts'
import { correctionNotice, redrawn } from './redraw.ts'
import { sharedOf, withSharer } from './shared-by.ts'
import { type Worker, type WorkerSize, worker } from './worker.ts'

/**
 * What the presses need. `redraw` makes the reply of an answer that was published earlier, from the content as it was; `times` and `size` are
 * smaller in tests.
 */
export type Press = {
  store: Store
  library(): Library
  platforms(): Platform[]
  lines(place: Place): Lines
  redraw(row: Delivery, books: Library): Reply | Promise<Reply>
  zone: string
  deskPlace?: Place
  graceMs?: number
  times?: Partial<DeliveryTimes>
  size?: Partial<WorkerSize>
  /** Hears what became of each attempt to deliver a row, for whoever counts. */
  delivered?(row: Delivery, outcome: Outcome): void
  contentLeaseMs?: number
  log: Log
}

/**
 * What makes editions and brings them to their places. `start` takes up whatever is due; `look` is called when the
 * content has changed; `wake` when rows were added; `shown` gives the revisions that a reply shows.
 */
export type Presses = {
  owner: string
  content: Held
  schedule: Schedule
  shown(parts: string[]): Promise<Shown[]>
  lane(place: Place): string
  look(): Promise<void>
  wake(): void
  start(): Promise<void>
  stop(): Promise<void>
}

/** Joins schedule, composing and worker. */
export function presses(press: Press): Presses {
  const { store, library, log } = press
  const owner = randomUUID()
  const platform = (name: string) => press.platforms().find(one => one.name === name)
  const lane = (place: Place, edit = false) => platform(platformOf(place))?.pace?.(place, edit).lane ?? place
  const content = held({
    store,
    owner,
    content: () => ({ revision: library().revision, parts: () => partsIn(library()) }),
    tend: () => repairs.look(),
    ...(press.contentLeaseMs !== undefined && { leaseMs: press.contentLeaseMs }),
    log,
  })
  const editions = composer({
    store,
    library,
    lines: press.lines,
    asOf: content.asOf,
    zone: press.zone,
  })
  const ear = desk({ store, lane, log, ...(press.deskPlace !== undefined && { place: press.deskPlace }) })

  const repairs = corrections({ store, library, lane, told: ear.done, log })
  const past = pastLibraries()

  async function compose(row: Delivery): Promise<Composed | undefined> {
    // Only a message that stands already can show what was corrected since. Asked for before the content is taken: what
    // comes in between has not been drawn, and must not count as done.
    const wrong = row.message === undefined ? undefined : await store.repairsOf(row.key)
    const books = library()
    const composed = row.kind === 'edition' ? await editions(row) : await composedOf(row, books)
    if (!composed) return undefined
    if (!wrong) return firstTime(composed, row)
    const drawn = redrawn(composed, row, wrong, {
      ...{ books, zone: await zoneAt(row), lines: press.lines(row.place) },
    })
    // What a withdrawn story showed stays on record: it is gone for readers, not for an audit.
    const down = wrong.filter(({ story }) => books.withdrawal(story)).map(({ story }) => `${story}/`)
    if (down.length === 0) return drawn
    const before = (await store.shown(row.key)).filter(({ part }) => down.some(slug => part.startsWith(slug)))
    return { ...drawn, shown: [...drawn.shown, ...before] }
  }

  async function composedOf(row: Delivery, books: Library): Promise<Composed> {
    const reply = row.kind === 'notice' ? await noticeReply(row, books) : await answerOf(row, books)
    return { reply, selection: row.selection ?? '{}', shown: await shown(reply.parts, books) }
  }

  /** An answer, asked once more of the content as it was. What goes wrong is ours, and no reason to change a message. */
  async function answerOf(row: Delivery, books: Library): Promise<Reply> {
    // What it shows was there, also where it was written down only after it was asked for.
    const stood = (await store.shown(row.key)).map(({ part }) => part)
    const then = past(books, await editions.revisions(books), { at: row.createdAt, stood })
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
    const shared = sharedOf(selection)
    return shared ? { ...composed, reply: withSharer(composed.reply, shared) } : composed
  }

  async function noticeReply(row: Delivery, books: Library): Promise<Reply> {
    const { cause, story: slug, part } = JSON.parse(row.selection ?? '{}') as Partial<Record<string, string>>
    if (cause === undefined || slug === undefined || part === undefined) return noticeOf(row)
    const story = books.story(slug)
    const entry = await store.latest(cause)
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
    return zone ?? (await store.subscriptions(place))[0]?.zone ?? press.zone
  }

  /**
   * The revisions of the parts, as they are written down. One that is not, or that another process has in other words
   * by now, is older than all: a correction that comes, or is there, must not pass it by. `books` are those that the parts
   * were drawn from.
   */
  async function shown(parts: string[], books = library()): Promise<Shown[]> {
    const known = await store.revisionsOf(parts)
    return parts.map(part => {
      const story = books.story(part.slice(0, part.indexOf('/')))
      const latest = known.get(part)
      const ours = story && hashIn(story, part)
      return { part, revision: latest && latest.hash === ours ? latest.revision : 0 }
    })
  }

  const times = { ...TIMES, ...press.times }
  const work: Worker = worker({
    store,
    owner,
    platform,
    compose,
    trouble: ear.trouble,
    healed: ear.healed,
    ended: ear.ended,
    pause: async ({ place, digest }, reason) => {
      if (digest !== undefined) await store.turn({ place, digest }, 'paused', reason)
    },
    times,
    log,
    platforms: () => press.platforms().map(one => one.name),
    mayDeliver: content.current,
    settled: (row, outcome) => {
      press.delivered?.(row, outcome)
      if (row.message !== undefined)
        repairs
          .settled(row.key)
          .catch(cause => log.error({ err: cause }, 'correct: not counted; the next look is'))
    },
    ...(press.size && { size: press.size }),
  })
  const plan = schedule({
    store,
    lane,
    log,
    ...(press.graceMs !== undefined && { graceMs: press.graceMs }),
  })
  let unlisten: (() => Promise<void>) | undefined

  /** Something was written down. Whoever may not deliver looks whether the content that counts was let go. */
  const heard = () => {
    if (content.current()) work.wake()
    else void content.look().then(work.wake)
  }

  return {
    owner,
    content,
    schedule: plan,
    shown,
    lane,
    wake: work.wake,
    look: async () => {
      await content.look()
      work.wake()
    },
    start: async () => {
      await content.look()
      content.start(work.wake)
      unlisten = await store.listen(heard)
      work.start()
      plan.start()
    },
    stop: async () => {
      await plan.stop()
      await work.stop()
      await content.stop()
      await unlisten?.()
    },
  }
}
