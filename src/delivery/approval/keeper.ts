import type { Log, Place } from '../../chat/platform.ts'
import { approvalRule } from '../../content/digest.ts'
import type { Library } from '../../content/library.ts'
import { NOT_APPROVED } from '../../digests/schedule.ts'
import type { Approval } from '../../store/approvals/approval.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'
import type { ContentSnapshot, ContentSnapshots } from '../content-snapshot.ts'
import type { EditionTexts } from '../editions/edition-texts.ts'
import { checkOpen } from './check-open.ts'
import { APPROVAL_MS, composeDue, lateNotice, type MakeNotice } from './compose-due.ts'
import { approvalNoticeRow, readApprovalNotice, standing } from './notices.ts'

/** What keeping needs. Without a `place`, notices go to the log alone; `mayEdit` says where messages can be edited. */
export type ApprovalKeeperOptions = {
  store: Store
  library(): Library
  snapshots: ContentSnapshots
  texts: EditionTexts
  place?: Place
  lane(place: Place, edit?: boolean): string
  mayEdit(place: Place): boolean
  /** Whether this process is the one that does it. */
  mayKeep(): boolean
  /** Called when rows became due or notices were added. */
  onChanged(): void
  log: Log
}

/** Keeps what the desk must approve: `look` does whatever is to be done now; `nudge` looks soon, without waiting. */
export type ApprovalKeeper = { look(): Promise<void>; nudge(): void; stop(): Promise<void> }

/** For how long editions that are over can be looked up, and their notices are kept as they should be. */
const REMEMBERED_MS = 30 * 24 * 3_600_000
const NOTICES_MS = 2 * 24 * 3_600_000
/** After this no platform makes a repeated post the same message. */
const LOOKED_FOR_AFTER_MS = 5 * 60_000

/**
 * Creates what leads editions through the desk's approval: composes them before their slots, notices what changes, tells
 * editors, makes approved ones due and ends what was not approved in time. All of its state is in the store and each step
 * is done at most once there, so it may end at any moment and be done again.
 */
export function createApprovalKeeper(options: ApprovalKeeperOptions): ApprovalKeeper {
  const { store, library, snapshots, place, lane, mayKeep, log } = options
  const { approvals } = store
  let running: Promise<void> | undefined
  let again = false
  let stopped = false

  async function lookOnce(): Promise<void> {
    const content = library()
    const open = await approvals.open()
    const hasRules = content.digests.some(digest => approvalRule(digest))
    const held = hasRules || open.length > 0 || wasKept ? await approvals.held() : []
    wasKept = hasRules || open.length > 0 || held.length > 0
    if (!wasKept) return
    const now = await store.clock()
    const makeNotice: MakeNotice = (key, about) =>
      place === undefined
        ? undefined
        : approvalNoticeRow({ key, place, lane: lane(place), dueAt: now }, about)
    const work = { store, texts: options.texts, makeNotice }
    let snapshot: Promise<ContentSnapshot> | undefined
    const takeSnapshot = () => {
      snapshot ??= snapshots.takeCurrent()
      return snapshot
    }

    let isChanged = await composeDue(work, { library: content, held, now }, takeSnapshot)
    for (const approval of await approvals.open()) {
      if (await keep(approval, { content, now, makeNotice, takeSnapshot, work })) isChanged = true
    }
    if (await resumeHeld(content, now)) isChanged = true
    if (await tellHeld(now, makeNotice)) isChanged = true
    if (await redrawNotices(now)) isChanged = true
    if (!isChanged) return
    await approvals.forgetOld(now - REMEMBERED_MS)
    await store.notify()
    options.onChanged()
  }
  /** Rows may wait though no digest needs approval any more. */
  let wasKept = true

  /** Does what one open edition needs now; true if something changed. */
  async function keep(
    approval: Approval,
    {
      content,
      now,
      makeNotice,
      takeSnapshot,
      work,
    }: {
      content: Library
      now: number
      makeNotice: MakeNotice
      takeSnapshot(): Promise<ContentSnapshot>
      work: Parameters<typeof checkOpen>[0]
    },
  ): Promise<boolean> {
    const { key, digest, state, until } = approval
    const found = content.digest(digest)
    if (state !== 'approved' && now >= until) {
      log.warn({ approval: key }, 'approval: an edition was not approved in time')
      const notice = makeNotice(`${key} missed`, { approval: key, says: 'missed' })
      return approvals.end(key, { state: 'missed', error: NOT_APPROVED, notice })
    }
    if (found && !approvalRule(found)) return approvals.end(key, { state: 'empty' })
    const checked = await checkOpen(work, approval, { snapshot: await takeSnapshot(), now })
    if (checked === 'changed') log.info({ approval: key }, 'approval: an edition was composed anew')
    if (checked === 'settled') {
      // An edition may still get its rows until its slot.
      if (now < approval.slot) return false
      return approvals.end(key, { state: state === 'approved' ? 'done' : 'empty' })
    }
    if (checked === 'changed') return true
    return (await approvals.release(key)) > 0
  }

  /** Rows that wait without an open edition: their digest needs no approval any more, or they are tried again. */
  async function resumeHeld(content: Library, now: number): Promise<boolean> {
    let isChanged = false
    for (const row of await approvals.held()) {
      if (mayBePosted(row, now)) {
        // To be looked for, not to be posted: that is decided once more.
        await approvals.free(row.key)
        isChanged = true
        continue
      }
      const digest = row.digest === undefined ? undefined : content.digest(row.digest)
      if (digest && !approvalRule(digest)) {
        await approvals.free(row.key)
        isChanged = true
      } else if (await resume(row, now)) isChanged = true
    }
    return isChanged
  }

  async function resume({ key }: Delivery, now: number): Promise<boolean> {
    const rendering = await approvals.rendering(key)
    if (rendering?.state === 'missed') {
      await approvals.miss(rendering.approval, NOT_APPROVED)
      return true
    }
    if (rendering?.state !== 'done' && rendering?.state !== 'empty') return false
    await approvals.reopen(rendering.approval, now + APPROVAL_MS)
    return true
  }

  /** Tells editors at each slot of a digest which of its editions are still not approved. */
  async function tellHeld(now: number, makeNotice: MakeNotice): Promise<boolean> {
    const open = await approvals.open()
    let isChanged = false
    for (const { key, digest, slot, state, until, changed } of open) {
      if (state === 'approved' || now < slot || now >= until) continue
      for (const later of open) {
        if (later.digest !== digest || later.slot < slot || later.slot > now) continue
        // That it changed was told since, and that it is held with it.
        if (changed && changed.at >= later.slot) continue
        const notice = makeNotice(lateNotice(key, later.slot), { approval: key, says: 'late' })
        if (notice && (await approvals.tell(key, notice))) isChanged = true
      }
    }
    return isChanged
  }

  /** Draws posted notices again that show an edition otherwise than it stands now. */
  async function redrawNotices(now: number): Promise<boolean> {
    const notices = await approvals.notices(now - NOTICES_MS)
    let isChanged = false
    for (const { key, place: at, state, selection, approval, isPosted } of notices) {
      if (state !== 'sent' || !isPosted || !options.mayEdit(at)) continue
      const known = await approvals.find(approval)
      if (!known || readApprovalNotice({ selection })?.drawn === standing(known)) continue
      await approvals.redrawNotice(key, lane(at, true))
      isChanged = true
    }
    return isChanged
  }

  const look = (): Promise<void> => {
    if (running) {
      again = true
      return running
    }
    const run = async () => {
      do {
        again = false
        if (stopped || !mayKeep()) return
        await lookOnce()
      } while (again)
    }
    running = run()
      .catch(cause => log.error({ err: cause }, 'approval: not looked now; the next look does'))
      .finally(() => {
        running = undefined
      })
    return running
  }

  return {
    look,
    nudge: () => void look(),
    stop: async () => {
      stopped = true
      await running
    },
  }
}

/**
 * Whether a row that waits may be posted already, and its platform can be asked: until then a repeated post is the same
 * one, and nothing is looked for.
 */
const mayBePosted = ({ firstTriedAt }: Delivery, now: number): boolean =>
  firstTriedAt !== undefined && Math.abs(now - firstTriedAt) > LOOKED_FOR_AFTER_MS
