import { DeliveryError, type Place } from '../chat/platform.ts'
import type { Feed } from '../content/feed.ts'
import type { Library } from '../content/library.ts'
import { localDate } from '../dates/dates.ts'
import type { CommandLines } from '../digests/command-lines.ts'
import { drawEdition, selectEdition } from '../digests/edition.ts'
import { editionKey } from '../digests/schedule.ts'
import { readSelection, type Selection, threadSelection } from '../digests/selection.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Delivery, NewDelivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import { feedsForDigest } from '../wire/match/digest-items.ts'
import type { Composed } from './attempt.ts'
import type { ContentSnapshot, ContentSnapshots } from './content-snapshot.ts'
import { readEditionItems } from './items/edition-items.ts'
import { feedsReached } from './items/feeds-reached.ts'
import { markChangedSentences } from './news/changed-sentences.ts'
import { readNews, readOwed } from './read-news.ts'
import { shownRevisions } from './shown-revisions.ts'
import { wantedNews } from './wanted-news.ts'

/** What composing needs. `zone` applies in a place without a subscription if the digest names no zone. */
type ComposeEditionOptions = {
  store: Pick<Store, 'clock' | 'subscriptions' | 'revisions' | 'partWords' | 'ledger' | 'wire'>
  snapshots: ContentSnapshots
  commandLines(place: Place): CommandLines
  feeds?(): Feed[]
  zone: string
}

/** Draws the rows of editions. A row that has a selection is drawn from `content`. */
export type ComposeEdition = (row: Delivery, content: Library) => Promise<Composed | undefined>

/**
 * Creates what draws the rows of editions. A row with a selection is drawn from it; without one, a selection is made
 * now, together with the row of its thread reply. Both are made from one snapshot of the content.
 */
export function createComposeEdition({
  store,
  snapshots,
  commandLines,
  feeds = () => [],
  zone,
}: ComposeEditionOptions): ComposeEdition {
  async function select(row: Delivery, content: ContentSnapshot): Promise<Selection | undefined> {
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
      next: subscription?.nextSlot,
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

  return async (row, content) => {
    const commands = commandLines(row.place)
    const draw = async (selection: Selection, library: Library) => {
      const { story, withdrawal } = library
      const items = await store.wire.items.byId(selection.items?.ids ?? [])
      // Which revisions are shown is only read of what is drawn.
      const { reply } = drawEdition(selection, {
        story,
        withdrawal,
        item: id => items.get(id),
        revisions: new Map(),
        commandLines: commands,
      })
      return { reply, shown: await shownRevisions(store, reply.parts, library, items) }
    }
    if (row.selection !== undefined) {
      const stored = parseSelection(row.selection)
      return { ...(await draw(stored, content)), selection: row.selection }
    }
    const snapshot = await snapshots.takeCurrent()
    const selection = await select(row, snapshot)
    if (!selection) return undefined
    const thread = threadSelection(selection)
    return {
      ...(await draw(selection, snapshot.library)),
      selection: JSON.stringify(selection),
      thread: thread && [threadRow(row, thread)],
    }
  }
}

/** Parses a stored selection; fails for one of a newer nutgraf, so that the newer one draws it. */
function parseSelection(json: string): Selection {
  const selection = readSelection(json)
  if (!selection)
    throw new DeliveryError('compose: a selection of a version newer than this nutgraf', {
      outcome: 'unsent',
      retryInMs: 60_000,
    })
  return selection
}

function threadRow(row: Delivery, selection: Selection): NewDelivery {
  const { place, lane, digest = selection.digest, slot = selection.slot, date = selection.date } = row
  return {
    key: editionKey({ place, digest }, slot, 2),
    kind: 'edition',
    place,
    lane,
    digest,
    slot,
    date,
    parent: row.key,
    number: 2,
    state: 'due',
    dueAt: row.dueAt,
    selection: JSON.stringify(selection),
  }
}

const goneError = (row: Delivery, message: string, human: string) =>
  new DeliveryError(`compose: ${message} (${row.place})`, { outcome: 'unsent', human })
