import { plainInlines } from '../chat/plain-text.ts'
import { CORRECTION_RESERVE, type Inline } from '../chat/reply.ts'
import { correctionText } from '../content/cautions.ts'
import type { Correction } from '../content/story.ts'
import { clockAt, localDate, readableDay } from '../dates.ts'
import { zoneClock } from '../digests/zones.ts'
import { phrases } from '../phrases/phrases.ts'

/** Marks around bold words, and the lines between. */
const SPARE_CHARACTERS = 24

/** `CORRECTED Tue 5 May 2020, 09:12 Chicago time · was: … · now: … · why: …`, at the moment when we learned of it. */
export const correctionLine = (correction: Correction, at: number, zone: string): Inline[] =>
  phrases.edition.corrected(correctionMoment(at, zone), correctionText(correction))

/**
 * The lines of what was corrected in a message, the newest first, as many as there is room for; `more` says where the
 * others stand.
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

/** How many letters some lines take at most on a platform, which may want a sign before each that it reads as markup. */
function lengthOnPlatforms(lines: Inline[][]): number {
  return lines.reduce((sum, line) => {
    const words = plainInlines(line)
    const count = (pattern: RegExp) => words.match(pattern)?.length ?? 0
    // Slack writes five for a `&`, Discord two for a sign of markup and one more where a line begins.
    const marked = count(/[\\*_`[\]()~|@:<>]/g) + count(/\n/g) * 2
    return sum + words.length + Math.max(count(/[&<>]/g) * 4, marked) + SPARE_CHARACTERS
  }, 0)
}

/** A zone whose moments are as long as any. */
export const LONGEST_ZONE = 'America/Bahia_Banderas'
const LONGEST_MOMENT = Date.parse('2026-11-25T12:00:00Z')

/** What is wrong with a correction that has no room in a message of which nothing else was corrected. */
export function correctionProblem(correction: Correction): string | undefined {
  const room = lengthOnPlatforms([correctionLine(correction, LONGEST_MOMENT, LONGEST_ZONE)])
  if (room <= CORRECTION_RESERVE) return undefined
  const words = correction.repeat ? 'was, now and why are' : 'now and why are'
  return `${words} ${room - CORRECTION_RESERVE} letters too long together: a corrected message must say all of it`
}

/** `Tue 5 May 2020, 09:12 Chicago time` */
export const correctionMoment = (at: number, zone: string): string =>
  phrases.dates.momentInZone(readableDay(localDate(at, zone)), clockAt(at, zone), zoneClock(zone))
