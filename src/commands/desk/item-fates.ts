import type { Inline } from '../../chat/reply.ts'
import { readableMoment } from '../../dates/dates.ts'
import { headline, whoAndWhen } from '../../digests/items/draw.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Item, partOfItem } from '../../store/wire/items.ts'
import { itemsForDigest, viaOf } from '../../wire/match/digest-items.ts'
import { keepers, storyMatcher } from '../../wire/match/story-items.ts'
import type { DeskRequest } from '../context.ts'
import { lookUpPlaceNames, type PlaceNames } from './place-names.ts'

/** How many places are named that show an item; the others are counted. */
const MAX_PLACES = 3
/** How many stories are named that an item is about. */
const MAX_STORIES = 4

/** Says of each item what became of it: which stories it is about, where it was shown, or why nowhere. */
export async function itemFates(request: DeskRequest, items: Item[]): Promise<Inline[][]> {
  const shown = await Promise.all(
    items.map(({ id }) => request.desk.store.ledger.messagesShowing(partOfItem(id))),
  )
  const nameOf = await lookUpPlaceNames(
    request,
    shown.flat().map(({ place }) => place),
  )
  return items.map((item, at) => {
    const places = [...new Set(shown[at]!.map(({ place }) => place))]
    return fateOf(request, item, { places, nameOf })
  })
}

function fateOf(
  request: DeskRequest,
  item: Item,
  { places, nameOf }: { places: string[]; nameOf: PlaceNames },
): Inline[] {
  const { fate } = phrases.deskFeeds
  const { context, call } = request
  const format = (at: number) => readableMoment(at, context.zone, call.at)
  const where =
    places.length > 0
      ? [fate.places(places.slice(0, MAX_PLACES).map(nameOf), places.length - MAX_PLACES)]
      : []
  if (item.state === 'withdrawn')
    return [[fate.withdrawn(item.outlet, format(item.changedAt)), ...where].join(' · ')]
  if (item.state === 'held') return [fate.held(format(item.heldUntil ?? item.changedAt))]
  const said = whoAndWhen(item, { zone: context.zone, near: call.at })
  const rest =
    item.state === 'draft'
      ? [fate.draft]
      : [...aboutText(request, item), ...(where.length > 0 ? where : whyNowhere(request, item))]
  return [headline(item), ` · ${[said, ...rest].join(' · ')}`]
}

function aboutText({ library, context }: DeskRequest, item: Item): string[] {
  const byVia = new Map((context.wire?.().feeds ?? []).map(feed => [viaOf(feed), feed]))
  const slugs = library.stories
    .filter(story => storyMatcher(story, byVia)(item))
    .map(({ slug }) => slug)
    .slice(0, MAX_STORIES)
  return [slugs.length > 0 ? phrases.deskFeeds.fate.stories(slugs) : phrases.deskFeeds.fate.noStory]
}

/** Why an item was shown nowhere yet: it was no news, no digest takes it, or those that do have not posted it. */
function whyNowhere({ library, context }: DeskRequest, item: Item): string[] {
  const { fate } = phrases.deskFeeds
  if (item.backlog) return [fate.backlog]
  const feeds = context.wire?.().feeds ?? []
  if (keepers(item, new Map(feeds.map(feed => [viaOf(feed), feed]))).length === 0) return [fate.dropped]
  const taking = library.digests
    .filter(
      digest => itemsForDigest([item], { digest, stories: library.storiesOf(digest) }, feeds).length > 0,
    )
    .map(({ name }) => name)
  return [taking.length > 0 ? fate.notChosen(taking) : fate.noDigest]
}
