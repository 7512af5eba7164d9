import { randomInt } from 'node:crypto'
import type { Carrier, ItemUpdate, Via } from '../store/wire/items.ts'

/**
 * An item as a feed or a sender gives it, read and cleaned; whether it is known is not decided yet. The title is plain
 * text, word for word. `text` is what else was said of it, as plain text: it serves to compare and to match, and is
 * never shown. Moments are epoch milliseconds.
 */
export type ParsedItem = {
  /** The id as it was given, verbatim. */
  guid?: string
  title: string
  /** The report's own page, absolute, http or https. */
  url?: string
  text: string
  /** When it says it was published; absent if it does not say, or in a way that cannot be read. */
  published?: number
  updated?: number
  /** Which outlet it names itself, where that is another one than the feed's. */
  outlet?: string
}

/** A feed as it was read. `ttlMs` and `quietHours` are what it asks of those who poll it. */
export type ParsedFeed = {
  title?: string
  items: ParsedItem[]
  ttlMs?: number
  /** The hours of the day (UTC) in which it asks not to be polled. */
  quietHours?: number[]
  /** The days (UTC, 0 is Sunday) on which it asks not to be polled. */
  quietDays?: number[]
  /** Where it says that it wakes those who ask (WebSub), and by which address it knows itself. */
  hub?: string
  self?: string
  /** When it says that it was made last. */
  builtAt?: number
}

/** A body that is no feed that can be read. `html` and `cutOff` are told apart: the first is told, the second tried again. */
export type UnreadableFeed = {
  unreadable: 'html' | 'challenge' | 'cutOff' | 'notAFeed' | 'encoding' | 'tooMany'
  /** A sentence for the log. */
  why: string
}

/** What is read from the bytes of a feed. */
export type ReadFeed = ParsedFeed | UnreadableFeed

/** The bytes of a feed with what is needed to read them: the header `content-type` and the address they came from. */
export type FeedBytes = { bytes: Uint8Array; contentType?: string; url: string; zone?: string }

/**
 * By which of its fields the items of a feed are known again, the strongest first. A feed that breaks one (one id for
 * all, an id that changes with each edit) goes on with the next, and that is stored with the feed.
 */
export type KeyKind = 'guid' | 'guidAndLink' | 'link' | 'linkDateTitle' | 'titleAndText'

/**
 * What a poll is compared with. `known` are the carriers that the store has under any key of the parsed items: those of
 * this feed, and those of others under a shared key.
 */
export type IdentifyInput = {
  via: Via
  outlet: string
  parsed: ParsedItem[]
  known: Carrier[]
  keyKind: KeyKind
  now: number
  /** Makes the id of an item that nobody has yet. */
  newId: () => string
}

/** What to store of each parsed item, in the order of the feed, and by what the feed's items are known from now on. */
export type IdentifyResult = { updates: ItemUpdate[]; keyKind: KeyKind }

/** Reads a feed away from the loop: `readFeed` of `read/read-feed.ts`. It never rejects because of the bytes. */
export type ReadFeedBytes = (feed: FeedBytes) => Promise<ReadFeed>

/**
 * All keys under which an item may be known: `keysOf` of `identify/keys.ts`. Each is a kind and a hash, `guid:…`, at most
 * 80 characters. Those that begin with `shared:` count for every feed, the others for their own feed alone.
 */
export type KeysOf = (item: ParsedItem) => string[]

/** Decides which items are new, changed or the same: `identify` of `identify/identify.ts`. Pure. */
export type Identify = (input: IdentifyInput) => IdentifyResult

const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const ID_LENGTH = 11

/** Makes the id of a new item: ours, and never changed, whatever its feed does. */
export const newItemId = (): string =>
  Array.from({ length: ID_LENGTH }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('')
