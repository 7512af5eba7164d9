import { partContentsOf } from '../../content/parts.ts'
import type { Story } from '../../content/story.ts'
import { firstNewSentence } from '../../digests/entries/section-sentences.ts'
import type { NewsItem } from '../../digests/news-order.ts'
import type { Store } from '../../store/store.ts'

/** For so many revised sections it is looked up what changed in them. More are not told one by one. */
const MAX_LOOKED_UP = 30

/** What is asked of the store: the revisions of a section, and the words that it had in them. */
type FormerWords = {
  revisions: Pick<Store['revisions'], 'historyOf'>
  partWords: Pick<Store['partWords'], 'ofRevisions'>
}

/**
 * Marks each revised section among some news with the place of the first sentence that it did not have at a moment, so
 * that an edition shows what changed in it. Where its former words are not known, the section is not marked.
 */
export async function markChangedSentences(
  store: FormerWords,
  news: NewsItem[],
  { stories, newsFrom = 0 }: { stories: Story[]; newsFrom?: number },
): Promise<NewsItem[]> {
  const revised = news.filter(({ kind, part }) => kind === 'REVISED' && part.includes('/section:'))
  const sentences = new Map<string, number>()
  for (const { part, story: slug } of revised.slice(0, MAX_LOOKED_UP)) {
    const story = stories.find(each => each.slug === slug)
    const content = story && partContentsOf(story).get(part)
    const former = await wordsAt(store, part, newsFrom)
    const at =
      content?.kind === 'section' && former !== undefined
        ? firstNewSentence(content.section, former)
        : undefined
    if (at !== undefined) sentences.set(part, at)
  }
  return news.map(item => {
    const sentence = sentences.get(item.part)
    return sentence === undefined ? item : { ...item, sentence }
  })
}

/** The words that a part had at a moment; undefined if they are not known. */
async function wordsAt(
  { revisions, partWords }: FormerWords,
  part: string,
  moment: number,
): Promise<string | undefined> {
  const newestFirst = (await revisions.historyOf([part])).reverse()
  const at = newestFirst.findIndex(({ seenAt }) => seenAt <= moment)
  return at < 0 ? undefined : (await partWords.ofRevisions(part))[at]
}
