import type { Overview } from '../chat/platform.ts'
import { type Block, type Inline, list, note, text } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Subscription } from '../store/subscriptions.ts'
import type { CommandContext, DigestContext } from './context.ts'
import { nextMoment, rhythmText } from './digest/setting.ts'
import { lastEditionText } from './digest/status.ts'
import { shortLabel, storyPrefix } from './label.ts'

/** A page has room for so many. */
const MAX_DIGESTS = 20
const MAX_STORIES = 40
/** Before it is known whether somebody may know of a place it has to be asked for, and so many are. */
const MAX_PLACES_CHECKED = 40

/** What comes where, which stories there are, and how to ask: a page that can only be read. */
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
  desk: DigestContext,
  { placePrefix, at, placeName }: Parameters<Overview>[0],
): Promise<Block[]> {
  const all = await desk.store.subscriptions.listWithin(placePrefix)
  const named = await Promise.all(
    all.slice(0, MAX_PLACES_CHECKED).map(async one => ({ one, place: await placeName(one.place) })),
  )
  const shown = named
    .flatMap(({ one, place }) => (place === undefined ? [] : [{ one, place }]))
    .slice(0, MAX_DIGESTS)
  const blocks = await Promise.all(
    shown.map(async ({ one, place }) => text(...(await digestEntry(newsroom, desk, { one, place, at })))),
  )
  const rest = all.length - shown.length
  const others = rest > 0 ? [note(...phrases.overview.notShown(rest, '/digest status'))] : []
  if (blocks.length + others.length > 0) return [...blocks, ...others]
  return [text(...phrases.overview.noDigests('/digest'))]
}

async function digestEntry(
  newsroom: CommandContext,
  digests: DigestContext,
  { one, place, at }: { one: Subscription; place: Inline; at: number },
): Promise<Inline[]> {
  const library = newsroom.library()
  const [last] = await digests.store.ledger.editions(one.place, one.digest, 1)
  return [
    { bold: library.digest(one.digest)?.title ?? one.digest },
    ' · ',
    place,
    ` · ${rhythmText(one)}\n`,
    one.state === 'on' ? phrases.digest.next(nextMoment(one, at)) : phrases.overview.paused,
    ' · ',
    ...lastEditionText({ digests, call: { place: one.place, at } }, one, last),
  ]
}

function storyBlocks(newsroom: CommandContext): Block[] {
  const { stories: all } = newsroom.library()
  if (all.length === 0) return [text(phrases.story.none)]
  const items = all
    .slice(0, MAX_STORIES)
    .map((story): Inline[] => [
      { bold: story.title },
      ` · ${shortLabel(story)} · `,
      { code: `${storyPrefix(story)} summary` },
    ])
  const rest = all.length - items.length
  return [list(items), ...(rest > 0 ? [note(...phrases.story.andMore(rest, '/nutgraf story list'))] : [])]
}
