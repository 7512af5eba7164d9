import { plainInlines } from '../chat/plain-text.ts'
import { CORRECTION_RESERVE, type Inline } from '../chat/reply.ts'
import { correctionText } from '../content/cautions.ts'
import type { Correction } from '../content/story.ts'
import { clockAt, localDate, readableDay } from '../dates/dates.ts'
import { zoneClock } from '../digests/zones.ts'
import { phrases } from '../phrases/phrases.ts'

/** Room for what a line needs besides its words: marks around bold text, and the line break. */
const SPARE_CHARACTERS = 24

/**
 * Formats `CORRECTED Tue 5 May 2020, 09:12 Chicago time · was: … · now: … · why: …`, with the moment when we learned of
 * it.
 */
export const correctionLine = (correction: Correction, at: number, zone: string): Inline[] =>
  phrases.edition.corrected(correctionMoment(at, zone), correctionText(correction))

/**
 * Keeps as many correction lines, the newest first, as a message has room for; `more` replaces the others and says
 * where they can be read.
 */
export function fitCorrectionLines(lines: Inline[][], more: Inline[]): Inline[][] {
  const fit: Inline[][] = []
  for (const [index, line] of lines.entries()) {
    const rest = index < lines.length - 1 ? [more] : []
    if (lengthOnPlatforms([...fit, line, ...rest]) > CORRECTION_RESERVE) return [...fit, more]
    fit.push(line)
  }
  return fit
}

/** Counts the characters that lines take at most on a platform, which may escape each character it reads as markup. */
function lengthOnPlatforms(lines: Inline[][]): number {
  return lines.reduce((sum, line) => {
    const plain = plainInlines(line)
    const count = (pattern: RegExp) => plain.match(pattern)?.length ?? 0
    // Slack writes five characters for a `&`. Discord writes two for a character of markup, and one more at a line
    // start.
    const marked = count(/[\\*_`[\]()~|@:<>]/g) + count(/\n/g) * 2
    return sum + plain.length + Math.max(count(/[&<>]/g) * 4, marked) + SPARE_CHARACTERS
  }, 0)
}

/** The zone whose moments are the longest, for measuring. */
export const LONGEST_ZONE = 'America/Bahia_Banderas'
const LONGEST_MOMENT = Date.parse('2026-11-25T12:00:00Z')

/** Says how much too long a correction is to be shown in full in a message; undefined if it fits. */
export function correctionProblem(correction: Correction): string | undefined {
  const length = lengthOnPlatforms([correctionLine(correction, LONGEST_MOMENT, LONGEST_ZONE)])
  if (length <= CORRECTION_RESERVE) return undefined
  const fields = correction.repeat ? 'was, now and why are' : 'now and why are'
  return `${fields} ${length - CORRECTION_RESERVE} characters too long together: a corrected message must show all of it`
}

/** Formats a moment in a zone: `Tue 5 May 2020, 09:12 Chicago time`. */
export const correctionMoment = (at: number, zone: string): string =>
  phrases.dates.momentInZone(readableDay(localDate(at, zone)), clockAt(at, zone), zoneClock(zone))
