import { DeliveryError, type Place } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Feed } from '../../content/feed.ts'
import type { Library } from '../../content/library.ts'
import { localDate } from '../../dates/dates.ts'
import type { CommandLines } from '../../digests/command-lines.ts'
import { drawEdition, selectEdition } from '../../digests/edition.ts'
import type { Selection } from '../../digests/selection.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Delivery, ShownPart } from '../../store/delivery.ts'
import type { Store } from '../../store/store.ts'
import { feedsForDigest } from '../../wire/match/digest-items.ts'
import type { ContentSnapshot } from '../content-snapshot.ts'
import { readEditionItems } from '../items/edition-items.ts'
import { feedsReached } from '../items/feeds-reached.ts'
import { readNews, readOwed } from '../read-news.ts'
import { shownRevisions } from '../shown-revisions.ts'
import { wantedNews } from '../wanted-news.ts'
import { markChangedSentences } from './changed-sentences.ts'

/** What editions are made from. `zone` applies in a place without a subscription if the digest names no zone. */
export type EditionTextsOptions = {
  store: Pick<Store, 'clock' | 'subscriptions' | 'revisions' | 'partWords' | 'ledger' | 'wire'>
  commandLines(place: Place): CommandLines
  feeds?(): Feed[]
  zone: string
}

/** An edition of a digest in one place. */
export type EditionSlot = Pick<Delivery, 'place' | 'digest' | 'slot' | 'date'>

/**
 * Selects and draws editions. `select` resolves with undefined if there is nothing to say; `next` is the slot after it,
 * where that is not the next one of the subscription. `draw` draws a message from its selection and some content.
 */
export type EditionTexts = {
  select(edition: EditionSlot, content: ContentSnapshot, next?: number): Promise<Selection | undefined>
  draw(
    selection: Selection,
    content: { library: Library; place: Place },
  ): Promise<{ reply: Reply; shown: ShownPart[] }>
}

/** Creates what selects and draws editions. */
export function createEditionTexts({
  store,
  commandLines,
  feeds = () => [],
  zone,
}: EditionTextsOptions): EditionTexts {
  async function select(
    row: EditionSlot,
    content: ContentSnapshot,
    next?: number,
  ): Promise<Selection | undefined> {
    const { library, newsTo } = content
    const digest = row.digest === undefined ? undefined : library.digest(row.digest)
    if (!digest || row.digest === undefined)
      throw goneError(row, `the digest “${row.digest}” no longer exists`, phrases.digestStatus.digestGone)
    const subscription = await store.subscriptions.find(row.place, row.digest)
    const chosen = subscription?.stories.split(',').filter(Boolean)
    const stories = library.storiesOf(digest, chosen)
    if (stories.length === 0)
      throw goneError(row, `no story of “${row.digest}” exists`, phrases.digestStatus.storiesGone)
    const now = await store.clock()
    const slot = row.slot ?? now
    const localZone = subscription?.zone ?? digest.zone ?? zone
    const news = {
      stories,
      // Never back: what was told up to a later moment is not told again.
      newsTo: Math.max(newsTo, subscription?.newsFrom ?? 0),
      owed: subscription?.owed ?? [],
    }
    const newsFrom = subscription?.newsFrom
    // The first edition of a place tells where the stories stand, and no news.
    const allNews =
      newsFrom === undefined ? [] : await readNews(store, { ...news, newsFrom, zone: localZone })
    const filter = { stories, place: row.place, words: subscription?.words }
    const chosenNews = await wantedNews(store, allNews, filter)
    const wanted = await markChangedSentences(store, chosenNews, { stories, newsFrom })
    const edition = { digest, stories, place: row.place, subscription, now }
    const { items, itemsTo } = await readEditionItems(store, edition, feeds())
    const ownFeeds = feedsForDigest({ digest, stories }, feeds())
    const states = await store.wire.feeds.states(ownFeeds.map(({ name }) => name))
    const since = { since: newsFrom ?? subscription?.setAt ?? now, told: subscription?.feedsTold, now }
    const selection = selectEdition({
      ...news,
      digest,
      news: wanted,
      leftOut: allNews.length - wanted.length,
      revisions: new Map(),
      commandLines: commandLines(row.place),
      zone: localZone,
      slot,
      date: row.date ?? localDate(slot, localZone),
      now,
      newsFrom,
      quiet: subscription?.quiet ?? digest.quiet,
      next: next ?? subscription?.nextSlot,
      items,
      itemsTo,
      most: digest.most,
      ...feedsReached(ownFeeds, states, since),
    })
    const names = chosen && chosen.length > 0 ? chosen : digest.stories
    const owed = await readOwed(store, {
      ...news,
      newsFrom: newsFrom ?? subscription?.setAt ?? news.newsTo,
      story: library.story,
      mayBeOurs: slug => names?.includes(slug) ?? true,
    })
    return selection && owed.length > 0 ? { ...selection, owed } : selection
  }

  async function draw(selection: Selection, { library, place }: { library: Library; place: Place }) {
    const { story, withdrawal } = library
    const items = await store.wire.items.byId(selection.items?.ids ?? [])
    // Which revisions are shown is only read of what is drawn.
    const { reply } = drawEdition(selection, {
      story,
      withdrawal,
      item: id => items.get(id),
      revisions: new Map(),
      commandLines: commandLines(place),
    })
    return { reply, shown: await shownRevisions(store, reply.parts, library, items) }
  }

  return { select, draw }
}

const goneError = ({ place }: EditionSlot, message: string, human: string) =>
  new DeliveryError(`compose: ${message} (${place})`, { outcome: 'unsent', human })
