import type { ParsedItem } from '../../../src/wire/item.ts'
import { type Chance, faultless, type Newsroom, type Report } from './newsroom.ts'

/** A fault that feeds have: what a feed shows at a poll, each entry with the report that it is in truth. */
export type Fault = {
  name: string
  /** `poll` counts from 0. */
  show(newsroom: Newsroom, poll: number, chance: Chance): Entry[]
  /** The feed may show older words than the newest: only those that it showed last count. */
  isBehind?: true
}

/** What a feed shows, and what it is in truth. */
export type Entry = { report: Report; item: ParsedItem }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const each =
  (show: (report: Report, at: number, poll: number, chance: Chance, now: number) => ParsedItem) =>
  (newsroom: Newsroom, poll: number, chance: Chance): Entry[] =>
    newsroom.inFeed().map((report, at) => ({ report, item: show(report, at, poll, chance, newsroom.now()) }))

function shuffled<T>(list: T[], chance: Chance): T[] {
  const left = [...list]
  return list.map(() => left.splice(chance.below(left.length), 1)[0]!)
}

/** A state of a feed with its reports as they were then. */
const frozen = (entries: Entry[]): Entry[] =>
  entries.map(({ report, item }) => ({ report: { ...report }, item: { ...item } }))

/** Makes a feed that sometimes is an older copy of itself, as networks of caches give it. */
function withOldCopies(): Fault['show'] {
  const copies: Entry[][] = []
  return (newsroom, _poll, chance) => {
    copies.push(frozen(each(report => faultless(report))(newsroom, 0, chance)))
    const back = chance.happens(0.4) ? chance.below(Math.min(3, copies.length)) : 0
    return copies.at(-1 - back)!
  }
}

/** The fourteen ways in which feeds make one report look like another one. */
export const FAULTS: (() => Fault)[] = [
  () => ({
    name: 'ids and addresses change between http and https',
    show: each((report, _at, _poll, chance) => {
      const item = faultless(report, `${chance.happens(0.5) ? 'http' : 'https'}://wqad.example`)
      return chance.happens(0.3) ? { ...item, url: item.url!.replace('//', '//www.') } : item
    }),
  }),
  () => ({
    name: 'the whole site moves to other paths, and ids with it',
    show: each((report, _at, poll) => {
      const url = `https://wqad.example/v${Math.floor(poll / 40)}/${report.number}.html`
      return { ...faultless(report), guid: url, url }
    }),
  }),
  () => ({
    name: 'the id changes with each edit',
    show: each(report => ({
      ...faultless(report),
      guid: `https://wqad.example/id/${report.number * 7919 + report.edits}`,
    })),
  }),
  () => ({
    name: 'ids and addresses carry tracking',
    show: each((report, _at, poll) => {
      const tracked = `${faultless(report).url}?utm_source=rss&utm_campaign=${poll}#xtor=RSS-3-${poll}`
      return { ...faultless(report), guid: tracked, url: tracked }
    }),
  }),
  () => ({
    name: 'ids are places in the feed, so that each is used again',
    show: each((report, at) => ({ ...faultless(report), guid: String(at + 1) })),
  }),
  () => ({
    name: 'all have one id',
    show: each(report => ({ ...faultless(report), guid: 'news' })),
  }),
  () => ({
    name: 'there are no ids',
    show: each(report => ({ ...faultless(report), guid: undefined })),
  }),
  () => ({
    name: 'there are no ids, and all have one address',
    show: each(report => ({ ...faultless(report), guid: undefined, url: 'https://wqad.example/news' })),
  }),
  () => ({
    name: 'there are neither ids nor addresses',
    show: each(report => ({ ...faultless(report), guid: undefined, url: undefined })),
  }),
  () => ({
    name: 'dates are those of the poll',
    show: each((report, _at, _poll, _chance, now) => ({ ...faultless(report), published: now })),
  }),
  () => ({
    name: 'items come in any order, and vanish for a while',
    show: (newsroom, poll, chance) =>
      shuffled(each(report => faultless(report))(newsroom, poll, chance), chance).filter(
        () => !chance.happens(0.3),
      ),
  }),
  () => ({
    name: 'dates lie in the future',
    show: each(report => ({
      ...faultless(report),
      published:
        report.number % 3 === 0 ? report.published + (report.number % 10) * DAY_MS : report.published,
    })),
  }),
  () => ({ name: 'caches give older copies', show: withOldCopies(), isBehind: true }),
  () => ({
    name: 'it is redirected to another host, and addresses follow',
    show: each((report, _at, poll) =>
      faultless(report, `https://n${Math.floor(poll / 50) % 3}.wqad.example`),
    ),
  }),
]
