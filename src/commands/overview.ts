import type { Overview } from '../platform.ts'
import { type Block, type Inline, list, note, text } from '../reply.ts'
import type { Subscription } from '../store/subscriptions.ts'
import type { Newsroom } from './ask.ts'
import type { DigestDesk } from './digestdesk.ts'
import { rhythmLine, whenNext } from './digestsetting.ts'
import { lastLine } from './digeststatus.ts'
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
        title: 'Digests in this workspace',
        blocks: desk ? await digestsIn(newsroom, desk, { within, at, where }) : [],
      },
      { title: 'Stories', blocks: stories(newsroom) },
      { title: 'How to ask', blocks: [list(HOW)] },
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
  const many = rest === 1 ? 'One more comes' : `${rest} more come`
  const others =
    rest > 0
      ? [note(`${many} to conversations that are not shown here. Ask there: `, { code: '/digest status' })]
      : []
  if (blocks.length + others.length > 0) return [...blocks, ...others]
  return [text('None yet. In the channel that is to have one, type ', { code: '/digest' }, '.')]
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
    one.state === 'on' ? `Next: ${whenNext(one, at)} · ` : 'Paused · ',
    ...lastLine({ desk, call: { place: one.place, at } }, one, last),
  ]
}

function stories(newsroom: Newsroom): Block[] {
  const { stories: all } = newsroom.library()
  if (all.length === 0) return [text('There is no story yet.')]
  const items = all
    .slice(0, MOST_STORIES)
    .map((story): Inline[] => [
      { bold: story.title },
      ` · ${shortLabel(story)} · `,
      { code: `${headOfStory(story)} summary` },
    ])
  const rest = all.length - items.length
  return [list(items), ...(rest > 0 ? [note(`and ${rest} more: `, { code: '/nutgraf story list' })] : [])]
}

const HOW: Inline[][] = [
  [{ code: '/nutgraf help' }, ' · what you can ask, by example'],
  [{ code: '/quote' }, ' · exact words, with speaker and source'],
  [{ code: '/quote check "…"' }, ' · whether words stand in our sources; also in the menu of every message'],
  [{ code: '/digest' }, ' · what comes to a channel by itself, and when'],
  ['Or mention me, or write to me: the answer stands below your message.'],
]
