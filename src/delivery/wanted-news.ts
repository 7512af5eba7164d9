import type { Place } from '../chat/platform.ts'
import { partContentsOf } from '../content/parts.ts'
import type { Story } from '../content/story.ts'
import { entryText } from '../digests/entry-text.ts'
import type { NewsItem } from '../digests/news-order.ts'
import { matcherOf } from '../digests/word-filter.ts'
import type { Store } from '../store/store.ts'

/** A place, and the words by which it chose its news, as stored; without words it gets everything. */
export type NewsFilter = { place: Place; words?: string }

/**
 * Leaves out the news that a place did not choose. A correction is always told where the place was shown what was wrong,
 * whatever its words: it must reach whoever saw the mistake.
 */
export async function wantedNews(
  store: { ledger: Pick<Store['ledger'], 'partsShownIn'> },
  news: NewsItem[],
  { stories, place, words }: NewsFilter & { stories: Story[] },
): Promise<NewsItem[]> {
  if (words === undefined || words === '') return news
  const matches = matcherOf(words)
  const bySlug = new Map(stories.map(story => [story.slug, story]))
  const isWanted = ({ story: slug, part }: NewsItem) => {
    const story = bySlug.get(slug)
    return story !== undefined && matches(entryText(story, part))
  }
  const correctedPart = ({ story: slug, part }: NewsItem) => {
    const story = bySlug.get(slug)
    const content = story && partContentsOf(story).get(part)
    return content?.kind === 'correction' ? `${slug}/${content.correction.part}` : undefined
  }
  const unwanted = news.filter(item => !isWanted(item))
  const inQuestion = new Set(unwanted.flatMap(item => correctedPart(item) ?? []))
  const shown = inQuestion.size > 0 ? await store.ledger.partsShownIn(place, [...inQuestion]) : new Set()
  const leftOut = new Set(unwanted.filter(item => !shown.has(correctedPart(item) ?? '')))
  return news.filter(item => !leftOut.has(item))
}
