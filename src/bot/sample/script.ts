/** What is chosen instead of a digest to have the sample feed replayed: no digest has a name with a space. */
export const SAMPLE_CHOICE = 'sample feed'

/** A report of the sample feed as it is at a moment. */
export type SampleReport = { id: string; title: string; at: number }

type Scripted = {
  id: string
  after: number
  title: string
  later?: { after: number; title: string }
  withdrawnAfter?: number
}

/**
 * What the sample feed says, and how many seconds after its start. The third headline changes while people look, and the
 * last report is taken back.
 */
const SCRIPT: Scripted[] = [
  { id: 'welcome', after: 0, title: 'The sample feed begins' },
  { id: 'council', after: 15, title: 'Council to vote on the old bridge tonight' },
  {
    ...{ id: 'mayor', after: 35, title: 'Old bridge stays shut until June, mayor says' },
    later: { after: 65, title: 'Old bridge stays shut until July, mayor says' },
  },
  { id: 'drivers', after: 95, title: 'Drivers protest in front of city hall', withdrawnAfter: 125 },
]

/** How long after the start of the sample feed a brief falls due in a replay: before the headline changes. */
export const SAMPLE_BRIEF_MS = 50_000

/** The moments, in ms after its start, at which the sample feed says something else than before. */
export const sampleMoments = (): number[] =>
  SCRIPT.flatMap(({ after, later, withdrawnAfter }) => [
    after,
    later?.after ?? after,
    withdrawnAfter ?? after,
  ])
    .map(seconds => seconds * 1_000)
    .toSorted((a, b) => a - b)

// The first is there from the beginning at each start: it is no news.
const idOf = ({ id, after }: Scripted, startedAt: number) => (after === 0 ? id : `${id}-${startedAt}`)

/** The reports that the sample outlet takes back, and when. */
export const sampleWithdrawals = (startedAt: number): { id: string; at: number }[] =>
  SCRIPT.flatMap(scripted =>
    scripted.withdrawnAfter === undefined
      ? []
      : [{ id: idOf(scripted, startedAt), at: startedAt + scripted.withdrawnAfter * 1_000 }],
  )

/** The page of a report. */
export const samplePage = (base: string, id: string): string => `${base}/reports/${id}`

/** The reports of the sample feed at a moment, the newest first. */
export const sampleReports = (startedAt: number, now: number): SampleReport[] =>
  SCRIPT.filter(
    ({ after, withdrawnAfter = Number.POSITIVE_INFINITY }) =>
      startedAt + after * 1_000 <= now && now < startedAt + withdrawnAfter * 1_000,
  )
    .map(scripted => {
      const { after, title, later } = scripted
      const isLater = later !== undefined && startedAt + later.after * 1_000 <= now
      return {
        id: idOf(scripted, startedAt),
        title: isLater ? later.title : title,
        at: startedAt + after * 1_000,
      }
    })
    .reverse()

/** Writes the sample feed as RSS; its titles need no escaping. */
export const sampleRss = (base: string, reports: SampleReport[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Sample Gazette</title><link>${base}/</link>
${reports
  .map(
    ({ id, title, at }) =>
      `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>${samplePage(base, id)}</link><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
  )
  .join('\n')}
</channel></rss>
`
