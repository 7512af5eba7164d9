import { type Digest, storiesOf } from './digest.ts'
import { type StoryQuote, speakersOf } from './speakers.ts'
import { STALE_DAYS, stalenessOf } from './stale.ts'
import type { Story, Withdrawal } from './story.ts'
import { visibleRevision } from './visible-revision.ts'

/**
 * All there is, whether anybody may see it yet or not. `withdrawals` are those that the desk made by command, on top of
 * what the stories say themselves.
 */
export type AllContent = {
  stories: Story[]
  digests: Digest[]
  withdrawals?: Withdrawal[]
  staleDays?: number
}

/**
 * What can be seen at a moment. `revision` tells one such content from another, the same on every machine; it is made
 * from what is seen alone, so that it says nothing of what is not. `until` is the next moment at which this changes.
 */
export type VisibleContent = {
  stories: Story[]
  digests: Digest[]
  withdrawn: Withdrawal[]
  revision: string
  until?: number
}

type Embargoed = { embargo?: string }

/**
 * What exists at a moment: nothing before its embargo, and nothing of a story that was withdrawn. Pure; a story of which
 * nothing is hidden stays the same object.
 */
export function visibleAt(everything: AllContent, now: number): VisibleContent {
  const { stories: all, digests, withdrawals = [], staleDays = STALE_DAYS } = everything
  const moments: number[] = []
  const isOpen = ({ embargo }: Embargoed): boolean => {
    if (embargo === undefined) return true
    const at = Date.parse(embargo)
    if (at > now) moments.push(at)
    return at <= now
  }
  const there = all.filter(isOpen)
  const withdrawn = withdrawnStories(there, all, withdrawals)
  const gone = new Set(withdrawn.map(({ slug }) => slug))
  const open = dropNextLabelsOfHidden(
    there.filter(({ slug }) => !gone.has(slug)).map(story => hideEmbargoed(story, isOpen)),
    all,
  )
  const shown = { stories: open, digests: visibleDigests(digests, open, all), withdrawn }
  const revision = visibleRevision(shown)
  const stories = open.map(story => {
    const staleness = stalenessOf(story, staleDays, now)
    if (staleness && 'from' in staleness) moments.push(staleness.from)
    return staleness && 'phrase' in staleness ? { ...story, stale: staleness.phrase } : story
  })
  const until = moments.reduce((next, at) => Math.min(next, at), Number.POSITIVE_INFINITY)
  return { ...shown, stories, revision, ...(moments.length > 0 && { until }) }
}

/**
 * What was taken down: by its own story.md, or else by the desk. A story under embargo does not exist, so it was not
 * taken down either; one whose files are gone still was.
 */
function withdrawnStories(there: Story[], all: Story[], byDesk: Withdrawal[]): Withdrawal[] {
  const known = new Map(byDesk.map(one => [one.slug, one]))
  const found = there.flatMap(({ slug, command, withdrawn = known.get(slug) }): Withdrawal[] =>
    withdrawn
      ? [{ slug, on: withdrawn.on, reason: withdrawn.reason, ...(command !== undefined && { command }) }]
      : [],
  )
  const slugs = new Set(all.map(({ slug }) => slug))
  return [...found, ...[...known.values()].filter(({ slug }) => !slugs.has(slug))]
}

/** A story without what is still secret in it, and without what says that something was. */
function hideEmbargoed(story: Story, isOpen: (one: Embargoed) => boolean): Story {
  const { quotes, timeline, corrections } = story
  const timed = story.embargo !== undefined || [quotes, timeline, corrections].flat().some(hasEmbargo)
  if (!timed) return story
  const [seen, secret] = partition(quotes, isOpen)
  const [happened, toCome] = partition(timeline, isOpen)
  const hidden = new Set([...secret.map(({ id }) => `quote:${id}`), ...toCome.map(({ id }) => `event:${id}`)])
  const told = corrections.filter(one => isOpen(one) && !hidden.has(one.part))
  const dates = [story.coversTo, ...happened.filter(hasEmbargo).map(event => event.date)]
  const shown: Story = {
    ...story,
    coversTo: dates.toSorted().at(-1)!,
    quotes: seen.map(withoutEmbargo),
    timeline: happened.map(withoutEmbargo),
    corrections: told.map(withoutEmbargo),
  }
  const first = happened[0]?.date
  if (first === undefined) delete shown.from
  else shown.from = first
  delete shown.embargo
  const cited = citedSources(shown)
  const covered = new Set([
    ...secret.map(quote => quote.source.number),
    ...toCome.flatMap(event => event.sources),
  ])
  shown.sources = story.sources.filter(({ number }) => cited.has(number) || !covered.has(number))
  return shown
}

const hasEmbargo = ({ embargo }: Embargoed) => embargo !== undefined

const withoutEmbargo = <T extends Embargoed>({ embargo: _, ...rest }: T) => rest as T

function partition<T>(all: T[], isIn: (one: T) => boolean): [T[], T[]] {
  const { in: first = [], out = [] } = Object.groupBy(all, one => (isIn(one) ? 'in' : 'out'))
  return [first, out]
}

/** The numbers of all sources that something in a story rests on. */
const citedSources = ({ sections, quotes, timeline, facts, people }: Story): Set<number> =>
  new Set([
    ...[sections, timeline, facts, people].flat().flatMap(({ sources }) => sources),
    ...quotes.map(({ source }) => source.number),
    ...facts.flatMap(({ claim }) => claim?.source.number ?? []),
  ])

/** Takes the label of the way to the next quote from those whose next one cannot be seen: it would tell what that is about. */
function dropNextLabelsOfHidden(open: Story[], all: Story[]): Story[] {
  const seen = new Set(quotesIn(open).map(quoteKey))
  const said = quotesIn(all)
  if (said.length === seen.size) return open
  const misled = new Set(
    speakersOf(said)
      .all.flatMap(speaker =>
        speaker.quotes.filter(({ quote }, index) => {
          const next = speaker.quotes[index + 1]
          return quote.next !== undefined && next !== undefined && !seen.has(quoteKey(next))
        }),
      )
      .map(quoteKey),
  )
  if (misled.size === 0) return open
  return open.map(story => {
    if (!story.quotes.some(quote => misled.has(quoteKey({ story, quote })))) return story
    const quotes = story.quotes.map(quote => {
      if (!misled.has(quoteKey({ story, quote }))) return quote
      const { next: _, ...rest } = quote
      return rest
    })
    return { ...story, quotes }
  })
}

const quotesIn = (stories: Story[]): StoryQuote[] =>
  stories.flatMap(story => story.quotes.map(quote => ({ story, quote })))
const quoteKey = ({ story, quote }: StoryQuote) => `${story.slug}/${quote.id}`

/** Digests as they may be known: they name no story that is not there, and one that would have none is not there. */
function visibleDigests(digests: Digest[], open: Story[], all: Story[]): Digest[] {
  const slugs = new Set(open.map(({ slug }) => slug))
  return digests.flatMap(digest => {
    if (storiesOf(open, digest).length === 0 && storiesOf(all, digest).length > 0) return []
    if (!digest.stories || digest.stories.every(slug => slugs.has(slug))) return [digest]
    return [{ ...digest, stories: digest.stories.filter(slug => slugs.has(slug)) }]
  })
}
