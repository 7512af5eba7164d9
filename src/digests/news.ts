import { type PartContent, partContentsOf } from '../content/parts.ts'
import type { Story } from '../content/story.ts'
import { localDate } from '../dates.ts'
import type { Revision } from '../store/revisions.ts'

/** How something is new, in the order in which an edition tells it. */
const NEWS_KINDS = ['CORRECTED', 'NEW', 'ADDED', 'REVISED'] as const
export type NewsKind = (typeof NEWS_KINDS)[number]

/**
 * One new thing: a part, the slug of its story, and the day it is about, or the day of its revision if it is REVISED.
 */
export type NewsItem = { kind: NewsKind; part: string; story: string; date?: string }

/** The newest revision of every part, by its id. */
export type Revisions = ReadonlyMap<string, Revision>

/** Asks what was new after one moment and up to another, with days counted in a zone. */
export type NewsQuery = {
  stories: Story[]
  revisions: Revisions
  newsFrom: number
  newsTo: number
  zone: string
}

/**
 * Lists what is new, the most important first. An event is NEW if it happened since; an older event that was entered
 * since is ADDED, and so are quotes, sections and facts. A corrected part is not listed as REVISED too, and a story
 * that is new as a whole is one item, named by its label. Only parts of the given stories are ever named.
 */
export function newsOf({ stories, revisions, newsFrom, newsTo, zone }: NewsQuery): NewsItem[] {
  const since = localDate(newsFrom, zone)
  const changed = Map.groupBy(
    changesAfter(revisions, newsFrom).filter(
      ({ firstSeenAt, seenAt }) => (firstSeenAt > newsFrom ? firstSeenAt : seenAt) <= newsTo,
    ),
    revision => revision.story,
  )
  const items = stories.flatMap(story =>
    newsOfStory(story, changed.get(story.slug) ?? [], newsFrom, since, zone),
  )
  return items.sort(
    (a, b) =>
      NEWS_KINDS.indexOf(a.kind) - NEWS_KINDS.indexOf(b.kind) ||
      // The newest first, and last what has no day.
      compare(b.date ?? '', a.date ?? ''),
  )
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

function newsOfStory(
  story: Story,
  changed: Revision[],
  newsFrom: number,
  since: string,
  zone: string,
): NewsItem[] {
  if (changed.length === 0) return []
  const byPart = new Map(changed.map(revision => [revision.part, revision]))
  const label = byPart.get(`${story.slug}/label`)
  const kindOf = (date: string) => (date >= since ? 'NEW' : 'ADDED')
  if (label && label.firstSeenAt > newsFrom)
    return [{ kind: kindOf(story.coversTo), part: label.part, story: story.slug, date: story.coversTo }]

  const corrected = new Set<string>()
  const items: NewsItem[] = []
  // In the order of the story's own files: that of the store does not matter.
  for (const [part, content] of partContentsOf(story)) {
    const revision = byPart.get(part)
    if (!revision) continue
    const item = (kind: NewsKind, date?: string): NewsItem => ({
      kind,
      part,
      story: story.slug,
      ...(date !== undefined && { date }),
    })
    if (revision.firstSeenAt <= newsFrom) {
      if (REVISABLE.has(content.kind)) items.push(item('REVISED', localDate(revision.seenAt, zone)))
      continue
    }
    if (content.kind === 'correction') {
      corrected.add(`${story.slug}/${content.correction.part}`)
      items.push(item('CORRECTED', content.correction.on))
    } else if (content.kind === 'event') items.push(item(kindOf(content.event.date), content.event.date))
    else if (content.kind === 'quote') items.push(item('ADDED', saidOn(content)))
    else if (content.kind === 'section' || content.kind === 'fact') items.push(item('ADDED'))
  }
  const news = items.filter(({ kind, part }) => kind !== 'REVISED' || !corrected.has(part))
  // Title, state and dates change with every event, so a changed label is news only if nothing else is.
  return news.length > 1 ? news.filter(({ part }) => !part.endsWith('/label')) : news
}

/** The kinds of parts whose revisions are news. Sources and people are not: they appear with what cites them. */
const REVISABLE = new Set<PartContent['kind']>(['label', 'section', 'quote', 'event', 'fact'])

const saidOn = ({ quote }: PartContent & { kind: 'quote' }) =>
  quote.saidOn === 'not given' ? undefined : quote.saidOn

const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)
