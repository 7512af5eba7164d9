import { createHash } from 'node:crypto'
import type { Digest } from './digest.ts'
import type { Feed } from './feed.ts'
import { keepable } from './kept-values.ts'
import type { Story, Withdrawal } from './story.ts'

/** Long enough that two contents never share a revision, short enough to read out. */
const HASH_LENGTH = 12

/**
 * A short name for the visible content, the same on every machine. It is computed from visible content alone, so that
 * it does not give away that something is under embargo. It does not change as the last check gets older: that is no
 * edit.
 */
export function visibleRevision({
  stories,
  digests,
  withdrawn,
  feeds = [],
}: {
  stories: Story[]
  digests: Digest[]
  withdrawn: Withdrawal[]
  feeds?: Feed[]
}): string {
  const hash = createHash('sha256').update(
    // Without feeds, the name of a content is what it was before there were any.
    JSON.stringify(feeds.length > 0 ? [digests, withdrawn, feeds] : [digests, withdrawn]),
  )
  for (const story of stories) hash.update(fingerprintOf(story))
  return hash.digest('hex').slice(0, HASH_LENGTH)
}

/** A hash of a whole story. Sources are hashed once, not again with each quotation: a stored text can be long. */
export const fingerprintOf = keepable('fingerprint', (story): string => {
  const quotes = story.quotes.map(quote => ({ ...quote, source: quote.source.number }))
  const facts = story.facts.map(fact =>
    fact.claim ? { ...fact, claim: { ...fact.claim, source: fact.claim.source.number } } : fact,
  )
  // A stored text that is read when it is asked for is no field of its source's own.
  const sources = story.sources.map(({ file: _, ...source }, at) => ({
    ...source,
    text: story.sources[at]!.text,
  }))
  return createHash('sha256')
    .update(JSON.stringify(Object.entries({ ...story, quotes, facts, sources }).sort(byName)))
    .digest('hex')
})

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1)
