import type { Overview } from '../chat/platform.ts'
import { type Block, type Inline, list, note, text } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Subscription } from '../store/subscriptions.ts'
import type { CommandContext, DigestContext } from './context.ts'
import { nextMoment, rhythmText } from './digest/setting.ts'
import { lastEditionText } from './digest/status.ts'
import { shortLabel, storyPrefix } from './label.ts'

/** How many digests and stories fit on the page. */
const MAX_DIGESTS = 20
const MAX_STORIES = 40
/** How many places are looked up at most, since each costs the platform a request: may this person know of it? */
const MAX_PLACES_CHECKED = 40

/**
 * Builds the home page: which digests are posted where, which stories there are, and how to ask. Nothing is changed
 * there.
 */
export const overview =
  (newsroom: CommandContext): Overview =>
  async ({ placePrefix, at, placeName }) => {
    const { digests } = newsroom
    return [
      {
        title: phrases.overview.digests,
        blocks: digests ? await digestBlocks(newsroom, digests, { placePrefix, at, placeName }) : [],
      },
      { title: phrases.overview.stories, blocks: storyBlocks(newsroom) },
      { title: phrases.overview.howToAsk, blocks: [list(phrases.overview.examples())] },
    ]
  }

async function digestBlocks(
  newsroom: CommandContext,
  digests: DigestContext,
  { placePrefix, at, placeName }: Parameters<Overview>[0],
): Promise<Block[]> {
  const subscriptions = await digests.store.subscriptions.listWithin(placePrefix)
  const named = await Promise.all(
    subscriptions
      .slice(0, MAX_PLACES_CHECKED)
      .map(async subscription => ({ subscription, place: await placeName(subscription.place) })),
  )
  const shown = named
    .flatMap(({ subscription, place }) => (place === undefined ? [] : [{ subscription, place }]))
    .slice(0, MAX_DIGESTS)
  const blocks = await Promise.all(
    shown.map(async entry => text(...(await digestEntry(newsroom, digests, { ...entry, at })))),
  )
  const rest = subscriptions.length - shown.length
  const others = rest > 0 ? [note(...phrases.overview.notShown(rest, '/digest status'))] : []
  if (blocks.length + others.length > 0) return [...blocks, ...others]
  return [text(...phrases.overview.noDigests('/digest'))]
}

async function digestEntry(
  newsroom: CommandContext,
  digests: DigestContext,
  { subscription, place, at }: { subscription: Subscription; place: Inline; at: number },
): Promise<Inline[]> {
  const { digest, state } = subscription
  const [last] = await digests.store.ledger.editions(subscription.place, digest, 1)
  return [
    { bold: newsroom.library().digest(digest)?.title ?? digest },
    ' · ',
    place,
    ` · ${rhythmText(subscription)}\n`,
    state === 'on' ? phrases.digest.next(nextMoment(subscription, at)) : phrases.overview.paused,
    ' · ',
    ...lastEditionText({ digests, call: { place: subscription.place, at } }, subscription, last),
  ]
}

function storyBlocks(newsroom: CommandContext): Block[] {
  const { stories } = newsroom.library()
  if (stories.length === 0) return [text(phrases.story.none)]
  const items = stories
    .slice(0, MAX_STORIES)
    .map((story): Inline[] => [
      { bold: story.title },
      ` · ${shortLabel(story)} · `,
      { code: `${storyPrefix(story)} summary` },
    ])
  const rest = stories.length - items.length
  return [list(items), ...(rest > 0 ? [note(...phrases.story.andMore(rest, '/nutgraf story list'))] : [])]
}
