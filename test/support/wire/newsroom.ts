import type { ParsedItem } from '../../../src/wire/item.ts'

/** A report of a newsroom that does not exist, with what it is in truth, whatever its feed says. */
export type Report = {
  number: number
  title: string
  text: string
  published: number
  edits: number
}

/** A source of chance that gives the same each time. */
export type Chance = { below(limit: number): number; happens(share: number): boolean }

/** Makes a source of chance from a number. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0 || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  return { below: limit => Math.floor(next() * limit), happens: share => next() < share }
}

const WORDS =
  'city court judge bridge river council mayor police school budget vote storm train harbor union strike water power jury appeal state house senate plan deal fire park road bank trade plant farm hospital tax film law tower market fair north south'.split(
    ' ',
  )

const sentence = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => WORDS[chance.below(WORDS.length)]).join(' ')

const HOUR_MS = 3_600_000
/** How many reports the feed shows. */
const WINDOW = 15

/** A newsroom over time: at each step it may publish reports and edit some of those in its feed. */
export type Newsroom = { now(): number; step(): void; inFeed(): Report[]; all(): Report[] }

/** Makes a newsroom. No two of its reports have the same title, as long as none is edited into another's. */
export function openNewsroom(chance: Chance, start: number): Newsroom {
  const reports: Report[] = []
  let now = start
  const publish = () =>
    reports.push({
      number: reports.length,
      title: `${sentence(chance, 4 + chance.below(6))} ${reports.length}`,
      text: sentence(chance, 30 + chance.below(40)),
      published: now - chance.below(HOUR_MS / 2),
      edits: 0,
    })
  for (let count = 0; count < WINDOW; count++) {
    now += HOUR_MS
    publish()
  }
  return {
    now: () => now,
    step() {
      now += HOUR_MS
      for (let count = chance.below(3); count > 0; count--) publish()
      for (const report of reports.slice(-WINDOW))
        if (chance.happens(0.03)) {
          report.edits++
          if (chance.happens(0.6)) report.title = `${sentence(chance, 4 + chance.below(6))} ${report.number}`
          else report.text = `${report.text} ${sentence(chance, 2)}`
        }
    },
    inFeed: () => reports.slice(-WINDOW).reverse(),
    all: () => reports,
  }
}

/** A report as a feed without any fault gives it. */
export const faultless = (report: Report, host = 'https://wqad.example'): ParsedItem => ({
  guid: `${host}/?p=${1000 + report.number}`,
  title: report.title,
  url: `${host}/news/${report.number}/story`,
  text: report.text,
  published: report.published,
})
