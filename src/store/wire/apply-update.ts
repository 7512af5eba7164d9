import type { Carrier, ItemUpdate } from './items.ts'

/** How many keys an item keeps of a feed: enough for one that changes its ids for months. */
const MAX_KEYS = 24
/** Old copies come back from somewhere on the way: so many versions are known again. */
const MAX_HASHES = 3
/** That an item was seen is noted so seldom: most polls find nothing but what is known. */
export const SEEN_MS = 12 * 3_600_000

/** What an update did: `older` came after a newer version of its sender, and changes nothing. */
export type UpdateResult = ItemUpdate['kind'] | 'older'

/** A carrier after an update, what the update did, and whether the store has to write it. */
type Applied = { carrier: Carrier; result: UpdateResult; isWritten: boolean }

/** Applies an update to what its feed or sender said until now; `hasArrived` says whether readers may have seen it. */
export function applyUpdate(
  own: Carrier | undefined,
  update: ItemUpdate,
  { now, hasArrived }: { now: number; hasArrived: boolean },
): Applied {
  if (!own) return { carrier: newCarrier(update, now), result: update.kind, isWritten: true }
  if (update.version !== undefined && own.version !== undefined && update.version < own.version)
    return { carrier: own, result: 'older', isWritten: false }
  const changes = update.kind !== 'same'
  const isFeed = update.via.startsWith('feed:')
  const keys = [...new Set([...update.keys, ...own.keys])].slice(0, MAX_KEYS)
  const carrier: Carrier = {
    ...own,
    ...(changes && wordsOf(update)),
    keys,
    guid: update.guid ?? own.guid,
    // A date alone is no news: some feeds move all of theirs at each poll.
    published: own.published ?? update.published,
    hashes: changes ? [...new Set([update.hash, ...own.hashes])].slice(0, MAX_HASHES) : own.hashes,
    state: update.state,
    // A feed that moves its dates must not hide what was shown. The embargo of a sender is meant.
    heldUntil: isFeed && hasArrived ? undefined : update.heldUntil,
    version: update.version ?? own.version,
    lastSeen: now - own.lastSeen >= SEEN_MS || changes ? now : own.lastSeen,
  }
  return { carrier, result: update.kind, isWritten: changes || differs(own, carrier) }
}

const newCarrier = (update: ItemUpdate, now: number): Carrier => ({
  item: update.item,
  via: update.via,
  ...wordsOf(update),
  keys: [...new Set(update.keys)].slice(0, MAX_KEYS),
  guid: update.guid,
  published: update.published,
  hashes: [update.hash],
  state: update.state,
  heldUntil: update.heldUntil,
  version: update.version,
  firstSeen: now,
  lastSeen: now,
})

const wordsOf = ({ outlet, title, url, text }: ItemUpdate) => ({ outlet, title, url, text })

const differs = (a: Carrier, b: Carrier): boolean =>
  a.guid !== b.guid ||
  a.published !== b.published ||
  a.state !== b.state ||
  a.heldUntil !== b.heldUntil ||
  a.version !== b.version ||
  a.lastSeen !== b.lastSeen ||
  a.keys.length !== b.keys.length ||
  b.keys.some(key => !a.keys.includes(key))
