import { parseDayRange } from '../../dates/dates.ts'
import { firstDayOf, lastDayOf } from '../../dates/rough-dates.ts'

/** The first and last day of a time. */
export type DayRange = { from: string; to: string }

/** All days: what stands for a side of a range that is left open. */
export const EVER: DayRange = { from: '0000-01-01', to: '9999-12-31' }

/** What was typed as days, and the words that are none. */
type DaysAndWords = { range?: DayRange; words: string[] }

/** The dates among typed words, at their beginning or end, and the words that are none. */
export function readRange(typed: string[], today: string, read = parseDayRange): DaysAndWords {
  for (let count = typed.length; count > 0; count--) {
    const first = read(typed.slice(0, count).join(' '), today)
    if (first) return { range: first, words: typed.slice(count) }
    const last = read(typed.slice(-count).join(' '), today)
    if (last) return { range: last, words: typed.slice(0, -count) }
  }
  return { words: typed }
}

/** The same of words that people said: `from 2018` are those of that year, and not all since then. */
export const readSaidRange = (typed: string[], today: string): DaysAndWords =>
  readRange(typed, today, (value, now) => {
    const within = value.replace(/^(?:from|in|on|of|during)\s+/i, '')
    const read = parseDayRange(within, now) ?? parseDayRange(value, now)
    // Laws are cited by numbers like 1373.
    return read && [read.from, read.to].every(day => MAY_BE_SAID.test(day)) ? read : undefined
  })

const MAY_BE_SAID = /^(?:1[789]|20)|^0000|^9999/

/** A range in its shortest form, as it is read again: years or months where its days are the first and last of them. */
export function writtenRange(range: DayRange): string {
  const exact = exactTime(range)
  if (exact !== undefined) return exact
  const from = range.from === EVER.from ? undefined : range.from
  const to = range.to === EVER.to ? undefined : range.to
  const isWhole = (length: number) =>
    (from === undefined || firstDayOf(from.slice(0, length)) === from) &&
    (to === undefined || lastDayOf(to.slice(0, length)) === to)
  const length = ['yyyy', 'yyyy-mm'].map(form => form.length).find(isWhole)
  return `${from?.slice(0, length) ?? ''}..${to?.slice(0, length) ?? ''}`
}

/** The day, month or year that a range is exactly. */
export const exactTime = ({ from, to }: DayRange): string | undefined =>
  [from.slice(0, 4), from.slice(0, 7), from].find(
    candidate => firstDayOf(candidate) === from && lastDayOf(candidate) === to,
  )
