import { type PartContent, partContentsOf, partOrderOf } from '../content/parts.ts'
import type { Quote, Story } from '../content/story.ts'
import { localDate } from '../dates/dates.ts'
import { lastDayOf } from '../dates/rough-dates.ts'
import type { Revision } from '../store/revisions/revisions.ts'
import { type NewsItem, type NewsKind, sortNews } from './news-order.ts'

/** The newest revisions of parts, by their ids: of all that an edition needs, or of more. */
export type Revisions = ReadonlyMap<string, Revision>

/**
 * News that an edition could not tell, because the part was not in the content just then: somebody took it out, or took
 * its story down. It is told once it is back, as news since the moment where that edition began.
 */
export type OwedPart = { part: string; since: number }

/** Asks what was new after one moment and up to another, with days counted in a zone; what was owed belongs to it. */
export type NewsQuery = {
  stories: Story[]
  revisions: Revisions
  newsFrom: number
  newsTo: number
  owed?: OwedPart[]
  zone: string
}

/**
 * Lists what is new, the most important first. An event is NEW if it happened since, and so are words that were said
 * since; what is older and was entered since is ADDED, and so are sections and facts. A corrected part is not listed as
 * REVISED too, and a story that is new as a whole is one item, named by its label. Only parts of the given stories are
 * ever named.
 */
export const newsOf = (query: NewsQuery): NewsItem[] => sortNews([...newsByStory(query)].flat())

/** Lists the news of one story after another, for a caller who lets others run in between; `sortNews` puts them in order. */
export function* newsByStory(query: NewsQuery): Generator<NewsItem[]> {
  const changed = Map.groupBy(changedParts(query).values(), ({ revision }) => revision.story)
  for (const story of query.stories) {
    const changes = changed.get(story.slug)
    if (changes) yield newsOfStory(story, changes, query)
  }
}

/** How long what could not be told is owed. After that it is old, and most of it was taken out for good. */
const OWED_FOR_MS = 30 * 86_400_000

/** The moment after which a part must have changed to be owed after an edition. */
export const owedSince = ({ newsFrom, newsTo }: Pick<NewsQuery, 'newsFrom' | 'newsTo'>): number =>
  Math.max(newsFrom, newsTo - OWED_FOR_MS)

/**
 * Lists what is still owed after an edition: news until its end whose parts are not in the content that it was selected
 * from. `story` looks in all of that content; `mayBeOurs` says whether a story that is not there may be in the digest.
 */
export function stillOwed({
  stories,
  story,
  mayBeOurs,
  ...query
}: Omit<NewsQuery, 'zone'> & {
  story(slug: string): Story | undefined
  mayBeOurs(slug: string): boolean
}): OwedPart[] {
  const ours = new Set(stories)
  const isGone = ({ part, story: slug }: Revision) => {
    const found = story(slug)
    return found ? ours.has(found) && !partContentsOf(found).has(part) : mayBeOurs(slug)
  }
  return [...changedParts(query).values()].flatMap(({ revision, since }) =>
    isNewsPart(revision.part) && revision.seenAt > query.newsTo - OWED_FOR_MS && isGone(revision)
      ? [{ part: revision.part, since }]
      : [],
  )
}

/** A changed part; `since` is the moment after which it is news. */
type ChangedPart = { revision: Revision; since: number }

/** The parts that changed in the time of a query, and those that were owed. */
function changedParts({ revisions, newsFrom, newsTo, owed = [] }: Omit<NewsQuery, 'stories' | 'zone'>) {
  const changed = new Map<string, ChangedPart>()
  for (const revision of changesAfter(revisions, newsFrom)) {
    const { part, firstSeenAt, seenAt } = revision
    if ((firstSeenAt > newsFrom ? firstSeenAt : seenAt) <= newsTo)
      changed.set(part, { revision, since: newsFrom })
  }
  for (const { part, since } of owed) {
    const revision = revisions.get(part)
    if (revision) changed.set(part, { revision, since })
  }
  return changed
}

const revisionsByTime = new WeakMap<Revisions, Revision[]>()

/** The revisions after a moment. Sorted only once, so that asking for a thousand channels costs almost nothing. */
export function changesAfter(revisions: Revisions, after: number): Revision[] {
  const ordered =
    revisionsByTime.get(revisions) ?? [...revisions.values()].sort((a, b) => b.seenAt - a.seenAt)
  revisionsByTime.set(revisions, ordered)
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ordered[middle]!.seenAt > after) low = middle + 1
    else high = middle
  }
  return ordered.slice(0, low)
}

function newsOfStory(story: Story, changed: ChangedPart[], { zone }: NewsQuery): NewsItem[] {
  const label = changed.find(({ revision }) => revision.part === `${story.slug}/label`)
  // A month is as new as its last day. Of a year, nobody knows.
  const kindOf = (date: string, since: number) =>
    (date.length === 'YYYY-MM'.length ? lastDayOf(date) : date) >= localDate(since, zone) ? 'NEW' : 'ADDED'
  if (label && label.revision.firstSeenAt > label.since) {
    const kind = kindOf(story.coversTo, label.since)
    return [{ kind, part: label.revision.part, story: story.slug, date: story.coversTo }]
  }

  const corrected = new Set<string>()
  const items: NewsItem[] = []
  const contents = partContentsOf(story)
  for (const { revision, since } of inOrderOfFiles(story, changed)) {
    const { part, firstSeenAt, seenAt } = revision
    const content = contents.get(part)!
    const item = (kind: NewsKind, date?: string): NewsItem => ({
      kind,
      part,
      story: story.slug,
      ...(date !== undefined && { date }),
      ...(content.kind === 'event' && content.event.major && { major: true }),
    })
    if (firstSeenAt <= since) {
      if (REVISABLE.has(content.kind)) items.push(item('REVISED', localDate(seenAt, zone)))
      continue
    }
    if (content.kind === 'correction') {
      corrected.add(`${story.slug}/${content.correction.part}`)
      items.push(item('CORRECTED', content.correction.on))
    } else if (content.kind === 'event') {
      const { date, expected } = content.event
      items.push(item(expected ? 'COMING' : kindOf(date, since), date))
    } else if (content.kind === 'quote') {
      const day = dayOfWords(content.quote)
      items.push(item(day === undefined ? 'ADDED' : kindOf(day, since), day))
    } else if (content.kind === 'section' || content.kind === 'fact') items.push(item('ADDED'))
  }
  const news = items.filter(({ kind, part }) => kind !== 'REVISED' || !corrected.has(part))
  for (const quote of news) {
    const content = contents.get(quote.part)
    const event = content?.kind === 'quote' && eventOf(quote, content.quote, news, contents)
    if (event) event.quoted = true
  }
  // Title, state and dates change with every event, so a changed label is news only if nothing else is.
  return news.length > 1 ? news.filter(({ part }) => !part.endsWith('/label')) : news
}

/** The event among some news at which words were said: of their day and from their source, or else the first of the day. */
function eventOf(
  { kind, date }: NewsItem,
  { source }: Quote,
  news: NewsItem[],
  contents: Map<string, PartContent>,
): NewsItem | undefined {
  const ofTheDay = news.filter(
    item => item.kind === kind && item.date === date && contents.get(item.part)?.kind === 'event',
  )
  const ofTheSource = ofTheDay.find(({ part }) => {
    const content = contents.get(part)
    return content?.kind === 'event' && content.event.sources.includes(source.number)
  })
  return ofTheSource ?? ofTheDay[0]
}

/** The changes of parts that a story has, in the order of its own files: that of the store does not matter. */
function inOrderOfFiles(story: Story, changed: ChangedPart[]): ChangedPart[] {
  const order = partOrderOf(story)
  const placeOf = ({ revision }: ChangedPart) => order.get(revision.part)
  return changed.filter(change => placeOf(change) !== undefined).sort((a, b) => placeOf(a)! - placeOf(b)!)
}

/** The kinds of parts whose revisions are news. Sources and people are not: they appear with what cites them. */
const REVISABLE = new Set<PartContent['kind']>(['label', 'section', 'quote', 'event', 'fact'])

/** Whether a part may be news by itself. */
const isNewsPart = (part: string) => !/^[^/]+\/(source|who):/.test(part)

/** The day of a quotation: when it was said, or else when its source brought it. */
const dayOfWords = ({ saidOn, source }: Quote) => (saidOn === 'not given' ? source.date : saidOn)
