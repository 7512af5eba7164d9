import type { ParsedItem } from '../../../../src/wire/item.ts'

/** An entry of a poll, and the report that it is in truth. */
export type Told = ParsedItem & { is: string }
/** What a feed shows from poll to poll, and how often a reader sees its reports change: title or address. */
export type Sequence = { name: string; polls: Told[][]; edits: number }

/** An hour in milliseconds. */
export const HOUR = 3_600_000
/** A day in milliseconds. */
export const DAY = 24 * HOUR
/** When the first poll is; each next one is an hour later. */
export const FIRST_POLL = Date.parse('2026-03-02T12:00:00Z')
/** Where all reports stand. */
export const SITE = 'https://wqad.example'

const HEADLINES = {
  fares: 'Transit board votes to raise fares by a quarter in June',
  bridge: 'Bridge over the Rock River closes for repairs until autumn',
  school: 'School district names a new superintendent after long search',
  fire: 'Three families lose their homes in a fire in East Moline',
  council: 'City council delays the vote on the stadium for a month',
}
const TEXTS: Record<string, string> = {
  fares:
    'Riders will pay more from June on after a vote of five to four, the closest in a decade. The chair said that federal money had run out, while a union of drivers asked for cuts at the top first and promised to come back in May.',
  bridge:
    'Engineers found cracks in two of its nine piers during a routine inspection. Trucks are sent over Interstate 80 until the work is done; the state pays eleven million dollars, and ferries may help commuters who walk or cycle.',
  school:
    'Maria Delgado led a district of forty schools in Iowa before. She takes over in August from an interim head, and told parents that reading comes first, then pay for aides, then the roof of the high school gym.',
  fire: 'Nobody was hurt when flames spread from a garage to two houses before dawn. The Red Cross put up nine people in a motel; investigators look into a space heater, and neighbors collect clothes at the parish hall.',
  council:
    'Aldermen want to read the contract of the builder before they decide on bonds worth sixty million. The mayor called it a formality; the owner of the team said that Davenport had made a better offer last week.',
}
/** A short name of a report. */
export type Name = keyof typeof HEADLINES
/** The reports of a usual feed, by short names. */
export const NAMES = Object.keys(HEADLINES) as Name[]

/** A title as it stands in an address. */
export const slug = (title: string) => title.toLowerCase().replace(/[^a-z]+/g, '-')
/** The text of a report; for other names, one that differs little from each other. */
export const body = (name: string) =>
  TEXTS[name] ??
  `${name} told in full. `.repeat(3) +
    `What happened around ${name} was confirmed by two officials on Monday, and ${name} will be heard again next week.`

/** A report with everything that a good feed gives. */
export const report = (name: Name, more: Partial<ParsedItem> = {}): Told => ({
  is: name,
  guid: `${SITE}/?p=${100 + NAMES.indexOf(name)}`,
  title: HEADLINES[name],
  url: `${SITE}/news/${slug(HEADLINES[name])}`,
  text: body(name),
  published: FIRST_POLL - (NAMES.indexOf(name) + 1) * 61 * 60_000,
  ...more,
})
/** All reports of the feed, each with a change. */
export const all = (change: (told: Told, at: number) => Partial<Told> = () => ({})): Told[] =>
  NAMES.map((name, at) => ({ ...report(name), ...change(report(name), at) }))
/** All reports, with the first one changed. */
export const but = (more: Partial<Told>, change?: Parameters<typeof all>[0]): Told[] => {
  const [first, ...rest] = all(change)
  return [{ ...first!, ...more }, ...rest]
}
/** The headline of the first report after a small edit. */
export const EDITED = 'Transit board votes to raise fares by a third in June'
/** A feed that has one report more at each poll, the newest first. */
export const days = (count: number, tell: (day: number) => Told): Told[][] =>
  Array.from({ length: count }, (_, last) =>
    Array.from({ length: last + 1 }, (_, day) => tell(day)).reverse(),
  )
