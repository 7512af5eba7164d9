import { readDate } from '../../../wire/read/dates/read-date.ts'
import type { FoundDate } from '../../article.ts'
import { oneLine } from '../one-line.ts'
import type { LinkedData } from './json-ld.ts'
import { DATE_NAMES, type Meta } from './meta.ts'

/** A day that a page gives. `isAnywhere` is false for a moment in UTC that is another day where the outlet may be. */
type Candidate = { date: string; from: FoundDate['from']; isAnywhere: boolean }

type DateInput = { document: Document; linked: LinkedData; meta: Meta; url?: string; now: number }

/**
 * Finds the day of publication: in JSON-LD, `<meta>`, `<time>`, the address, then in a line of the page that is nothing but
 * a date. Only the first two can be sure, and not where another place contradicts them.
 */
export function findDate({ document, linked, meta, url, now }: DateInput): FoundDate | undefined {
  const read = (text: string | null | undefined, from: FoundDate['from']): Candidate[] => {
    const day = dayOf(text ?? undefined, now)
    return day ? [{ ...day, from }] : []
  }
  const all = [
    ...read(linked.published, 'json-ld'),
    ...DATE_NAMES.flatMap(name => read(meta.get(name), 'meta')).slice(0, 3),
    ...timesOf(document)
      .flatMap(text => read(text, 'time'))
      .slice(0, 4),
    ...read(url && addressDate(url), 'address'),
    ...linesWithDate(document)
      .flatMap(text => read(text, 'text'))
      .slice(0, 1),
  ]
  const [best, ...others] = all
  if (!best) return undefined
  // In UTC it may have been another day than where the outlet is; the address is made of the outlet’s own calendar.
  const ownDay = others.find(({ date, from }) => from === 'address' && daysBetween(date, best.date) === 1)
  if (!best.isAnywhere && ownDay) return { date: ownDay.date, from: 'address', sure: false }
  const isStated = best.from === 'json-ld' || best.from === 'meta'
  const stated = others.filter(({ from }) => from !== 'time' && from !== 'text')
  const contradicted = stated.some(
    other => daysBetween(best.date, other.date) > (other.isAnywhere && best.isAnywhere ? 0 : 1),
  )
  const confirmed = others.some(other => other.date === best.date && other.isAnywhere)
  return {
    date: best.date,
    from: best.from,
    sure: isStated && !contradicted && (best.isAnywhere || confirmed),
  }
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s?(Z|UTC|GMT|[+-]00:?00)?|$)/i
/** Between these hours of UTC it is the same day from Hawaii to Nairobi. */
const [SAME_DAY_FROM, SAME_DAY_UNTIL] = [11, 21]

/** The day that a date gives, as it is written there: where the outlet is, it was that day. */
export function dayOf(
  text: string | undefined,
  now: number,
): { date: string; isAnywhere: boolean } | undefined {
  if (text === undefined) return undefined
  const written = oneLine(text.slice(0, 200)).replace(LEAD, '')
  const iso = ISO.exec(written)
  const hour = Number(iso?.[4] ?? 12)
  const isAnywhere = iso?.[6] === undefined || (hour >= SAME_DAY_FROM && hour < SAME_DAY_UNTIL)
  // Without its time, the day is not moved to another zone.
  const withoutTime = iso?.[0]
    ? written.slice(0, 10)
    : written.replace(/(?:,|\bat\b|\bon\b|[|·•–-])?\s*\d{1,2}[:.]\d{2}.*$/i, '')
  const at = readDate(withoutTime, { now }) ?? readDate(written, { now })
  return at === undefined ? undefined : { date: new Date(at).toISOString().slice(0, 10), isAnywhere }
}

const LEAD =
  /^(?:(?:first |originally )?(?:published|posted|created|issued|date|for immediate release|released)(?: on| at)?\s?[:|–—-]?\s*)+/i

/** `<time>` and microdata, those that say that they are of publication first. */
function timesOf(document: Document): string[] {
  const elements = [
    ...document.querySelectorAll(
      '[itemprop~="datePublished"], time[pubdate], time.published, time.entry-date',
    ),
    ...document.querySelectorAll('article header time, header time, article time, main time, time'),
  ].slice(0, 20)
  return elements
    .filter(element => !/modif|updat/i.test(`${element.getAttribute('itemprop')} ${element.className}`))
    .flatMap(element => [
      element.getAttribute('content'),
      element.getAttribute('datetime'),
      element.textContent,
    ])
    .filter(text => typeof text === 'string')
}

/** With the same sign between its parts, or as eight digits. */
const ADDRESS_DATE =
  /[/_-]((?:19|20)\d{2})(?:([/_-])(1[0-2]|0?[1-9]|[a-z]{3})\2(3[01]|[12]\d|0?[1-9])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)/i
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** The day in an address, such as `/2017/08/06/`. A month alone is none. */
export function addressDate(url: string): string | undefined {
  const path = URL.parse(url)?.pathname ?? ''
  const match = ADDRESS_DATE.exec(path)
  if (!match) return undefined
  const [, year, , monthText = match[5]!, day = match[6]!] = match
  const month = /\d/.test(monthText) ? Number(monthText) : MONTHS.indexOf(monthText.toLowerCase()) + 1
  return month === 0 ? undefined : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** Short lines of a page that may be its date: whoever wrote it made no `<time>` of them. */
function linesWithDate(document: Document): string[] {
  const marked = document.querySelectorAll(
    '[class*="date"], [class*="time"], [class*="publish"], [class*="posted"], [class*="byline"], [class*="dateline"], [id*="date"]',
  )
  return [...marked].slice(0, 50).flatMap(element => {
    const text = oneLine((element.textContent ?? '').slice(0, 200))
    return /\d{4}/.test(text) && text.length < 80 ? [text] : []
  })
}

const daysBetween = (one: string, other: string): number =>
  Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000
