import type { Place } from '../../chat/platform.ts'
import { approvalRule, type Digest } from '../../content/digest.ts'
import type { Library } from '../../content/library.ts'
import { editionKey } from '../../digests/schedule.ts'
import type { Approval } from '../../store/approvals/approval.ts'
import type { Delivery, NewDelivery } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'
import type { ContentSnapshot } from '../content-snapshot.ts'
import { codeOf, hashOfEdition } from './hashes.ts'
import type { ApprovalNews } from './notices.ts'
import { type NewRendering, type RenderOptions, renderEdition, type Target } from './render.ts'

/** For how long after its slot an edition may still be approved. */
export const APPROVAL_MS = 24 * 3_600_000

/** Builds the notice to editors about an edition; undefined where there is no channel for them. */
export type MakeNotice = (
  key: string,
  about: { approval: string; says: ApprovalNews },
) => NewDelivery | undefined

/** What composing needs; `store` also stores what is composed. */
export type ComposeDueOptions = RenderOptions & {
  store: Pick<Store, 'approvals' | 'subscriptions' | 'clock'>
  makeNotice: MakeNotice
}

type Due = Target & { row?: Delivery; setAt: number }

/**
 * Composes the editions whose time has come to be shown to the desk, each digest and slot as one, and those of rows that
 * wait already. Returns whether anything was stored. `takeSnapshot` is only called if there is something to compose.
 */
export async function composeDue(
  options: ComposeDueOptions,
  { library, held, now }: { library: Library; held: Delivery[]; now: number },
  takeSnapshot: () => Promise<ContentSnapshot>,
): Promise<boolean> {
  let isChanged = false
  for (const digest of library.digests) {
    const rule = approvalRule(digest)
    if (!rule) continue
    const due = await listDue(options, digest, { held, until: now + rule.beforeMs })
    for (const [slot, targets] of Map.groupBy(due, target => target.slot)) {
      const edition = { digest, slot, targets, needed: rule.approvals, now }
      if (await composeSlot(options, edition, takeSnapshot)) isChanged = true
    }
  }
  return isChanged
}

/** Lists the places in which an edition of a digest has no text yet and soon needs one. */
async function listDue(
  { store }: ComposeDueOptions,
  { name }: Digest,
  { held, until }: { held: Delivery[]; until: number },
): Promise<Due[]> {
  const subscriptions = await store.subscriptions.listUntil(until, [name])
  const due = new Map<string, Due>()
  for (const { place, nextSlot: slot, nextDate: date, setAt } of subscriptions)
    due.set(editionKey({ place, digest: name }, slot), { place, slot, date, setAt })
  for (const row of held) {
    const { key, place, digest, number, slot, date } = row
    if (digest !== name || number !== 1 || slot === undefined || date === undefined) continue
    const setAt = due.get(key)?.setAt ?? (await store.subscriptions.find(place, name))?.setAt ?? 0
    due.set(key, { place, slot, date, row, setAt })
  }
  const composed = await store.approvals.composed([...due.keys()])
  return [...due].flatMap(([key, target]) => (composed.has(key) ? [] : [target]))
}

async function composeSlot(
  options: ComposeDueOptions,
  edition: { digest: Digest; slot: number; targets: Due[]; needed: number; now: number },
  takeSnapshot: () => Promise<ContentSnapshot>,
): Promise<boolean> {
  const { store } = options
  const { digest, slot, targets, now } = edition
  const earlier = await store.approvals.at(digest.name, slot)
  // Places in which there was nothing to say when the others were composed say nothing: that was approved too.
  const isSettled = ({ setAt }: Due) => earlier.some(({ composedAt }) => composedAt >= setAt)
  const [settled, open] = [targets.filter(isSettled), targets.filter(target => !isSettled(target))]
  const snapshot = open.length > 0 ? await takeSnapshot() : undefined
  const renderings: NewRendering[] = []
  const composedIn = new Set<Place>()
  for (const target of snapshot ? open : []) {
    const texts = await renderEdition(options, digest, target, snapshot!)
    if (texts.length > 0) composedIn.add(target.place)
    renderings.push(...texts)
  }
  const isStored =
    renderings.length > 0 && (await storeEdition(options, edition, { earlier, renderings, now }))
  const silent = [...settled, ...open.filter(({ place }) => !composedIn.has(place))].flatMap(
    ({ row }) => row?.key ?? [],
  )
  if (silent.length > 0) await store.approvals.quiet(silent)
  return isStored || silent.length > 0
}

function storeEdition(
  { store, makeNotice }: ComposeDueOptions,
  { digest: { name }, slot, needed }: { digest: Digest; slot: number; needed: number },
  { earlier, renderings, now }: { earlier: Approval[]; renderings: NewRendering[]; now: number },
): Promise<boolean> {
  const hash = hashOfEdition(renderings)
  const key = `${name} ${new Date(slot).toISOString()} #${earlier.length + 1}`
  // Where its slot has come already, one notice says both: that it is ready, and that it is held.
  const isLate = now >= slot
  const notice = makeNotice(isLate ? lateNotice(key, slot) : key, {
    approval: key,
    says: isLate ? 'late' : 'ready',
  })
  const until = slot + APPROVAL_MS
  return store.approvals.create(
    { key, digest: name, slot, hash, code: codeOf(name, hash), needed, composedAt: now, until },
    renderings,
    notice,
  )
}

/** The key of the notice that an edition is held, told at a slot. */
export const lateNotice = (approval: string, slot: number): string =>
  `${approval} late ${new Date(slot).toISOString()}`
