/**
 * Dates of events, of which only the month or the year may be known: `2021-09-14`, `2021-09`, `2021`. As texts they are
 * in order already: a year stands before its months, and a month before its days.
 */

/** A date, a month or a year, as the files of a story write it. */
export const ROUGH_DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$/

/** Whether only the month or the year of a date is known. */
export const isRough = (date: string): boolean => date.length < '2021-09-14'.length

/** The first day that a date may be: `2021-09-01` for `2021-09`. */
export const firstDayOf = (date: string): string => date + '-01-01'.slice(date.length - 4)

/** The last day that a date may be: `2021-09-30` for `2021-09`. */
export function lastDayOf(date: string): string {
  if (!isRough(date)) return date
  if (date.length === 4) return `${date}-12-31`
  // Day 0 of the next month is the last one of this.
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5)), 0)).toISOString().slice(0, 10)
}

/** Whether a date is, or may be, one of some days, the first and last included. */
export const mayBeWithin = (date: string, { from, to }: { from: string; to: string }): boolean =>
  from <= lastDayOf(date) && firstDayOf(date) <= to

/**
 * What events are sorted by. Of what has happened, a month stands before its days, since it may have been the first of
 * them; of what is expected it stands after them, since it may still be the last.
 */
export const sortKeyOf = ({ date, expected }: { date: string; expected?: boolean }): string =>
  expected ? date + '-99-99'.slice(date.length - 4) : date
