import { createHash } from 'node:crypto'
import type { Digest } from './digest.ts'
import type { Story, Withdrawal } from './story.ts'

const HASH_LENGTH = 12
const fingerprints = new WeakMap<Story, string>()

/**
 * A short name for exactly what can be seen, the same on every machine. What is still secret is not in it, so that nobody
 * can tell from it that there is something; neither is how long ago a story was checked, which is no edit.
 */
export function visibleRevision({
  stories,
  digests,
  withdrawn,
}: {
  stories: Story[]
  digests: Digest[]
  withdrawn: Withdrawal[]
}): string {
  const hash = createHash('sha256').update(JSON.stringify([digests, withdrawn]))
  for (const story of stories) {
    const print = fingerprints.get(story) ?? fingerprintOf(story)
    fingerprints.set(story, print)
    hash.update(print)
  }
  return hash.digest('hex').slice(0, HASH_LENGTH)
}

/** All of a story, with its sources once: the stored text of one stands in memory behind each quotation from it. */
function fingerprintOf(story: Story): string {
  const quotes = story.quotes.map(quote => ({ ...quote, source: quote.source.number }))
  const facts = story.facts.map(fact =>
    fact.claim ? { ...fact, claim: { ...fact.claim, source: fact.claim.source.number } } : fact,
  )
  const sources = story.sources.map(({ file: _, ...source }) => source)
  return createHash('sha256')
    .update(JSON.stringify({ ...story, quotes, facts, sources }))
    .digest('hex')
}
