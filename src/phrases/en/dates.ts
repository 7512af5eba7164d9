const MONTHS = 'Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec'.split(' ')
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** A date in numbers; `weekday` 0 is Monday. Without a `year`, it is in the current year. */
type Day = { weekday: number; day: number; month: number; year?: number }
/** Consecutive days of the week. */
type WeekdayRun = { first: number; last: number }

const shortWeekday = (weekday: number) => WEEKDAYS[weekday]!.slice(0, 3)

/** Dates, moments, days of the week and time zones as they are printed. */
export const dates = {
  /** `7 Aug 2017`, `Aug 2017` or `2017`. June, July and Sept keep four letters; every other month has three. */
  date: ({ day, month, year }: { day?: number; month?: number; year: number }) =>
    [day, month === undefined ? undefined : MONTHS[month - 1], year]
      .filter(piece => piece !== undefined)
      .join(' '),
  day: ({ weekday, day, month, year }: Day) =>
    [shortWeekday(weekday), day, MONTHS[month - 1], year].filter(piece => piece !== undefined).join(' '),
  moment: (day: string, clock: string) => `${day} ${clock}`,
  momentInZone: (day: string, clock: string, whose: string) => `${day}, ${clock} ${whose}`,
  weekdayMoment: (weekday: number, clock: string) => `${shortWeekday(weekday)} ${clock}`,

  today: 'today',
  yesterday: 'yesterday',
  daysAgo: (days: number) => `${days} days ago`,
  monthsAgo: (months: number) => `${months} months ago`,
  yearsAgo: (years: number) => `${years} years ago`,

  weekdays: WEEKDAYS,
  daily: 'daily',
  weekends: 'weekends',
  weekdayRuns: (runs: WeekdayRun[]) =>
    runs
      .map(({ first, last }) =>
        first === last ? shortWeekday(first) : `${shortWeekday(first)}–${shortWeekday(last)}`,
      )
      .join(', '),
  /** What is printed here can also be typed, so a translation may use only words that `readRhythm` understands. */
  rhythm: (days: string, time: string, clock: string) => `${days} ${time} ${clock}`,
  /** Of a digest that posts each report by itself. */
  asTheyCome: (days: string, clock: string) => `each report as it comes, ${days}, ${clock}`,
  cityClock: (city: string) => `${city} time`,
  zoneClock: (clock: string, zone: string) => `${clock} (${zone})`,
}
