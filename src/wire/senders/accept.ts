import { createHash } from 'node:crypto'
import type { Accepted } from '../../store/wire/calls.ts'
import { type Carrier, type ItemUpdate, MAX_TEXT } from '../../store/wire/items.ts'
import type { Arrivals } from '../../store/wire/store-updates.ts'
import { keysOf } from '../identify/keys.ts'
import { newItemId } from '../item.ts'
import type { Sender } from './open-senders.ts'
import type { SenderItem } from './read-items.ts'
import type { ReceivedCall } from './receive.ts'

/** The store's way to keep a call for good, each id once. */
type Accept = (call: Arrivals & { id: string }) => Promise<Accepted>

/**
 * Keeps a call and its items for good. A call that comes again changes nothing; returns whether this one was stored.
 */
export async function acceptCall(
  accept: Accept,
  sender: Sender,
  { id, items }: ReceivedCall,
  newId: () => string = newItemId,
): Promise<boolean> {
  const keysOfItem = new Map(items.map(item => [item, keysOfCall(item, sender)]))
  const { repeated } = await accept({
    via: sender.via,
    id,
    keys: [...keysOfItem.values()].flat(),
    decide: known => {
      const taken = new Set(known.filter(({ via }) => via === sender.via).map(({ item }) => item))
      const added = new Map<string, string>()
      return items.map(item => {
        const update = updateOf(item, { sender, known, taken, keys: keysOfItem.get(item)!, newId })
        // A call may tell of one item twice.
        const before = added.get(item.guid)
        if (before !== undefined) return { ...update, item: before, kind: 'changed' }
        added.set(item.guid, update.item)
        taken.add(update.item)
        return update
      })
    },
  })
  return !repeated
}

/**
 * The keys of an item: the sender's own id, and for those who sign also what every feed may know it by. Whoever does not
 * sign has no say about what others report.
 */
const keysOfCall = (item: SenderItem, { row }: Sender): string[] =>
  keysOf(item).filter(
    key => key.startsWith('guid:') || (row.signature !== undefined && key.startsWith('shared:')),
  )

/** What an item is compared with; `taken` are the items that the sender brings under other ids of its own. */
type Known = { sender: Sender; known: Carrier[]; taken: Set<string>; keys: string[]; newId: () => string }

/** Decides which item a sender tells of. Its own id decides; else the one that others bring with the same address. */
function updateOf(item: SenderItem, { sender, known, taken, keys, newId }: Known): ItemUpdate {
  const own = known.find(
    ({ via, keys: its }) =>
      via === sender.via && its.some(key => key.startsWith('guid:') && keys.includes(key)),
  )
  const other =
    own ??
    findReport(
      item,
      keys,
      known.filter(carrier => !taken.has(carrier.item)),
    )
  const words = item.title === '' && own ? own : { ...item, text: item.text.slice(0, MAX_TEXT) }
  const hash = createHash('sha256')
    .update(JSON.stringify([words.title, words.url, words.text]))
    .digest('hex')
  return {
    item: other?.item ?? newId(),
    kind: own ? (own.hashes[0] === hash || words === own ? 'same' : 'changed') : other ? 'joined' : 'new',
    via: sender.via,
    outlet: item.outlet ?? sender.outlet ?? own?.outlet ?? hostOf(item.url) ?? sender.row.system,
    keys,
    guid: item.guid,
    title: words.title,
    url: words.url,
    text: words.text,
    published: item.published,
    hash,
    state: item.state,
    heldUntil: item.heldUntil,
    version: item.version,
  }
}

/** A headline that two outlets share is that of one report if they brought it within this time. */
const SAME_REPORT_MS = 2 * 24 * 3_600_000

/** Finds the report among what others brought: by its address or its worldwide id, else by a headline of the same days. */
function findReport(item: SenderItem, keys: string[], others: Carrier[]): Carrier | undefined {
  const shares = (carrier: Carrier, kinds: RegExp) =>
    carrier.keys.some(key => kinds.test(key) && keys.includes(key))
  const isNear = ({ published, firstSeen }: Carrier) =>
    item.published !== undefined && Math.abs((published ?? firstSeen) - item.published) <= SAME_REPORT_MS
  return (
    others.find(carrier => shares(carrier, /^shared:(?:guid|link):/)) ??
    others.find(carrier => shares(carrier, /^shared:title:/) && isNear(carrier))
  )
}

/** The host of an address, as people know an outlet by it. */
const hostOf = (url: string | undefined) => url && new URL(url).hostname.replace(/^www\./, '')
