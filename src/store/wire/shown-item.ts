import type { Carrier, ItemChange, ItemState } from './items.ts'
import type { ItemRow } from './rows.ts'

/** Under whom an item stands, and whether it does: what follows from all that its carriers say. */
type Standing = { state: ItemState; lead: Carrier; heldUntil?: number }

/**
 * Finds out under which carrier an item stands. The one that it had stays, so that a second outlet changes nothing. What
 * an outlet withdraws does not stand under it, by whichever feed it comes: a feed may be slower than a call.
 */
function standingOf(carriers: Carrier[], before: ItemRow | undefined, now: number): Standing {
  const inOrder = carriers.toSorted((a, b) => a.firstSeen - b.firstSeen || (a.via < b.via ? -1 : 1))
  const current = inOrder.find(({ via }) => via === before?.via)
  const withdrawn = new Set(inOrder.filter(({ state }) => state === 'withdrawn').map(({ outlet }) => outlet))
  const standing = inOrder.filter(({ state, outlet }) => state === 'stands' && !withdrawn.has(outlet))
  const free = standing.filter(({ heldUntil }) => heldUntil === undefined || heldUntil <= now)
  const stays = current && free.includes(current)
  if (free.length > 0) return { state: 'stands', lead: stays ? current : free[0]! }
  if (standing.length > 0) {
    const lead = standing.toSorted((a, b) => a.heldUntil! - b.heldUntil!)[0]!
    return { state: 'held', lead, heldUntil: lead.heldUntil }
  }
  const draft = inOrder.find(({ state }) => state === 'draft')
  if (draft && withdrawn.size === 0) return { state: 'draft', lead: draft }
  return { state: 'withdrawn', lead: current ?? inOrder[0]! }
}

/** An item after its carriers changed. `arrives` says that it can be shown now for the first time. */
export type NextItem = { row: ItemRow; change?: ItemChange; arrives: boolean }

/**
 * Works out what readers see of an item from now on, and what of that they saw otherwise before. What never stood was seen
 * by nobody: it changes without a revision. `by` is the outlet whose message led to this.
 */
export function nextItem(
  id: string,
  carriers: Carrier[],
  { before, now, by, backlog = false }: { before?: ItemRow; now: number; by: string; backlog?: boolean },
): NextItem {
  const { state, lead, heldUntil } = standingOf(carriers, before, now)
  const firstSeen = before?.first_seen ?? now
  // Its words stay as they were seen: the withdrawal may have come without them.
  const words = state === 'withdrawn' && before ? before : wordsOf(lead)
  const isSameLead = before?.via === lead.via
  const row: ItemRow = {
    id,
    state,
    revision: before?.revision ?? 1,
    title: words.title,
    url: words.url,
    outlet: words.outlet,
    via: words.via,
    published: isSameLead ? before.published : (lead.published ?? firstSeen),
    dated_by: isSameLead ? before.dated_by : lead.published === undefined ? 'us' : 'outlet',
    arrived: before?.arrived ?? null,
    first_seen: firstSeen,
    changed_at: before?.changed_at ?? now,
    held_until: heldUntil ?? null,
    backlog: before?.backlog ?? (backlog ? 1 : 0),
  }
  const arrives = state === 'stands' && row.arrived === null
  const kind = before && before.arrived !== null ? kindOfChange(before, row) : undefined
  if (before === undefined || kind === undefined) return { row, arrives }
  const changed = { ...row, revision: before.revision + 1, changed_at: now }
  return { row: changed, arrives, change: changeOf(kind, before, changed, now, by) }
}

const wordsOf = ({ title, url, outlet, via }: Carrier) => ({ title, url: url ?? null, outlet, via })

/** What readers see otherwise; undefined if nothing. To readers, what is held does not exist, like what is withdrawn. */
function kindOfChange(before: ItemRow, after: ItemRow): ItemChange['kind'] | undefined {
  const [stood, stands] = [before.state === 'stands', after.state === 'stands']
  if (stood && !stands) return 'withdrawn'
  if (!stood && stands) return 'restored'
  if (!stands) return undefined
  if (before.outlet !== after.outlet) return 'outlet'
  if (before.title !== after.title) return 'title'
  return before.url === after.url ? undefined : 'address'
}

const changeOf = (
  kind: ItemChange['kind'],
  before: ItemRow,
  after: ItemRow,
  at: number,
  outlet: string,
): ItemChange => ({
  item: after.id,
  revision: after.revision,
  kind,
  at,
  outlet,
  was: seenWords(before),
  now: seenWords(after),
})

const seenWords = ({ title, url, outlet }: ItemRow) => ({ title, url: url ?? undefined, outlet })
