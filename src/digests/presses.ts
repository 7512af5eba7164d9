import { randomUUID } from 'node:crypto'
import type { Library } from '../content/library.ts'
import { partsIn } from '../content/parts.ts'
import { type Log, type Place, type Platform, platformOf } from '../platform.ts'
import type { Reply } from '../reply.ts'
import type { Delivery, Shown } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import { composer } from './compose.ts'
import { type Composed, type DeliveryTimes, TIMES } from './deliver.ts'
import { desk, noticeOf } from './desk.ts'
import { type Held, held } from './held.ts'
import { type Schedule, schedule } from './schedule.ts'
import type { Lines } from './telling.ts'
import { type Worker, type WorkerSize, worker } from './worker.ts'

/**
 * What the presses need. `redraw` makes the reply of an answer that was published earlier; `times` and `size` are
 * smaller in tests.
 */
export type Press = {
  store: Store
  library(): Library
  platforms(): Platform[]
  lines(place: Place): Lines
  redraw(row: Delivery): Reply | Promise<Reply>
  zone: string
  deskPlace?: Place
  graceMs?: number
  times?: Partial<DeliveryTimes>
  size?: Partial<WorkerSize>
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
  const lane = (place: Place) => platform(platformOf(place))?.pace?.(place).lane ?? place
  const content = held({
    store,
    owner,
    content: () => ({ revision: library().revision, parts: () => partsIn(library()) }),
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

  async function compose(row: Delivery): Promise<Composed | undefined> {
    if (row.kind === 'edition') return editions(row)
    const reply = row.kind === 'notice' ? noticeOf(row) : await press.redraw(row)
    return { reply, selection: row.selection ?? '{}', shown: await shown(reply.parts) }
  }

  /** The revisions of the parts, as they are written down; a part that is not yet, will be with the next look. */
  async function shown(parts: string[]): Promise<Shown[]> {
    const known = await store.revisionsOf(parts)
    return parts.map(part => ({ part, revision: known.get(part) ?? 0 }))
  }

  const times = { ...TIMES, ...press.times }
  const work: Worker = worker({
    store,
    owner,
    platform,
    compose,
    trouble: ear.trouble,
    healed: ear.healed,
    pause: async ({ place, digest }, reason) => {
      if (digest !== undefined) await store.turn({ place, digest }, 'paused', reason)
    },
    times,
    log,
    platforms: () => press.platforms().map(one => one.name),
    mayDeliver: content.current,
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
