import { filterInSlices } from '../../chat/pauses.ts'
import type { Place } from '../../chat/platform.ts'
import type { Digest } from '../../content/digest.ts'
import type { Feed } from '../../content/feed.ts'
import type { Story } from '../../content/story.ts'
import type { Store } from '../../store/store.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import { type Item, partOfItem } from '../../store/wire/items.ts'
import { digestMatcher } from '../../wire/match/digest-items.ts'

/** Whom an edition is for: a digest and its stories in a place, which may have chosen words. */
export type EditionOfPlace = {
  digest: Digest
  stories: Story[]
  place: Place
  subscription?: Pick<Subscription, 'itemsFrom' | 'words'>
  now: number
}

/** The items for an edition, the newest first, and the arrival up to which these are all. */
type EditionItems = { items: Item[]; itemsTo: number }

/** The first edition of a place tells what others reported within a day. */
const FIRST_MS = 24 * 3_600_000
/** So many arrivals are looked through: more than all outlets of a country report in a day. */
const MAX_READ = 2_000
/** Nobody waits for a brief, so it looks through them in small slices. */
const SLICE_MS = 3
/** So many are asked whether the place was shown them already. */
const MAX_ASKED = 60

/** Reads what others have reported since a place was told last, and what it was not shown yet. */
export async function readEditionItems(
  store: { wire: { items: Pick<Store['wire']['items'], 'list' | 'arrivedTo'> } } & {
    ledger: Pick<Store['ledger'], 'partsShownIn'>
  },
  { digest, stories, place, subscription, now }: EditionOfPlace,
  feeds: Feed[],
): Promise<EditionItems> {
  const itemsTo = await store.wire.items.arrivedTo()
  if (digest.wire === 'none') return { items: [], itemsTo }
  const isFirst = subscription?.itemsFrom === undefined
  const after = subscription?.itemsFrom ?? now - FIRST_MS
  const arrived = await store.wire.items.list({ after, upTo: itemsTo, limit: MAX_READ })
  const isWanted = digestMatcher({ digest, stories, words: subscription?.words }, feeds)
  const wanted = await filterInSlices(arrived, isWanted, SLICE_MS)
  // What a feed had when it was first asked is no news, but for a place that begins now.
  const newest = wanted
    .filter(({ backlog, published }) => !backlog || (isFirst && published > after))
    .toSorted((a, b) => b.published - a.published || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_ASKED)
  const shown = await store.ledger.partsShownIn(
    place,
    newest.map(({ id }) => partOfItem(id)),
  )
  return { items: newest.filter(({ id }) => !shown.has(partOfItem(id))), itemsTo }
}
