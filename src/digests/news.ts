import { type PartContent, partContentsOf } from '../content/parts.ts'
import type { Story } from '../content/story.ts'
import { localDate } from '../dates.ts'
import type { Revision } from '../store/revisions.ts'

/** How something is new. In the order in which it is told. */
const NEWS_KINDS = ['CORRECTED', 'NEW', 'ADDED', 'REVISED'] as const
export type NewsKind = (typeof NEWS_KINDS)[number]

/** One thing that is new: a part, the slug of its story, and the day that it is about or, revised, of its revision. */
export type NewsItem = { kind: NewsKind; part: string; story: string; date?: string }

/** The newest revision of every part, by its id. */
export type Revisions = ReadonlyMap<string, Revision>

/** What was new after one moment and up to another; days are counted in a zone. */
export type NewsQuery = {
  stories: Story[]
  revisions: Revisions
  newsFrom: number
  newsTo: number
  zone: string
}

/**
 * What is new, the most important first. An event is NEW when it happened since; one that is older and was only entered
 * since is ADDED, as are quotes, sections and facts. What was corrected is not told as REVISED too, and a story that is
 * new as a whole is one item, named by its label. Only parts of these stories are ever named.
 */
export function newsOf({ stories, revisions, newsFrom, newsTo, zone }: NewsQuery): NewsItem[] {
  const since = localDate(newsFrom, zone)
  const changed = Map.groupBy(
    changesAfter(revisions, newsFrom).filter(
      one => (one.firstSeenAt > newsFrom ? one.firstSeenAt : one.seenAt) <= newsTo,
    ),
    revision => revision.story,
  )
  const items = stories.flatMap(story =>
    newsOfStory(story, changed.get(story.slug) ?? [], newsFrom, since, zone),
  )
  return items.sort(
    (a, b) =>
      NEWS_KINDS.indexOf(a.kind) - NEWS_KINDS.indexOf(b.kind) ||
      // The newest first; what has no day stands last.
      compare(b.date ?? '', a.date ?? ''),
  )
}

const revisionsByTime = new WeakMap<Revisions, Revision[]>()

/** Revisions after a moment: put in order once, so that a thousand channels ask of thousands of stories at no cost. */
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
  const isNew = (date: string) => (date >= since ? 'NEW' : 'ADDED')
  if (label && label.firstSeenAt > newsFrom)
    return [{ kind: isNew(story.coversTo), part: label.part, story: story.slug, date: story.coversTo }]

  const corrected = new Set<string>()
  const items: NewsItem[] = []
  // In the order of the story's own files, whatever the store's is.
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
    } else if (content.kind === 'event') items.push(item(isNew(content.event.date), content.event.date))
    else if (content.kind === 'quote') items.push(item('ADDED', saidOn(content)))
    else if (content.kind === 'section' || content.kind === 'fact') items.push(item('ADDED'))
  }
  const told = items.filter(one => one.kind !== 'REVISED' || !corrected.has(one.part))
  // Title, state and dates move with the story: that they did is told only where nothing else is.
  return told.length > 1 ? told.filter(one => !one.part.endsWith('/label')) : told
}

/** Sources and people are never told for themselves: they come with what rests on them. */
const REVISABLE = new Set<PartContent['kind']>(['label', 'section', 'quote', 'event', 'fact'])

const saidOn = ({ quote }: PartContent & { kind: 'quote' }) =>
  quote.saidOn === 'not given' ? undefined : quote.saidOn

const compare = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)
