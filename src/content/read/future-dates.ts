import { firstDayOf, ROUGH_DATE } from '../../dates/rough-dates.ts'
import type { Problem } from '../story.ts'

/**
 * A date in a content file. Its entry may have an embargo; `isPast` is a day on which an editor did something, which no
 * embargo moves.
 */
export type DatedField = {
  file: string
  line: number
  name: string
  date: string
  embargo?: string
  isPast?: boolean
  source?: number
}

/** What is known of the dates of a story: its dates, and the embargoes of entries with the sources that they cite. */
type StoryDates = {
  dates: DatedField[]
  embargoes: { embargo: string; sources: number[] }[]
  loaded: { problems: Problem[] }
}

/** The fields of each file that hold the day of something that has happened, and whether an editor did it. */
const DATED_FIELDS: Record<string, Record<string, { isPast: boolean }>> = {
  'sources.yml': { date: { isPast: false }, seen: { isPast: true } },
  'quotes.yml': { saidOn: { isPast: false } },
  'timeline.yml': { date: { isPast: false }, added: { isPast: false } },
  'corrections.yml': { on: { isPast: false } },
}
/** The clocks of the newsroom may be the first on earth: there, a day begins 14 hours before it does in Greenwich. */
const FIRST_ZONE_MS = 14 * 3_600_000

/** The latest day that has begun anywhere on earth at a moment. */
export const latestDayOnEarth = (at: number): string =>
  new Date(at + FIRST_ZONE_MS).toISOString().slice(0, 10)

/** Notes the dates of an entry, and the sources that it keeps secret until its embargo is over. */
export function noteDates(
  folder: StoryDates,
  table: { name: string; file: string },
  row: object,
  lineOf: (field: string) => number,
): void {
  const values = row as Record<string, unknown>
  const embargo = typeof values.embargo === 'string' ? values.embargo : undefined
  const cited = [values.source, values.sources].flat().filter(number => typeof number === 'number')
  if (embargo !== undefined) folder.embargoes.push({ embargo, sources: cited })
  for (const [field, { isPast }] of Object.entries(DATED_FIELDS[table.name] ?? {})) {
    const date = values[field]
    // An event without an embargo may be as late as coversTo, which is a date of story.md; an expected one is later.
    const isFree = embargo === undefined || values.expected === true
    if (table.name === 'timeline.yml' && field === 'date' && isFree) continue
    if (typeof date !== 'string' || !ROUGH_DATE.test(date)) continue
    const source = typeof values.number === 'number' ? values.number : undefined
    folder.dates.push({ file: table.file, line: lineOf(field), name: field, date, embargo, isPast, source })
  }
}

/**
 * Reports dates in the future: they are mistyped, since no one can have checked, said or seen anything then. An entry
 * under embargo may be dated up to the day on which it appears, and so may a source that only such entries cite.
 */
export function reportFutureDates(
  folder: StoryDates,
  latestDay: string,
  storyEmbargo: string | undefined,
): void {
  for (const { file, line, name, date, embargo, isPast, source } of folder.dates) {
    const embargoes = [
      storyEmbargo,
      embargo,
      ...folder.embargoes
        .filter(({ sources }) => source !== undefined && sources.includes(source))
        .map(entry => entry.embargo),
    ].filter(moment => moment !== undefined)
    const days = [latestDay, ...(isPast ? [] : embargoes.map(moment => latestDayOnEarth(Date.parse(moment))))]
    if (days.some(day => firstDayOf(date) <= day)) continue
    folder.loaded.problems.push({
      file,
      line,
      message: `${name}: ${date} is in the future: give a day that has begun`,
    })
  }
}
