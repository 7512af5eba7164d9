import { hash } from 'node:crypto'
import type { Carrier, ItemUpdate } from '../../store/wire/items.ts'
import type { IdentifyInput, IdentifyResult, ParsedItem } from '../item.ts'
import { alike } from './alike.ts'
import { type Distinct, distinctItems } from './distinct-items.ts'
import { SAME_TEXT } from './evidence.ts'
import { joinOthers } from './join-others.ts'
import { nextKeyKind } from './key-kind.ts'
import { comparable } from './keys.ts'
import { pairUp } from './pair-up.ts'

/** An item with a date further in the future is dated wrongly. A nearer one comes then. */
const MAX_HOLD_MS = 7 * 86_400_000
const HASH_LENGTH = 16

/**
 * Decides what each item of a poll is: a known one that is the same or was changed, one that others have brought, or a new
 * one. Whatever the feed does to ids, addresses, dates and order, a report keeps its item. What is missing is not withdrawn:
 * feeds drop what is old, and some drop items for an hour. Pure.
 */
export function identify({ via, outlet, parsed, known, keyKind, now, newId }: IdentifyInput): IdentifyResult {
  const items = distinctItems(parsed)
  const own = known.filter(carrier => carrier.via === via)
  const paired = pairUp(items, own, keyKind)
  const unknown = items.filter((_, at) => !paired.has(at))
  const taken = new Set([...paired.values()].map(({ item }) => item))
  const joined = joinOthers(unknown, known, { via, taken, now })
  const updates = items.map((distinct, at): ItemUpdate => {
    const { item } = distinct
    const source = { via, outlet: item.outlet ?? outlet, state: 'stands' as const }
    // What others bring may show that it is an item of this feed too, with nothing of what it was left.
    const before = own.find(carrier => carrier.item === joined.get(distinct)?.item)
    const carrier = paired.get(at) ?? before
    if (carrier) return { ...source, ...knownUpdate(distinct, carrier, now) }
    const other = joined.get(distinct)
    return {
      ...source,
      item: other?.item ?? newId(),
      kind: other ? 'joined' : 'new',
      keys: distinct.keys,
      guid: item.guid,
      title: item.title,
      url: item.url,
      text: item.text,
      hash: hashOf(item.title, comparable(item).link),
      ...datesOf(item.published, now, now),
    }
  })
  return { updates, keyKind: nextKeyKind(keyKind, items, own, paired) }
}

type FromKnown = Omit<ItemUpdate, 'via' | 'outlet' | 'state'>

/** What to store of an item that this feed brought before. */
function knownUpdate({ item, keys }: Distinct, known: Carrier, now: number): FromKnown {
  const [a, b] = [comparable(item), comparable(known)]
  // A feed that leaves out title or address for once takes nothing back.
  const title = item.title === '' ? known.title : item.title
  const link = a.link ?? b.link
  const newHash = hashOf(title, link)
  const [last, ...older] = known.hashes
  const dates = { published: known.published, heldUntil: heldUntil(item.published, known.firstSeen, now) }
  // The return of old words is an older copy from somewhere on the way, and no edit.
  // A hash may be of an older way to compare addresses: what is shown counts.
  const isShown = title === known.title && link === b.link
  const isShownOtherwise = !isShown && newHash !== last && !older.includes(newHash)
  const isOldCopy = !isShown && newHash !== last && !isShownOtherwise
  const isTextNew =
    !isOldCopy && a.text !== undefined && a.text !== b.text && alike(a.text, b.text ?? '') < SAME_TEXT
  const shared = { item: known.item, guid: item.guid ?? known.guid, ...dates }
  if (!isShownOtherwise && !isTextNew)
    return {
      ...shared,
      kind: 'same',
      keys: keys.filter(key => !CHANGEABLE.test(key)),
      title: known.title,
      url: known.url,
      text: known.text,
      hash: last ?? newHash,
    }
  return {
    ...shared,
    kind: 'changed',
    keys: keys.filter(key => !key.startsWith('moment:')),
    title,
    // In another spelling alone, the address is what it was.
    url: item.url === undefined || a.link === b.link ? known.url : item.url,
    text: item.text === '' ? known.text : item.text,
    hash: newHash,
  }
}

/** Keys made of what is no edit: a date that moves at each poll, a text with a counter in it. */
const CHANGEABLE = /^(?:moment|text):/

/** When an item was published, and until when it is held. A date that cannot be true is none. */
function datesOf(published: ParsedItem['published'], firstSeen: number, now: number) {
  const isTrue = published !== undefined && published <= now + MAX_HOLD_MS
  return isTrue ? { published, heldUntil: heldUntil(published, firstSeen, now) } : {}
}

/** Until when an item is held whose date is to come: never longer than a week, even if its date moves on with each poll. */
function heldUntil(published: number | undefined, firstSeen: number, now: number): number | undefined {
  if (published === undefined || published <= now || published > now + MAX_HOLD_MS) return undefined
  const until = Math.min(published, firstSeen + MAX_HOLD_MS)
  return until > now ? until : undefined
}

const hashOf = (title: string, link: string | undefined): string =>
  hash('sha256', JSON.stringify([title, link]), 'base64url').slice(0, HASH_LENGTH)
