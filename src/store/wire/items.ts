/** Who brings an item: a feed that we ask, or a sender that calls us (`feed:wqad`, `hook:ghost`). */
export type Via = `feed:${string}` | `hook:${string}`

/** The part that an item is, as messages list it. */
export const partOfItem = (id: string): string => `wire/item:${id}`

/** The id of the item that a part is; undefined if it is a part of a story. */
export const itemOfPart = (part: string): string | undefined => /^wire\/item:([a-z0-9]+)$/.exec(part)?.[1]

/**
 * What an item is to readers. `held`: it does not exist before its time (an embargo, a date in the future). `stands`: it
 * may be shown. `withdrawn`: its outlet took it back, and nothing of its words is shown. `draft`: it came from somebody
 * who did not sign, and only editors see it.
 */
export type ItemState = 'held' | 'stands' | 'withdrawn' | 'draft'

/**
 * A report on the wire as readers see it, under the outlet that brought it first and still stands by it. Its title is word
 * for word. `text` is never shown: it serves to match words. The same report under several outlets is one item.
 */
export type Item = {
  id: string
  state: ItemState
  /** Grows each time that readers see something else: another title, address, outlet or state. */
  revision: number
  title: string
  url?: string
  outlet: string
  via: Via
  text: string
  /** When its outlet says it was published. Without a date that can be true, it is the moment when we first saw it. */
  published: number
  datedBy: 'outlet' | 'us'
  /**
   * When it first could be shown; absent until then. What is news goes by this, not by what feeds say: arrivals are
   * committed in this order, so that all up to the latest one that can be read are surely told or not.
   */
  arrived?: number
  /** Its feed had it when that was first asked: it is there to be found, but it is no news to anybody. */
  backlog: boolean
  /** When we first saw it, and when readers would see something else last. */
  firstSeen: number
  changedAt: number
  /** Before this moment it does not exist for readers. */
  heldUntil?: number
  /** Everybody who brings it, the first one first: also those who withdrew it. */
  carriers: { via: Via; outlet: string; url?: string; state: Carrier['state']; since: number }[]
}

/**
 * What one feed or sender says of an item, last. The key is (item, via): an item stands in a feed once, whatever the feed
 * does to its id.
 */
export type Carrier = {
  item: string
  via: Via
  outlet: string
  /** The keys by which it is known again, newest first; those of earlier ids too. Built by `wire/identify/keys.ts`. */
  keys: string[]
  /** The id that it has in its feed now, verbatim. */
  guid?: string
  title: string
  url?: string
  text: string
  published?: number
  /**
   * The hashes of title, address and text of the last three different versions, newest first. The return of an old one
   * is no edit: it is an older copy from somewhere on the way.
   */
  hashes: string[]
  state: 'stands' | 'withdrawn' | 'draft'
  heldUntil?: number
  /** What the sender counts versions by; absent for feeds. */
  version?: number
  firstSeen: number
  /** When a body with it was read last, to within half a day. */
  lastSeen: number
}

/**
 * What to store of one item after a poll or a call. `item` is the known item, or the id that a new one gets. It is decided
 * within the transaction that stores it (`Decide`), so that no other process has added the item meanwhile. Where nothing
 * is new, `same` only notes keys and that it was seen. The store finds out from the carriers whether readers see something
 * else, and writes the revision and the change.
 */
export type ItemUpdate = {
  item: string
  /** `new`: no such item is known. `joined`: known from others. `changed`, `same`: known from here. */
  kind: 'new' | 'joined' | 'changed' | 'same'
  via: Via
  outlet: string
  /** All keys of the item as it came, each at most 80 characters. Those that begin with `shared:` count for every feed. */
  keys: string[]
  guid?: string
  title: string
  /** The address to show. For one that differs in scheme or tracking alone, the known one: that is no edit. */
  url?: string
  /** At most `MAX_TEXT` characters. */
  text: string
  published?: number
  hash: string
  state: Carrier['state']
  /** An embargo, or a date in the near future. */
  heldUntil?: number
  /** A version older than the known one is not applied. */
  version?: number
  /** For a new item: its feed had it when that was first asked. */
  backlog?: boolean
}

/** Decides what to store, given the carriers that the store has under any of the keys that it was asked for. Pure. */
export type Decide = (known: Carrier[]) => ItemUpdate[] | Promise<ItemUpdate[]>

/** How much of the text of an item is kept, to compare and to match by. */
export const MAX_TEXT = 2_000

/** What changed for readers, and when: the reason why messages that show the item are edited. */
export type ItemChange = {
  item: string
  /** The revision that came with it. */
  revision: number
  kind: 'title' | 'address' | 'outlet' | 'withdrawn' | 'restored'
  at: number
  /** Who changed it. */
  outlet: string
  /** As readers saw it before, and as they see it now. The title after a withdrawal is never shown. */
  was: { title: string; url?: string; outlet: string }
  now: { title: string; url?: string; outlet: string }
}

/** The id of a change as a cause of edits. */
export const causeOfChange = ({ item, revision }: Pick<ItemChange, 'item' | 'revision'>): string =>
  `${partOfItem(item)}@${revision}`
