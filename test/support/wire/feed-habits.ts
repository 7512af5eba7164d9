import type { ParsedItem } from '../../../src/wire/item.ts'
import type { Chance, Report } from './newsroom.ts'

/** What a bad habit of a feed may depend on. */
type Circumstances = { report: Report; at: number; poll: number; now: number; chance: Chance }

/** Bad habits of feeds: what each makes of an entry. Several of them together are what real feeds have. */
export const HABITS: Record<string, (item: ParsedItem, circumstances: Circumstances) => ParsedItem> = {
  'any scheme': (item, { chance }) =>
    chance.happens(0.5)
      ? { ...item, url: item.url?.replace('https', 'http'), guid: item.guid?.replace('https', 'http') }
      : item,
  'an id for each edit': (item, { report }) => ({
    ...item,
    guid: `https://wqad.example/id/${report.number * 7919 + report.edits}`,
  }),
  tracking: (item, { poll }) => ({
    ...item,
    url: item.url && `${item.url}?utm_source=rss&utm_campaign=${poll}`,
    guid: item.guid && `${item.guid}&utm_campaign=${poll}`,
  }),
  'places as ids': (item, { at }) => ({ ...item, guid: String(at + 1) }),
  'one id': item => ({ ...item, guid: 'news' }),
  'no ids': item => ({ ...item, guid: undefined }),
  'one address': item => ({ ...item, url: 'https://wqad.example/news' }),
  'no addresses': item => ({ ...item, url: undefined }),
  'dates of the poll': (item, { now }) => ({ ...item, published: now }),
  'no dates': item => ({ ...item, published: undefined }),
  'no texts': item => ({ ...item, text: '' }),
  'addresses made of titles': (item, { report }) => ({
    ...item,
    url: item.url && `https://wqad.example/${report.title.replaceAll(' ', '-')}`,
  }),
  'another host at times': (item, { poll }) => ({
    ...item,
    url: item.url?.replace('wqad', `n${Math.floor(poll / 10) % 3}.wqad`),
  }),
  'a token in each address': (item, { at, poll }) => ({
    ...item,
    url: item.url && `${item.url}?v=${poll}x${at}`,
  }),
}
