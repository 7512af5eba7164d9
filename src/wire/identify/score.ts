import type { KeyKind } from '../item.ts'
import { type Evidence, type FeedFacts, SAME_TEXT } from './evidence.ts'

/** How sure it is that an item is a known one; 0 if it is not taken for it. `isFuzzy`: by likeness of texts alone. */
export type Score = { score: number; isFuzzy?: true }

const NO: Score = { score: 0 }

/**
 * Weighs evidence. Pairs are taken in the order of this score, so that each item gets the known one that has most in common
 * with it, and an id, or an address, only counts alone for what nothing else claims.
 */
export function scoreOf(evidence: Evidence, facts: FeedFacts, guidIsOwn: boolean): Score {
  return (
    byContent(evidence) ??
    byGuid(evidence, facts.keyKind, guidIsOwn) ??
    byLink(evidence, facts) ??
    byLikeness(evidence) ??
    NO
  )
}

/** What an edit leaves of a text: published at the same second, it is hardly another report. */
const EDITED_TEXT = 0.8

const isTextAlike = ({ text = 0, textTells }: Evidence, least: number): boolean => textTells && text >= least

const isSameText = (evidence: Evidence): boolean => isTextAlike(evidence, SAME_TEXT)

/** Whether texts say nothing against it: they are the same, or one is missing. */
const doTextsFit = ({ text = 1 }: Evidence): boolean => text >= SAME_TEXT

/** Nothing differs that is shown, and nothing else says that it is another one. */
function byContent(found: Evidence): Score | undefined {
  const { link, title, moment, momentsDiffer, guid } = found
  if (!link || !title) return undefined
  const isSame = moment || isSameText(found) || (doTextsFit(found) && !momentsDiffer)
  return isSame ? { score: guid ? 100 : 95 } : undefined
}

/** By its id. An id that many share, or that a feed uses again, needs something else beside it. */
function byGuid(found: Evidence, keyKind: KeyKind, guidIsOwn: boolean): Score | undefined {
  const {
    guid,
    guidBefore,
    nearGuid,
    altGuid,
    link,
    title,
    titleAlike,
    moment,
    near,
    momentsDiffer,
    linksDiffer,
  } = found
  if (!guidIsOwn || !(guid || altGuid || guidBefore)) return undefined
  // An address under which all of them stand backs nothing.
  const isBacked = (link && found.linkIsOwn) || title || moment || isSameText(found)
  if (isBacked) return { score: guid ? 90 : nearGuid ? 82 : altGuid ? 80 : 79 }
  if (keyKind !== 'guid') return undefined
  // Words in common are less than the same words elsewhere, where an id has wandered.
  if (titleAlike && near) return { score: guid ? 49 : 48 }
  if (!(guid || nearGuid)) return undefined
  // Another address, other words, another date: the id is that of another report now. Without texts to compare, an edit
  // may change all of these within days.
  const isOther = found.textTells ? !isTextAlike(found, 0.5) : !near
  const isReused = linksDiffer && momentsDiffer && isOther
  return isReused ? undefined : { score: guid ? 40 : 38 }
}

/** By its address: where guids differ, that of an item alone, and not of a page on which all of them stand. */
function byLink(found: Evidence, { keyKind, linksIdentify }: FeedFacts): Score | undefined {
  const { link, linkIsOwn, path, title, titleAlike, moment, momentsDiffer, guidsDiffer, near } = found
  if (!link) return path && (title || moment || isSameText(found)) ? { score: 58 } : undefined
  if (!linkIsOwn || keyKind === 'linkDateTitle' || keyKind === 'titleAndText') {
    if (moment && (title || !guidsDiffer || isSameText(found))) return { score: title ? 68 : 64 }
    return isSameText(found) && (title || !guidsDiffer) ? { score: 62 } : undefined
  }
  if (!guidsDiffer) return { score: title || moment || isSameText(found) ? 75 : titleAlike ? 74 : 45 }
  if (moment || isTextAlike(found, 0.5)) return { score: 73 }
  if (title && (doTextsFit(found) || (near && linksIdentify) || !momentsDiffer)) return { score: 71 }
  if (titleAlike && doTextsFit(found)) return { score: 60 }
  return linksIdentify ? { score: 35 } : undefined
}

/** By its words, where neither id nor address is what it was. */
function byLikeness(found: Evidence): Score | undefined {
  const { title, moment, near, text, textIsLong, textIsOwn, guid, guidsDiffer, linksDiffer, titleAlike } =
    found
  if (title && moment) return { score: 52 }
  if (title && near && isSameText(found)) return text === 1 ? { score: 51 } : { score: 50, isFuzzy: true }
  if (moment && isSameText(found)) return { score: 46 }
  if (moment && isTextAlike(found, EDITED_TEXT)) return { score: 45, isFuzzy: true }
  if (text === 1 && textIsLong && textIsOwn && near) return { score: 44 }
  if (moment && found.momentIsExact && titleAlike && doTextsFit(found)) return { score: 42, isFuzzy: true }
  // A feed without ids and addresses has nothing but its words.
  const hasIds = guid || guidsDiffer || linksDiffer
  return title && near && doTextsFit(found) && !hasIds ? { score: 43 } : undefined
}
