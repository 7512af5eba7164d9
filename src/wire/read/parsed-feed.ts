import { MAX_TEXT } from '../../store/wire/items.ts'
import type { ParsedFeed, ParsedItem } from '../item.ts'
import { readDate } from './dates/read-date.ts'
import { isPageAddress, pageAddress } from './item-link.ts'
import { plainText, titleText } from './plain-text.ts'
import type { RawFeed, RawItem } from './raw-feed.ts'

/** What a feed is read with: its address, the zone of its dates that name none, and the present. */
export type ReadingContext = { url: string; zone?: string; now: number }

/** A feed with more items is an archive: its newest ones are read. So many are compared within a few milliseconds. */
const MAX_ITEMS = 200
/** Twenty times what is kept of a text: so much of its beginning surely has it, beside all mark-up. */
const MAX_HTML = MAX_TEXT * 20
/** What is longer is no id. */
const MAX_GUID = 2_000

const MINUTE_MS = 60_000
const PERIOD_MINUTES: Record<string, number> = {
  hourly: 60,
  daily: 1_440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
}
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Reads titles, links, texts and dates of a feed: the same for all formats. */
export function parsedFeed(raw: RawFeed, context: ReadingContext): ParsedFeed {
  const site = pageAddress(raw.site, [context.url])
  const items = raw.items.flatMap(item => parsedItem(item, [site, context.url], context))
  const quietHours = raw.skipHours?.map(hour => hour % 24).filter(hour => Number.isInteger(hour) && hour >= 0)
  const quietDays = raw.skipDays?.map(day => DAYS.indexOf(day.trim().slice(0, 3).toLowerCase()))
  return {
    title: titleText(raw.title) || undefined,
    items: newest(items),
    ttlMs: ttlOf(raw),
    quietHours: quietHours?.length ? [...new Set(quietHours)] : undefined,
    quietDays: quietDays?.some(day => day >= 0) ? [...new Set(quietDays.filter(day => day >= 0))] : undefined,
    hub: isPageAddress(raw.hub) ? raw.hub.trim() : undefined,
    self: pageAddress([raw.self], [context.url]),
    builtAt: firstDate(raw.builtAt, context),
  }
}

function ttlOf({ ttlMinutes, updatePeriod = '', updateFrequency = 1 }: RawFeed): number | undefined {
  if (ttlMinutes !== undefined && ttlMinutes > 0) return ttlMinutes * MINUTE_MS
  const minutes = PERIOD_MINUTES[updatePeriod.trim().toLowerCase()]
  return minutes === undefined ? undefined : (minutes * MINUTE_MS) / Math.max(1, updateFrequency)
}

function parsedItem(raw: RawItem, bases: (string | undefined)[], context: ReadingContext): ParsedItem[] {
  const url = pageAddress(raw.links, bases)
  const titles = raw.titles.map(title => titleText(title, raw.titleIsText))
  const text = longest(raw.texts.map(html => plainText((html ?? '').slice(0, MAX_HTML))))
  const title = titles.find(Boolean) ?? ''
  const guid = raw.guid?.trim()
  // What says nothing at all is no report.
  if (title === '' && text === '' && url === undefined) return []
  return [
    {
      guid: guid && guid.length <= MAX_GUID ? guid.toWellFormed() : undefined,
      title,
      url,
      text: text.slice(0, MAX_TEXT).toWellFormed(),
      published: firstDate(raw.published, context),
      updated: firstDate(raw.updated, context),
      outlet: titleText(raw.outlet) || undefined,
    },
  ]
}

const longest = (texts: string[]): string =>
  texts.reduce((best, text) => (text.length > best.length ? text : best), '')

function firstDate(dates: (string | undefined)[], context: ReadingContext): number | undefined {
  for (const date of dates) {
    const at = readDate(date, context)
    if (at !== undefined) return at
  }
  return undefined
}

/** The newest items, in the order of the feed. Where any is without a date, the first ones. */
function newest(items: ParsedItem[]): ParsedItem[] {
  if (items.length <= MAX_ITEMS) return items
  if (items.some(({ published }) => published === undefined)) return items.slice(0, MAX_ITEMS)
  const latest = new Set(items.toSorted((a, b) => b.published! - a.published!).slice(0, MAX_ITEMS))
  return items.filter(item => latest.has(item))
}
