import type { RepairClass } from '../chat/access.ts'
import type { Log, Place } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import { memoize } from '../content/memoize.ts'
import { correctionCause, partHash } from '../content/parts.ts'
import type { Correction, Story, Withdrawal } from '../content/story.ts'
import { type Cause, type NewCause, UNKNOWN_IF_TAKEN_BACK } from '../store/causes.ts'
import type { NewDelivery } from '../store/delivery.ts'
import type { RepairOptions } from '../store/repairs.ts'
import type { Store } from '../store/store.ts'
import { editSubject } from './desk-notices.ts'
import { applyItemChanges } from './items/apply-changes.ts'
import { createWordsRecorder } from './record-words.ts'

/** What correcting needs. `doneNotice` builds the notice to editors about a cause whose last message is settled. */
type CorrectionsOptions = {
  store: Store
  library(): Library
  lane(place: Place, edit: boolean): string
  repairsAt(place: Place): RepairClass
  doneNotice(cause: Cause): Promise<NewDelivery | undefined>
  log: Log
}

/**
 * Brings corrections and withdrawals to posted messages: rows that show what was wrong become due, and are delivered as
 * edits. `apply` is for the one process that holds the content lease. `finishCausesOf` is called for each settled edit.
 */
type Corrections = { apply(): Promise<void>; finishCausesOf(key: string): Promise<void> }

type CorrectionCause = { cause: string; correction: Correction }

/** How long an entry waits for its part to be corrected. A part that changes later changed for another reason. */
const PART_WAIT_MS = 3 * 86_400_000
/** How long before its entry a part may have been corrected: editors often save the part first. */
const ENTRY_DELAY_MS = 3_600_000

/** Creates the corrector. `apply` is idempotent, also across processes. */
export function createCorrections({
  store,
  library,
  lane,
  repairsAt,
  doneNotice,
  log,
}: CorrectionsOptions): Corrections {
  const { corrections } = store
  const editLane = (place: Place) => lane(place, true)
  const recordWords = createWordsRecorder(store)
  const markOnly = { lane: editLane, areDueLater: true } as const

  /** Whether edits have become due of which nobody was told yet. */
  let areDue = false

  /**
   * First marks messages for all corrections, then makes them due: an edit that was sent between two corrections would show
   * the words of the second one without its sentence, and that correction would find nothing left to edit.
   */
  async function apply(): Promise<void> {
    try {
      await applyAll()
    } finally {
      if (areDue) await store.notify()
      areDue = false
    }
  }

  async function applyAll(): Promise<void> {
    const { stories, withdrawn } = library()
    await recordWords(library())
    const before = await corrections.causes()
    const isChanged = await takeBackRemoved(store, library(), before)
    const known = isChanged ? await corrections.causes() : before
    const causes = new Map(known.map(cause => [cause.cause, cause]))
    const unmarked = new Set(await corrections.causesWithUnmarkedMessages())
    const now = await store.clock()
    for (const story of stories)
      for (const entry of correctionCausesOf(story)) {
        const known = causes.get(entry.cause)
        if (!known || known.waits || unmarked.has(entry.cause)) await correct(story, entry, causes, now)
        if (!known || known.waits) await forgetWrongWords(story, entry.correction)
      }
    for (const withdrawal of withdrawn) {
      const { slug } = withdrawal
      const cause = withdrawalCause(withdrawal)
      await repair({ cause, kind: 'withdrawal', story: slug, part: `${slug}/`, revision: 0, waits: false })
    }
    for (const known of causes.values())
      if (known.kind === 'item' && unmarked.has(known.cause)) await repair(newCause(known))
    await applyItemChanges({ store, lane: editLane, log })
    await corrections.requeuePending(editLane)
    await finishDone(() => true)
  }

  async function correct(
    story: Story,
    { cause, correction }: CorrectionCause,
    causes: Map<string, Cause>,
    now: number,
  ): Promise<void> {
    const known = causes.get(cause)
    const part = `${story.slug}/${correction.part}`
    const notice = correction.notice ? noticeBeside(story, cause, part) : undefined
    const [target, entry] = await Promise.all([store.revisions.latest(part), store.revisions.latest(cause)])
    const revision = target?.revision ?? 0
    if (known?.waits && revision > known.revision && now - known.seenAt < PART_WAIT_MS) {
      const messages = await corrections.partWasCorrected(cause, revision, { ...markOnly, notice })
      log.info({ cause, messages }, 'correct: its part was corrected')
      if (messages > 0) areDue = true
      return
    }
    // The part was corrected together with the entry or shortly before; otherwise all messages show what is wrong. A
    // label changes with every new event, which proves nothing; nor does a part that an earlier entry corrected.
    const provesNothing =
      correction.part === 'label' || revision < 2 || [...causes.values()].some(other => other.part === part)
    const marginMs = provesNothing ? 0 : ENTRY_DELAY_MS
    const correctedTogether =
      target !== undefined && entry !== undefined && target.seenAt >= entry.firstSeenAt - marginMs
    await repair(
      {
        cause,
        kind: 'correction',
        story: story.slug,
        part,
        // A later change of the part has nothing to do with this correction.
        revision: known?.revision ?? revision,
        waits: known?.waits ?? !correctedTogether,
      },
      notice,
    )
  }

  /** Deletes words that may not be repeated anywhere, once the part has others. */
  async function forgetWrongWords(story: Story, { part, repeat }: Correction): Promise<void> {
    const hash = repeat ? undefined : partHash(story, `${story.slug}/${part}`)
    if (hash !== undefined) await store.partWords.forgetOthers(`${story.slug}/${part}`, hash)
  }

  async function repair(cause: NewCause, notice?: RepairOptions['notice']): Promise<void> {
    const messages = await corrections.applyCause(cause, { ...markOnly, notice })
    if (messages === 0) return
    log.info({ cause: cause.cause, messages }, `correct: messages that show ${cause.part} are edited`)
    areDue = true
  }

  /** Builds the row of a notice in the thread of a message that shows what was wrong. */
  const noticeBeside =
    (story: Story, cause: string, part: string): RepairOptions['notice'] =>
    ({ key, place, parent }) =>
      // There a second message says it anyway.
      repairsAt(place) === 'second message'
        ? undefined
        : {
            key: `notice ${cause} ${key}`,
            kind: 'notice',
            place,
            lane: lane(place, false),
            parent: parent ?? key,
            number: 1,
            state: 'due',
            dueAt: 0,
            selection: JSON.stringify({ cause, story: story.slug, part }),
          }

  async function finishDone(isWanted: (cause: string) => boolean): Promise<void> {
    for (const cause of await corrections.causes())
      if (isWanted(cause.cause) && cause.doneAt === undefined && cause.pending === 0) await finish(cause)
  }

  async function finish(cause: Cause): Promise<void> {
    const notice = await doneNotice(cause)
    if (!(await corrections.finishCause(cause.cause, notice))) return
    const { repaired, told, impossible } = cause
    log.info({ cause: cause.cause, repaired, told, impossible }, 'correct: all done')
    if (notice) await store.notify()
  }

  return {
    apply,
    finishCausesOf: async key => {
      // Usually other messages are still pending. To count them after each edit would take longer the more there are.
      const causes = new Set(await corrections.causesToFinish(key))
      if (causes.size > 0) await finishDone(cause => causes.has(cause))
    },
  }
}

/** Takes back causes that were removed from the content, and takes up those that were put back; whether there were any. */
async function takeBackRemoved(
  { corrections, faults }: Store,
  library: Library,
  causes: Cause[],
): Promise<boolean> {
  const withdrawals = new Set(library.withdrawn.map(withdrawalCause))
  const withdrawn = new Set(library.withdrawn.map(({ slug }) => slug))
  let isChanged = false
  for (const { cause, kind, story: slug, pending, takenBackAt } of causes) {
    // Its outlet changes an item, not our content.
    if (kind === 'item') continue
    const story = library.story(slug)
    if (withdrawals.has(cause) || (story && correctionCausesOf(story).some(entry => entry.cause === cause))) {
      if (takenBackAt === undefined) continue
      await corrections.putBack(cause)
      isChanged = true
      continue
    }
    // If the whole story is gone, its messages are redrawn without it: their repairs are still to be made.
    if (withdrawn.has(slug) || !story) continue
    if (takenBackAt === undefined || (takenBackAt === UNKNOWN_IF_TAKEN_BACK && pending > 0)) {
      for (const key of await corrections.takeBack(cause)) await faults.resolve(editSubject(key))
      isChanged = true
    }
  }
  return isChanged
}

const newCause = ({ cause, kind, story, part, revision, waits }: NewCause): NewCause => ({
  ...{ cause, kind, story },
  ...{ part, revision, waits },
})

const withdrawalCause = ({ slug, on }: Withdrawal) => `${slug}/withdrawn:${on}`

/** Lists the corrections of a story, each with the id of its own part as cause. */
export const correctionCausesOf = memoize((story: Story): CorrectionCause[] =>
  [
    ...new Map(story.corrections.map(correction => [correctionCause(story.slug, correction), correction])),
  ].map(([cause, correction]) => ({ cause, correction })),
)
