/** A report of the sample feed as it is at a moment. */
export type SampleReport = { id: string; title: string; at: number }

/** What the sample feed says, and how many seconds after its start. The second headline changes while people look. */
const SCRIPT: { id: string; after: number; title: string; later?: { after: number; title: string } }[] = [
  { id: 'welcome', after: 0, title: 'The sample feed begins' },
  { id: 'council', after: 15, title: 'Council to vote on the old bridge tonight' },
  {
    ...{ id: 'mayor', after: 35, title: 'Old bridge stays shut until June, mayor says' },
    later: { after: 65, title: 'Old bridge stays shut until July, mayor says' },
  },
  { id: 'drivers', after: 95, title: 'Drivers protest in front of city hall' },
]

/** The reports of the sample feed at a moment, the newest first. */
export const sampleReports = (startedAt: number, now: number): SampleReport[] =>
  SCRIPT.filter(({ after }) => startedAt + after * 1_000 <= now)
    .map(({ id, after, title, later }) => ({
      // The first is there from the beginning at each start: it is no news.
      id: after === 0 ? id : `${id}-${startedAt}`,
      title: later && startedAt + later.after * 1_000 <= now ? later.title : title,
      at: startedAt + after * 1_000,
    }))
    .reverse()

/** Writes the sample feed as RSS; its titles need no escaping. */
export const sampleRss = (base: string, reports: SampleReport[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Sample Gazette</title><link>${base}/</link>
${reports
  .map(
    ({ id, title, at }) =>
      `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>${base}/reports/${id}</link><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
  )
  .join('\n')}
</channel></rss>
`
