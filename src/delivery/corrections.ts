import type { Log, Place } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import { partContentsOf } from '../content/parts.ts'
import type { Correction, Story, Withdrawal } from '../content/story.ts'
import type { Cause, NewCause } from '../store/causes.ts'
import type { NewDelivery } from '../store/delivery.ts'
import type { RepairOptions } from '../store/repairs.ts'
import type { Store } from '../store/store.ts'

/** What correcting needs. `lane` is that of an edit; `told` hears of a cause whose last message was settled. */
type CorrectionsOptions = {
  store: Store
  library(): Library
  lane(place: Place, edit: boolean): string
  doneNotice(cause: Cause): Promise<NewDelivery | undefined>
  log: Log
}

/**
 * Brings corrections and withdrawals to what was posted already: rows that show what was wrong become due, and are
 * delivered as edits. `look` is for the one process that holds the content; `settled` hears of each edited row.
 */
type Corrections = { apply(): Promise<void>; finishCausesOf(key: string): Promise<void> }

/** A correction that was written down before its part was put right waits so long for that. */
const PART_WAIT_MS = 3 * 86_400_000
/** A part that was put right first had its entry within so long. */
const ENTRY_DELAY_MS = 3_600_000

/** Makes the corrections. What was done once is never done again, whoever looks how often. */
export function createCorrections({
  store,
  library,
  lane,
  doneNotice,
  log,
}: CorrectionsOptions): Corrections {
  const editLane = (place: Place) => lane(place, true)

  async function look(): Promise<void> {
    const books = library()
    const known = new Map((await store.corrections.causes()).map(one => [one.cause, one]))
    const missed = new Set(await store.corrections.causesWithUnmarkedMessages())
    const now = await store.clock()
    for (const story of books.stories.filter(one => one.corrections.length > 0))
      for (const { cause, correction } of correctionCausesOf(story)) {
        const before = known.get(cause)
        if (!before || before.waits || missed.has(cause)) await correct(story, cause, correction, known, now)
      }
    for (const one of books.withdrawn) {
      const { slug } = one
      const cause = withdrawalCause(one)
      await repair({ cause, kind: 'withdrawal', story: slug, part: `${slug}/`, revision: 0, waits: false })
    }
    await settleGone(known)
    await store.corrections.requeuePending(editLane)
    for (const one of await store.corrections.causes())
      if (one.doneAt === undefined && one.pending === 0) await finish(one)
  }

  /** What was taken out of the content waits for nobody; put in again, it is carried on. */
  async function settleGone(known: Map<string, Cause>): Promise<void> {
    const books = library()
    const there = new Set([
      ...books.stories.flatMap(story => correctionCausesOf(story).map(({ cause }) => cause)),
      ...books.withdrawn.map(withdrawalCause),
    ])
    const gone = new Set(books.withdrawn.map(({ slug }) => slug))
    for (const { cause, story, pending, impossible } of known.values()) {
      if (there.has(cause)) {
        if (impossible > 0) await store.corrections.resumeCause(cause)
        // With the whole story gone, what is left of it is drawn without.
      } else if (pending > 0 && !gone.has(story) && books.story(story))
        await store.corrections.abandonCause(cause)
    }
  }

  async function correct(
    story: Story,
    cause: string,
    correction: Correction,
    known: Map<string, Cause>,
    now: number,
  ): Promise<void> {
    const before = known.get(cause)
    const part = `${story.slug}/${correction.part}`
    const [target, entry] = await Promise.all([store.revisions.latest(part), store.revisions.latest(cause)])
    const revision = target?.revision ?? 0
    if (before?.waits && revision > before.revision && now - before.seenAt < PART_WAIT_MS) {
      const again = await store.corrections.partWasCorrected(
        cause,
        revision,
        repairing(correction.notice ? noticing(story, cause, correction) : undefined),
      )
      log.info({ cause, messages: again }, 'correct: its part was put right')
      if (again > 0) await store.notify()
      return
    }
    // Put right together with the entry or shortly before, or not yet: then all messages show what was wrong. A label
    // changes with every new event, which says nothing; nor does a part that an entry before this one put right.
    const said =
      correction.part === 'label' || revision < 2 || [...known.values()].some(one => one.part === part)
    const margin = said ? 0 : ENTRY_DELAY_MS
    const together =
      target !== undefined && entry !== undefined && target.seenAt >= entry.firstSeenAt - margin
    await repair(
      {
        ...{ cause, kind: 'correction', story: story.slug, part },
        // What changed later has nothing to do with it.
        revision: before?.revision ?? revision,
        waits: before?.waits ?? !together,
      },
      correction.notice ? noticing(story, cause, correction) : undefined,
    )
  }

  const repairing = (notice?: RepairOptions['notice']): RepairOptions => ({
    lane: editLane,
    ...(notice && { notice }),
  })

  async function repair(cause: NewCause, notice?: RepairOptions['notice']): Promise<void> {
    const messages = await store.corrections.applyCause(cause, repairing(notice))
    if (messages === 0) return
    log.info({ cause: cause.cause, messages }, `correct: messages that show ${cause.part} are changed`)
    await store.notify()
  }

  /** What is told in the thread of a message whose correction must not wait. */
  const noticing =
    (story: Story, cause: string, { part }: Correction): RepairOptions['notice'] =>
    ({ key, place, parent }) => ({
      key: `notice ${cause} ${key}`,
      kind: 'notice',
      place,
      lane: lane(place, false),
      parent: parent ?? key,
      number: 1,
      state: 'due',
      dueAt: 0,
      selection: JSON.stringify({ cause, story: story.slug, part: `${story.slug}/${part}` }),
    })

  async function finish(cause: Cause): Promise<void> {
    const notice = await doneNotice(cause)
    if (!(await store.corrections.finishCause(cause.cause, notice))) return
    log.info(
      { cause: cause.cause, repaired: cause.repaired, impossible: cause.impossible },
      'correct: all done',
    )
    if (notice) await store.notify()
  }

  return {
    apply: look,
    finishCausesOf: async key => {
      // Nearly always others are left, and to count all of them for each would take the longer the more there are.
      const names = new Set(await store.corrections.causesToFinish(key))
      if (names.size === 0) return
      for (const one of await store.corrections.causes())
        if (names.has(one.cause) && one.pending === 0 && one.doneAt === undefined) await finish(one)
    },
  }
}

const withdrawalCause = ({ slug, on }: Withdrawal) => `${slug}/withdrawn:${on}`

/** The corrections of a story by the ids of their own parts. */
export function correctionCausesOf(story: Story): { cause: string; correction: Correction }[] {
  return [...partContentsOf(story)].flatMap(([cause, content]) =>
    content.kind === 'correction' ? [{ cause, correction: content.correction }] : [],
  )
}
