/** A report as it truly is: nothing of it ever changes but its title. */
type Report = { number: number; title: string; day: number; feed: string }

/** A feed at a version: what a server that misbehaves in one way writes of its reports. */
export type RestlessFeed = { name: string; write(version: number): string; titles(version: number): string[] }

const REPORTS = 12
/** After so many versions the next report is edited. */
const EDIT_EVERY = 2
const FIRST_DAY = Date.UTC(2018, 3, 1)
const DAY_MS = 86_400_000
const SUBJECTS = [
  'Council votes on bridge repairs after a long night',
  'Two schools close early because of flooding',
  'Judge hears arguments over police grants',
  'Hospital opens a new wing for children',
  'Airport delays continue into the weekend',
  'Museum finds lost drawings in its cellar',
  'Farmers wait for rain in the western counties',
  'Mayor names a new chief of the fire department',
  'River trail to reopen before the summer',
  'Library extends its hours on Sundays',
  'Factory plans to hire two hundred people',
  'Choir returns from its tour of the coast',
]

/** How often a report was edited up to a version: one after the other is, the first ones soon. */
const editsOf = (number: number, version: number) =>
  Math.max(0, Math.floor((version - 2 - number * EDIT_EVERY) / (EDIT_EVERY * REPORTS)) + 1)

const reportsAt = (feed: string, version: number, isEdited = true): Report[] =>
  SUBJECTS.map((subject, number) => {
    const edits = isEdited ? editsOf(number, version) : 0
    const title = `${subject} in ${feed}`
    return { feed, number, day: number, title: edits === 0 ? title : `${title}, update ${edits}` }
  })

/** Of another town in each feed: no two feeds have the same report. */
const textOf = ({ number, feed }: Report) =>
  `${SUBJECTS[number]} was what people in ${feed} talked about on that day. The town hall of ${feed} said that more would be known soon, and that everybody in ${feed} who has a question about matter number ${number} may call the office until Friday at noon. A reporter of ${feed} was there.`

type Entry = { guid?: string; link?: string; date?: string; title: string; text: string }

const rss = (entries: Entry[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Restless</title><link>https://news.example/</link>${entries
    .map(
      ({ guid, link, date, title, text }) =>
        `<item>${guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`}${
          link === undefined ? '' : `<link>${link}</link>`
        }${date === undefined ? '' : `<pubDate>${date}</pubDate>`}<title>${title}</title><description>${text}</description></item>`,
    )
    .join('')}</channel></rss>`

const dateOf = ({ day }: Report, shiftMs = 0) => new Date(FIRST_DAY + day * DAY_MS + shiftMs).toUTCString()

const entryOf = (report: Report, more: Partial<Entry> = {}): Entry => ({
  guid: `id-${report.number}`,
  link: `https://${report.feed}.example/story/${report.number}-${SUBJECTS[report.number]!.split(' ').slice(0, 3).join('-').toLowerCase()}`,
  date: dateOf(report),
  title: report.title,
  text: textOf(report),
  ...more,
})

const withoutGuid = (report: Report, more: Partial<Entry> = {}): Entry => {
  const { guid: _, ...entry } = entryOf(report, more)
  return entry
}

const feed = (
  name: string,
  entries: (reports: Report[], version: number) => Entry[],
  { isEdited = true }: { isEdited?: boolean } = {},
): RestlessFeed => ({
  name,
  // The version stands in it, so that no two bodies are the same.
  write: version => `${rss(entries(reportsAt(name, version, isEdited), version))}<!-- ${version} -->`,
  titles: version => reportsAt(name, version, isEdited).map(({ title }) => title),
})

/** The order of a version, the same each time that it is asked for. */
const shuffled = (reports: Report[], version: number) =>
  reports.toSorted(
    (a, b) => ((a.number * 7 + version * 5) % REPORTS) - ((b.number * 7 + version * 5) % REPORTS),
  )

/** Feeds that each do one of the things that make others post the same report again. */
export const RESTLESS_FEEDS: RestlessFeed[] = [
  feed('scheme', (reports, version) =>
    reports.map(report => {
      const link = entryOf(report).link!
      const other = version % 2 === 0 ? link : link.replace('https:', 'http:')
      return entryOf(report, { guid: other, link: other })
    }),
  ),
  feed(
    'path',
    (reports, version) =>
      reports.map(report => {
        const link = `https://${report.feed}.example/${'abcdefgh'[Math.floor(version / 8) % 8]}/${report.number}`
        return entryOf(report, { guid: link, link })
      }),
    { isEdited: false },
  ),
  feed('id-by-edit', (reports, version) =>
    reports.map(report =>
      entryOf(report, { guid: `id-${report.number}-${editsOf(report.number, version)}` }),
    ),
  ),
  feed('one-id', reports => reports.map(report => entryOf(report, { guid: 'the-feed' }))),
  feed('no-id-no-link', reports => reports.map(report => withoutGuid(report, { link: undefined })), {
    isEdited: false,
  }),
  feed('no-id', reports => reports.map(report => withoutGuid(report))),
  feed('tracking', (reports, version) =>
    reports.map(report => {
      const link = `${entryOf(report).link}?utm_source=rss&amp;utm_content=${version}#xtor=RSS-3-${version}`
      return entryOf(report, { guid: link, link })
    }),
  ),
  feed('moving-dates', (reports, version) =>
    reports.map(report => entryOf(report, { date: dateOf(report, version * 60_000) })),
  ),
  feed('no-dates', reports => reports.map(report => entryOf(report, { date: undefined }))),
  feed('any-order', (reports, version) => shuffled(reports, version).map(report => entryOf(report))),
  feed('gone-and-back', (reports, version) =>
    reports.filter(({ number }) => (number + version) % 4 !== 0).map(report => entryOf(report)),
  ),
  feed('new-host', (reports, version) =>
    reports.map(report => {
      const host = version % 20 < 10 ? report.feed : `www.${report.feed}`
      return entryOf(report, { link: entryOf(report).link!.replace(report.feed, host) })
    }),
  ),
  feed('moved', reports => reports.map(report => entryOf(report))),
  feed('quiet', (reports, version) =>
    reports.map(report => entryOf(report, { text: `${textOf(report)} ${version}` })),
  ),
]
