import { createPauses } from '../chat/pauses.ts'
import { storyPartsHash } from '../content/parts.ts'
import type { Story } from '../content/story.ts'
import {
  type NewsQuery,
  newsByStory,
  type OwedPart,
  owedSince,
  type Revisions,
  stillOwed,
} from '../digests/news.ts'
import { type NewsItem, sortNews } from '../digests/news-order.ts'
import type { Revision } from '../store/revisions/revisions.ts'
import type { Store } from '../store/store.ts'

/** What is asked of the store: only what some stories need, and only what is newer than a moment. */
type RevisionsStore = { revisions: Pick<Store['revisions'], NeededQueries> }
type NeededQueries = 'storiesChangedAfter' | 'changesAfter' | 'latestByPart'

/** Asks what an edition of these stories still owes after it. `story` and `mayBeOurs` are those of `stillOwed`. */
type OwedQuery = {
  stories: Story[]
  newsFrom: number
  newsTo: number
  owed: OwedPart[]
  story(slug: string): Story | undefined
  mayBeOurs(slug: string): boolean
}

/** Lists what is new in some stories, as `newsOf` does: it reads what is newer, and lets others run in between. */
export async function readNews(
  store: RevisionsStore,
  query: Omit<NewsQuery, 'revisions'>,
): Promise<NewsItem[]> {
  const { stories, newsFrom, owed = [] } = query
  const ours = new Set(stories.map(({ slug }) => slug))
  const changed = (await store.revisions.storiesChangedAfter(newsFrom))
    .map(({ story }) => story)
    .filter(slug => ours.has(slug))
  const changes = await store.revisions.changesAfter({ after: newsFrom, stories: changed })
  const revisions = await withOwedParts(store, changes, owed)
  const items: NewsItem[] = []
  const pause = createPauses()
  for (const news of newsByStory({ ...query, revisions })) {
    items.push(...news)
    await pause()
  }
  return sortNews(items)
}

/**
 * Lists what is still owed after an edition. Only stories are looked at that changed lately, and that miss a part which
 * they had before, or are missing as a whole.
 */
export async function readOwed(store: RevisionsStore, query: OwedQuery): Promise<OwedPart[]> {
  const { stories, story, mayBeOurs, owed } = query
  const ours = new Set(stories)
  const after = owedSince(query)
  const changed = (await store.revisions.storiesChangedAfter(after))
    .filter(({ story: slug, hash, gone }) => {
      const found = story(slug)
      if (!found) return mayBeOurs(slug)
      return ours.has(found) && (gone > 0 || hash !== storyPartsHash(found))
    })
    .map(({ story: slug }) => slug)
  const changes = await store.revisions.changesAfter({ after, stories: changed, wholly: new Set(changed) })
  const revisions = await withOwedParts(store, changes, owed)
  const stillOwedParts: OwedPart[] = []
  const pause = createPauses()
  for (const [slug, own] of Map.groupBy(revisions.values(), revision => revision.story)) {
    stillOwedParts.push(
      ...stillOwed({
        ...query,
        revisions: new Map(own.map(revision => [revision.part, revision])),
        owed: owed.filter(({ part }) => part.startsWith(`${slug}/`)),
      }),
    )
    await pause()
  }
  return stillOwedParts
}

async function withOwedParts(
  { revisions }: RevisionsStore,
  changes: Revision[],
  owed: OwedPart[],
): Promise<Revisions> {
  const byPart = owed.length > 0 ? await revisions.latestByPart(owed.map(({ part }) => part)) : []
  return new Map([...changes.map((revision): [string, Revision] => [revision.part, revision]), ...byPart])
}
