import { firstDayOf } from '../dates/rough-dates.ts'
import { type Digest, storiesOf } from './digest.ts'
import { partOfEvent } from './events/expected.ts'
import type { Feed } from './feed.ts'
import { keepable } from './kept-values.ts'
import { withHead } from './opened-stories.ts'
import { speakersOf } from './speakers.ts'
import { STALE_DAYS, stalenessOf } from './stale.ts'
import type { Story, Withdrawal } from './story.ts'
import { visibleRevision } from './visible-revision.ts'

/**
 * All content, also what is under embargo. `withdrawals` are those that the editors made with `/desk`, in addition to
 * those in the stories' own files.
 */
export type AllContent = {
  stories: Story[]
  digests: Digest[]
  feeds?: Feed[]
  withdrawals?: Withdrawal[]
  staleDays?: number
}

/**
 * The content that is visible at a moment. `revision` names exactly this content, the same on every machine; it is
 * computed from visible content alone, so that it gives away nothing else. `until` is the next moment at which the
 * content changes by itself.
 */
export type VisibleContent = {
  stories: Story[]
  digests: Digest[]
  feeds: Feed[]
  withdrawn: Withdrawal[]
  revision: string
  until?: number
}

type Embargoed = { embargo?: string }

/**
 * The content that is visible at a moment: nothing before its embargo, and nothing of a withdrawn story. Pure. A story
 * in which nothing is hidden stays the same object, so that caches by story keep working.
 */
export function visibleAt(content: AllContent, now: number): VisibleContent {
  const { stories: allStories, digests, feeds = [], withdrawals = [], staleDays = STALE_DAYS } = content
  const changes: number[] = []
  const open = allStories.filter(({ embargo }) => {
    const opensAt = embargo === undefined ? now : Date.parse(embargo)
    if (opensAt > now) changes.push(opensAt)
    return opensAt <= now
  })
  const withdrawn = withdrawnStories(open, allStories, withdrawals)
  const withdrawnSlugs = new Set(withdrawn.map(({ slug }) => slug))
  const shown = open.flatMap(story => {
    if (withdrawnSlugs.has(story.slug)) return []
    const embargoes = embargoesOf(story)
    if (embargoes.length === 0) return [story]
    changes.push(...embargoes.map(embargo => Date.parse(embargo)).filter(opensAt => opensAt > now))
    return [openPartsOf(story, embargoes, now)]
  })
  const visible = {
    stories: shown,
    digests: visibleDigests(digests, shown, allStories),
    feeds: visibleFeeds(feeds, shown),
    withdrawn,
  }
  const revision = visibleRevision(visible)
  const stories = shown.map(story => {
    const staleness = stalenessOf(story, staleDays, now)
    if (staleness && 'from' in staleness) changes.push(staleness.from)
    return staleness && 'phrase' in staleness ? calledStale(story, staleness.phrase) : story
  })
  return { ...visible, stories, revision, until: changes.toSorted((a, b) => a - b)[0] }
}

/** Every embargo on a story and its parts. */
export const embargoesOf = keepable('embargoes', ({ embargo, quotes, timeline, coming, corrections }) => {
  const embargoes = [embargo, ...[quotes, timeline, coming, corrections].flat().map(part => part.embargo)]
  return [...new Set(embargoes.filter(moment => moment !== undefined))]
})

const staleStories = new WeakMap<Story, Story>()

/** A story with the warning that it is stale: the same object for the same warning. */
function calledStale(story: Story, stale: string): Story {
  const known = staleStories.get(story)
  if (known?.stale === stale) return known
  const called = withHead(story, { stale })
  staleStories.set(story, called)
  return called
}

const openParts = new WeakMap<Story, Map<string, Story>>()

/** A story as it is after some of its embargoes: the same object as long as they are the same ones. */
function openPartsOf(story: Story, embargoes: string[], now: number): Story {
  const over = embargoes.filter(embargo => Date.parse(embargo) <= now).sort()
  const known = openParts.get(story) ?? new Map<string, Story>()
  openParts.set(story, known)
  const key = over.join(' ')
  const isOpen = ({ embargo }: Embargoed) => embargo === undefined || over.includes(embargo)
  const shown = known.get(key) ?? dropNextLabelsOfHidden(hideEmbargoed(story, isOpen), story)
  known.set(key, shown)
  return shown
}

/**
 * The withdrawn stories: by their own story.md, otherwise by the editors. A story under embargo does not exist, so it
 * is not withdrawn either; a story whose files are gone still is.
 */
function withdrawnStories(open: Story[], allStories: Story[], byEditors: Withdrawal[]): Withdrawal[] {
  const bySlug = new Map(byEditors.map(withdrawal => [withdrawal.slug, withdrawal]))
  const existing = open.flatMap(({ slug, command, withdrawn = bySlug.get(slug) }): Withdrawal[] =>
    withdrawn ? [{ slug, on: withdrawn.on, reason: withdrawn.reason, command }] : [],
  )
  if (bySlug.size === 0) return existing
  const slugs = new Set(allStories.map(({ slug }) => slug))
  return [...existing, ...[...bySlug.values()].filter(({ slug }) => !slugs.has(slug))]
}

/** A story without its embargoed parts, and without anything that would give them away. */
function hideEmbargoed(story: Story, isOpen: (part: Embargoed) => boolean): Story {
  const { quotes, timeline, coming, corrections } = story
  const [openQuotes, hiddenQuotes] = partition(quotes, isOpen)
  const [openEvents, hiddenEvents] = partition(timeline, isOpen)
  const [openComing, hiddenComing] = partition(coming, isOpen)
  const hidden = [...hiddenEvents, ...hiddenComing]
  const hiddenParts = new Set([...hiddenQuotes.map(({ id }) => `quote:${id}`), ...hidden.map(partOfEvent)])
  const openCorrections = corrections.filter(
    correction => isOpen(correction) && !hiddenParts.has(correction.part),
  )
  const dates = [story.coversTo, ...openEvents.filter(hasEmbargo).map(({ date }) => firstDayOf(date))]
  const shown: Story = {
    ...withoutEmbargo(story),
    from: openEvents[0]?.date,
    coversTo: dates.toSorted().at(-1)!,
    quotes: openQuotes.map(withoutEmbargo),
    timeline: openEvents.map(withoutEmbargo),
    coming: openComing.map(withoutEmbargo),
    corrections: openCorrections.map(withoutEmbargo),
  }
  const shownSources = citedSources(shown)
  const hiddenSources = new Set([
    ...hiddenQuotes.map(quote => quote.source.number),
    ...hidden.flatMap(event => event.sources),
  ])
  const sources = story.sources.filter(({ number }) => shownSources.has(number) || !hiddenSources.has(number))
  return { ...shown, sources }
}

const hasEmbargo = ({ embargo }: Embargoed) => embargo !== undefined

const withoutEmbargo = <T extends Embargoed>({ embargo: _, ...rest }: T) => rest as T

function partition<T>(items: T[], isIn: (item: T) => boolean): [T[], T[]] {
  const groups = Object.groupBy(items, item => (isIn(item) ? 'in' : 'out'))
  return [groups.in ?? [], groups.out ?? []]
}

/** The numbers of all sources that a story cites anywhere. */
const citedSources = ({ sections, quotes, timeline, coming, facts, people, why }: Story): Set<number> =>
  new Set([
    ...(why?.sources ?? []),
    ...[sections, timeline, coming, facts, people].flat().flatMap(({ sources }) => sources),
    ...quotes.map(({ source }) => source.number),
    ...facts.flatMap(({ claim }) => claim?.source.number ?? []),
  ])

/**
 * Removes the label of the button to the next quote where that next quote is hidden: the label would give away what it
 * is about.
 */
function dropNextLabelsOfHidden(shown: Story, whole: Story): Story {
  if (shown.quotes.length === whole.quotes.length) return shown
  const shownIds = new Set(shown.quotes.map(({ id }) => id))
  const misleading = new Set(
    speakersOf(whole).flatMap(speaker =>
      speaker.quotes.flatMap(({ quote }, index) => {
        const next = speaker.quotes[index + 1]?.quote
        return quote.next !== undefined && next && !shownIds.has(next.id) ? [quote.id] : []
      }),
    ),
  )
  const quotes = shown.quotes.map(quote => {
    if (!misleading.has(quote.id)) return quote
    const { next: _, ...rest } = quote
    return rest
  })
  return { ...shown, quotes }
}

/** The digests without the names of hidden stories; a digest whose stories are all hidden is hidden itself. */
function visibleDigests(digests: Digest[], shown: Story[], allStories: Story[]): Digest[] {
  const slugs = new Set(digests.some(({ stories }) => stories) ? shown.map(({ slug }) => slug) : [])
  return digests.flatMap(digest => {
    if (storiesOf(shown, digest).length === 0 && storiesOf(allStories, digest).length > 0) return []
    if (!digest.stories || digest.stories.every(slug => slugs.has(slug))) return [digest]
    return [{ ...digest, stories: digest.stories.filter(slug => slugs.has(slug)) }]
  })
}

/** The feeds without the names of hidden stories: their items belong to none of the others instead. */
function visibleFeeds(feeds: Feed[], shown: Story[]): Feed[] {
  if (!feeds.some(({ stories }) => stories)) return feeds
  const slugs = new Set(shown.map(({ slug }) => slug))
  const isShown = ({ stories = [] }: Feed) => stories.every(slug => slugs.has(slug))
  if (feeds.every(isShown)) return feeds
  return feeds.map(feed =>
    isShown(feed) ? feed : { ...feed, stories: feed.stories!.filter(slug => slugs.has(slug)) },
  )
}
