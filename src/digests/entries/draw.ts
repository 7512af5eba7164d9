import type { Inline } from '../../chat/reply.ts'
import { partContentsOf } from '../../content/parts.ts'
import { phrases } from '../../phrases/phrases.ts'
import { isStatus } from '../news-order.ts'
import type { EntryRef } from '../selection.ts'
import type { EntryContext, EntryWords } from './context.ts'
import { entryWords } from './words.ts'

/**
 * One entry of an edition, in the three forms in which it may be shown: as the first line of the message (`lead`) with
 * what belongs to it further down (`below`), or as an entry among others (`item`).
 */
export type DrawnEntry = { lead: Inline[]; below: Inline[]; item: Inline[] }

/** Draws one entry of an edition. One whose part is gone says so. */
export function drawEntry(entry: EntryRef, context: EntryContext): DrawnEntry {
  const content = partContentsOf(context.story).get(entry.part)
  if (!content) {
    const gone: Inline[] = [{ italic: phrases.edition.partNoLongerThere }]
    return { lead: gone, below: [], item: gone }
  }
  const words = entryWords(entry, content, context)
  return { lead: leadOf(words), below: belowOf(entry, words), item: itemOf(entry, words) }
}

/**
 * Makes a `drawEntry` that draws each entry once, for a caller who tries entries in many messages about the same stories
 * on the same day, and that goes with that caller.
 */
export function drawEachEntryOnce(): typeof drawEntry {
  const drawn = new Map<EntryRef, DrawnEntry>()
  return (entry, context) => {
    const known = drawn.get(entry) ?? drawEntry(entry, context)
    drawn.set(entry, known)
    return known
  }
}

const leadOf = ({ subject, headline }: EntryWords): Inline[] => [subject ? `${subject}: ` : '', ...headline]

/** What stands below the first line: how it is new, what the line left out, and the outlets. */
function belowOf(entry: EntryRef, words: EntryWords): Inline[] {
  const { rest, outlets, below = words } = words
  const how = below.mark === '' ? [] : newness(entry, words, below.day, below.about)
  const separator = how.length > 0 && rest.length > 0 ? [' · '] : []
  return [...how, ...separator, ...trimmed(rest), ...outlets]
}

function itemOf(entry: EntryRef, words: EntryWords): Inline[] {
  const { day, about, text, outlets } = words
  if (entry.kind === 'STANDS') return [...text, ...outlets]
  if (isStatus(entry.part)) return [...phrases.edition.now(text), ...outlets]
  return [...newness(entry, words, day, about), ' · ', ...text, ...outlets]
}

/** `NEW Thu 19 Apr`, or `ADDED · event of 13 Oct 2017`. */
function newness(entry: EntryRef, { mark }: EntryWords, day?: string, about?: string): Inline[] {
  const how = mark ?? phrases.edition.news[entry.kind]
  const details = `${day ? ` ${day}` : ''}${about ? ` · ${about}` : ''}`
  return details === '' ? [{ bold: how }] : [{ bold: how }, details]
}

/** Without the space that a note begins with where nothing stands before it. */
const trimmed = ([first, ...more]: Inline[]): Inline[] =>
  typeof first === 'string' ? [first.trimStart(), ...more] : first === undefined ? [] : [first, ...more]
