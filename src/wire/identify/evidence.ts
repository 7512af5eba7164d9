import type { Carrier } from '../../store/wire/items.ts'
import type { KeyKind, ParsedItem } from '../item.ts'
import { alike, sharedWords } from './alike.ts'
import { comparable, keysByKind } from './keys.ts'

/** What the items of a feed have in common with each other at a poll: what many have tells nothing about one of them. */
export type FeedFacts = {
  keyKind: KeyKind
  /** How many items of this poll have an id, an address, a moment or a text. */
  guids: Map<unknown, number>
  links: Map<unknown, number>
  moments: Map<unknown, number>
  texts: Map<unknown, number>
  /** How many known items have an address. */
  knownLinks: Map<unknown, number>
  /** Whether each item has had an address of its own, of several. */
  linksIdentify: boolean
}

/** What speaks for an item being one that is known. */
export type Evidence = {
  guid: boolean
  /** An id that the known item had once. */
  guidBefore: boolean
  /** The same id but for scheme, `www.` and tracking; or also but for the host. */
  nearGuid: boolean
  altGuid: boolean
  guidsDiffer: boolean
  /** An address, or a title, that the known item has or had. */
  link: boolean
  linksDiffer: boolean
  linkIsOwn: boolean
  path: boolean
  title: boolean
  titleAlike: boolean
  /** The same moment, which no other item of the poll has. */
  moment: boolean
  momentsDiffer: boolean
  /** Whether the moment is more than a day or an hour: those many reports have. */
  momentIsExact: boolean
  /** Published within two days of each other, as far as is known. */
  near: boolean
  /** How alike the texts are, from 0 to 1; undefined if one of them is missing. */
  text?: number
  /** Whether both texts are long enough to be alike for a reason. */
  textTells: boolean
  textIsLong: boolean
  textIsOwn: boolean
}

/** An edit, or a move of a whole site, hardly changes a date by more. */
const NEAR_MS = 2 * 86_400_000
/** From here on, two texts are the same report: fewer would join two bulletins made from one template. */
export const SAME_TEXT = 0.98
/** A boilerplate is shorter. */
const LONG_TEXT = 200
const ALIKE_TITLE = 0.6

/** Gathers what speaks for a parsed item being a known one. */
export function evidenceOf(item: ParsedItem, known: Carrier, facts: FeedFacts): Evidence {
  const [a, b] = [comparable(item), comparable(known)]
  const keys = keysByKind(item)
  const had = (kind: 'guid' | 'link' | 'path' | 'title') => {
    const key = keys.get(kind)
    return key !== undefined && known.keys.includes(key)
  }
  const hasGuids = a.guid !== undefined && b.guid !== undefined
  const guid = hasGuids && a.guid === b.guid
  const link = a.link !== undefined && (a.link === b.link || had('link'))
  const dated = item.published !== undefined && known.published !== undefined
  const isSameMoment = dated && item.published === known.published
  const hasTexts = a.anyText !== undefined && b.anyText !== undefined
  const title = a.title !== '' && (a.title === b.title || had('title'))
  return {
    guid,
    guidBefore: had('guid'),
    nearGuid: hasGuids && a.guidLink === b.guidLink,
    altGuid: hasGuids && a.alt !== undefined && a.alt === b.alt,
    guidsDiffer: hasGuids && !guid && a.alt !== b.alt,
    link,
    linksDiffer: a.link !== undefined && b.link !== undefined && !link,
    linkIsOwn: link && (facts.links.get(a.link) ?? 0) <= 1 && (facts.knownLinks.get(a.link) ?? 0) <= 1,
    path: a.path !== undefined && (a.path === b.path || had('path')),
    title,
    titleAlike: title || sharedWords(a.title, b.title) >= ALIKE_TITLE,
    moment: isSameMoment && (facts.moments.get(item.published) ?? 0) <= 1,
    momentIsExact: isSameMoment && item.published! % 3_600_000 !== 0,
    momentsDiffer: dated && !isSameMoment,
    near: !dated || Math.abs(item.published! - known.published!) <= NEAR_MS,
    text: hasTexts ? alike(a.anyText!, b.anyText!) : undefined,
    textTells: a.text !== undefined && b.text !== undefined,
    textIsLong: Math.min(a.text?.length ?? 0, b.text?.length ?? 0) >= LONG_TEXT,
    textIsOwn: (facts.texts.get(a.text) ?? 0) <= 1,
  }
}
