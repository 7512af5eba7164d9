import { createPauses } from '../../chat/pauses.ts'
import { approvalRule } from '../../content/digest.ts'
import type { Approval, Rendering } from '../../store/approvals/approval.ts'
import type { Delivery } from '../../store/delivery.ts'
import type { ContentSnapshot } from '../content-snapshot.ts'
import type { ComposeDueOptions } from './compose-due.ts'
import { basisOf, codeOf, hashOfEdition } from './hashes.ts'
import { whyChanged } from './reasons.ts'
import { type NewRendering, renderAgain, renderEdition } from './render.ts'

/** How long after its slot an edition without a row will not get one any more. */
const NO_ROW_MS = 10 * 60_000

/** The texts of an edition that can still change. What is posted is not among them, nor what is on its way (`isBusy`). */
type Pending = { first: Rendering[]; replies: Rendering[]; isBusy: boolean }

/** What became of an edition at a look: nothing, it has another text now, or all of it is settled. */
type Checked = 'same' | 'changed' | 'settled'

/**
 * Looks whether an open edition is still what it was composed as: what it shows, whom it is for, and what was told
 * meanwhile. If not, it is composed anew from the content as it is now, and whatever was approved of it is void.
 */
export async function checkOpen(
  options: ComposeDueOptions,
  approval: Approval,
  { snapshot, now }: { snapshot: ContentSnapshot; now: number },
): Promise<Checked> {
  const { store, texts } = options
  const { library } = snapshot
  const digest = library.digest(approval.digest)
  const all = await store.approvals.renderings(approval.key)
  const pending = await pendingOf(options, approval, all, now)
  if (pending.first.length + pending.replies.length === 0) return pending.isBusy ? 'same' : 'settled'
  const rule = approvalRule(digest)
  // Without its digest it cannot be composed: it may be back soon, and until then it is not posted.
  if (!digest || !rule) return 'same'

  const pause = createPauses()
  const why = new Set<string>(rule.approvals === approval.needed ? [] : ['people'])
  for (const before of pending.first) {
    await pause()
    const basis = basisOf(digest, await store.subscriptions.find(before.place, digest.name))
    const redrawn = await renderAgain(texts, before, snapshot)
    for (const reason of whyChanged(before, { basis, redrawn }, library)) why.add(reason)
  }
  const ownReplies = new Set(pending.first.map(({ place }) => place))
  const renderings: NewRendering[] = []
  for (const before of pending.replies) {
    const redrawn = await renderAgain(texts, before, snapshot)
    for (const reason of whyChanged(before, { basis: before.basis, redrawn }, library)) why.add(reason)
    // The message that it belongs to is posted: it is told as it was selected, with the words of now.
    if (!ownReplies.has(before.place)) renderings.push(redrawn ?? before)
  }
  if (why.size === 0) return 'same'

  for (const before of pending.first) {
    await pause()
    const { date } = JSON.parse(before.selection) as { date: string }
    const target = { place: before.place, slot: approval.slot, date }
    renderings.push(...(await renderEdition(options, digest, target, snapshot)))
  }
  return (await replace(options, {
    approval,
    all,
    pending,
    renderings,
    needed: rule.approvals,
    why: [...why],
  }))
    ? 'changed'
    : 'same'
}

async function replace(
  { store, makeNotice }: ComposeDueOptions,
  {
    approval: { key, digest, hash: was },
    all,
    pending,
    renderings,
    needed,
    why,
  }: {
    approval: Approval
    all: Rendering[]
    pending: Pending
    renderings: NewRendering[]
    needed: number
    why: string[]
  },
): Promise<boolean> {
  const replaced = [...pending.first, ...pending.replies].map(rendering => rendering.key)
  const kept = all.filter(rendering => !replaced.includes(rendering.key))
  const hash = hashOfEdition([...kept, ...renderings])
  const code = codeOf(digest, hash)
  const result = await store.approvals.recompose(
    { key, was, hash, code, needed, replaced, renderings, why },
    changed => changed && makeNotice(`${key} changed ${code}`, { approval: key, says: 'changed' }),
  )
  return result !== undefined
}

/** The texts that are still to be posted. Those of which there will be no row are forgotten. */
async function pendingOf(
  { store }: ComposeDueOptions,
  { key, slot, digest }: Approval,
  all: Rendering[],
  now: number,
): Promise<Pending> {
  const first: Rendering[] = []
  const withoutRow: Rendering[] = []
  // Read before the rows: the schedule moves a subscription and adds its row at the same time.
  const due = new Set(
    (await store.subscriptions.listUntil(slot, [digest]))
      .filter(({ nextSlot }) => nextSlot === slot)
      .map(({ place }) => place),
  )
  const rows = await store.approvals.rows(key)
  for (const rendering of all.filter(({ number }) => number === 1)) {
    const row = rows.get(rendering.key)
    if (row ? isPending(row) : due.has(rendering.place)) first.push(rendering)
    else if (!row && now > slot + NO_ROW_MS) withoutRow.push(rendering)
  }
  const comes = new Set(first.map(({ place }) => place))
  const isGone = new Set(withoutRow.map(({ place }) => place))
  const replies: Rendering[] = []
  for (const rendering of all.filter(({ number }) => number === 2)) {
    const row = rows.get(rendering.key)
    if (row ? isPending(row) : comes.has(rendering.place)) replies.push(rendering)
    else if (!row && isGone.has(rendering.place)) withoutRow.push(rendering)
  }
  for (const rendering of withoutRow) await store.approvals.drop(rendering.key)
  const isBusy = [...rows.values()].some(row => row.state === 'sending' && row.message === undefined)
  return { first, replies, isBusy }
}

/** Whether a row may still change: it is neither posted nor being posted, nor over. */
const isPending = ({ state, message, firstTriedAt }: Delivery): boolean =>
  message === undefined &&
  (state === 'held' || state === 'due' || (state === 'sending' && firstTriedAt === undefined))
