import { type StoryQuote, storyQuotesOf } from '../../content/speakers.ts'
import { phrases } from '../../phrases/phrases.ts'

/**
 * What a button to the next of some quotes says. Editors write what the next quote of the same speaker is about: of another
 * one, that would be wrong.
 */
export function nextLabel({ story, quote }: StoryQuote, following: StoryQuote | undefined): string {
  const own = storyQuotesOf(story).filter(each => each.quote.speaker === quote.speaker)
  const next = own[own.findIndex(each => each.quote === quote) + 1]
  return quote.next && next && next.quote === following?.quote
    ? phrases.quote.nextAbout(quote.next)
    : phrases.quote.next
}
