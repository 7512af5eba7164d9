import type { Overview } from '../chat/platform.ts'
import { type Block, type Inline, list, note, text } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'
import type { Subscription } from '../store/subscriptions.ts'
import type { DigestDesk, Newsroom } from './context.ts'
import { rhythmLine, whenNext } from './digest/setting.ts'
import { lastLine } from './digest/status.ts'
import { headOfStory, shortLabel } from './label.ts'

/** A page has room for so many. */
const MOST_DIGESTS = 20
const MOST_STORIES = 40
/** Before it is known whether somebody may know of a place it has to be asked for, and so many are. */
const MOST_LOOKED_AT = 40

/** What comes where, which stories there are, and how to ask: a page that can only be read. */
export const overview =
  (newsroom: Newsroom): Overview =>
  async ({ within, at, where }) => {
    const { digests: desk } = newsroom
    return [
      {
        title: phrases.overview.digests,
        blocks: desk ? await digestsIn(newsroom, desk, { within, at, where }) : [],
      },
      { title: phrases.overview.stories, blocks: stories(newsroom) },
      { title: phrases.overview.howToAsk, blocks: [list(phrases.overview.ways())] },
    ]
  }

async function digestsIn(
  newsroom: Newsroom,
  desk: DigestDesk,
  { within, at, where }: Parameters<Overview>[0],
): Promise<Block[]> {
  const all = await desk.store.subscriptionsWithin(within)
  const named = await Promise.all(
    all.slice(0, MOST_LOOKED_AT).map(async one => ({ one, place: await where(one.place) })),
  )
  const shown = named
    .flatMap(({ one, place }) => (place === undefined ? [] : [{ one, place }]))
    .slice(0, MOST_DIGESTS)
  const blocks = await Promise.all(
    shown.map(async ({ one, place }) => text(...(await entry(newsroom, desk, { one, place, at })))),
  )
  const rest = all.length - shown.length
  const others = rest > 0 ? [note(...phrases.overview.notShown(rest, '/digest status'))] : []
  if (blocks.length + others.length > 0) return [...blocks, ...others]
  return [text(...phrases.overview.noDigests('/digest'))]
}

async function entry(
  newsroom: Newsroom,
  desk: DigestDesk,
  { one, place, at }: { one: Subscription; place: Inline; at: number },
): Promise<Inline[]> {
  const library = newsroom.library()
  const [last] = await desk.store.editions(one.place, one.digest, 1)
  return [
    { bold: library.digest(one.digest)?.title ?? one.digest },
    ' · ',
    place,
    ` · ${rhythmLine(one)}\n`,
    one.state === 'on' ? phrases.digest.next(whenNext(one, at)) : phrases.overview.paused,
    ' · ',
    ...lastLine({ desk, call: { place: one.place, at } }, one, last),
  ]
}

function stories(newsroom: Newsroom): Block[] {
  const { stories: all } = newsroom.library()
  if (all.length === 0) return [text(phrases.story.none)]
  const items = all
    .slice(0, MOST_STORIES)
    .map((story): Inline[] => [
      { bold: story.title },
      ` · ${shortLabel(story)} · `,
      { code: `${headOfStory(story)} summary` },
    ])
  const rest = all.length - items.length
  return [list(items), ...(rest > 0 ? [note(...phrases.story.more(rest, '/nutgraf story list'))] : [])]
}
