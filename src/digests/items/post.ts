import { type Button, list, note, PHONE_BUDGET, type Reply, text } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type Item, partOfItem } from '../../store/wire/items.ts'
import type { DrawContext } from '../draw-context.ts'
import { fits } from '../fits.ts'
import { headline, itemLine, labelOfItems, labelOfPost, whoAndWhen } from './draw.ts'

/**
 * What a post of items as they come was made of, stored as JSON with its delivery: the items by their ids, the oldest first,
 * the story that a single one is about, and whether platforms may show what is behind its link.
 */
export type ItemPost = {
  version: 1
  digest: string
  title: string
  zone: string
  at: number
  items: string[]
  about?: string
  previews?: true
}

/** Reads a stored post; undefined for one of a newer nutgraf. */
export function readItemPost(json: string): ItemPost | undefined {
  const stored = JSON.parse(json) as Omit<ItemPost, 'version'> & { version: number }
  return stored.version === 1 ? { ...stored, version: 1 } : undefined
}

/** Whether any item of a post can be shown: before it is posted, all of them may be withdrawn. */
export const hasItems = ({ items }: ItemPost, { item }: Pick<DrawContext, 'item'>): boolean =>
  items.some(id => item?.(id)?.state === 'stands')

/**
 * Draws items as they come: one with its headline as the first line, then who reports it; several as a list. Of what was
 * withdrawn since, only that is said.
 */
export function drawItemPost(post: ItemPost, context: Omit<DrawContext, 'revisions'>): Reply {
  const items = post.items.flatMap(id => context.item?.(id) ?? [])
  const [only] = items
  if (!only) {
    const parts = post.items.map(partOfItem)
    return { blocks: [text({ italic: phrases.wire.noLongerThere })], parts, audience: 'place' }
  }
  const buttons = buttonsOf(post, context)
  if (items.length === 1)
    return { ...drawOne(only, post), buttons, parts: [partOfItem(only.id)], audience: 'place' }
  let shown = Math.min(items.length, MAX_SHOWN)
  let reply = drawSeveral(items, shown, post, context)
  while (shown > 1 && !fits(reply, PHONE_BUDGET)) reply = drawSeveral(items, --shown, post, context)
  return { ...reply, buttons }
}

/** More lines than this have no room on a phone. */
const MAX_SHOWN = 12

function drawOne(
  item: Item,
  { zone, at, previews }: ItemPost,
): Pick<Reply, 'lead' | 'label' | 'blocks' | 'previews'> {
  const clock = { zone, near: at }
  if (item.state !== 'stands') return { blocks: [text(...itemLine(item, clock))] }
  return {
    lead: [headline(item)],
    label: labelOfPost(item, clock),
    blocks: [],
    ...(previews && { previews }),
  }
}

function drawSeveral(
  items: Item[],
  shown: number,
  { zone, at, title }: ItemPost,
  { commandLines }: Pick<DrawContext, 'commandLines'>,
): Reply {
  const clock = { zone, near: at }
  const drawn = items.slice(0, shown)
  const standing = drawn.filter(({ state }) => state === 'stands')
  const [lead] = standing
  const label = labelOfItems(standing)
  const others = drawn.filter(item => item !== lead)
  return {
    ...(lead && { lead: [headline(lead)] }),
    ...(label && { label }),
    blocks: [
      ...(lead ? [text(whoAndWhen(lead, clock))] : []),
      ...(others.length > 0 ? [list(others.map(item => itemLine(item, clock)))] : []),
      note(
        phrases.wire.severalAtOnce(title, items.length),
        ...(shown < items.length ? [' · ', ...phrases.wire.all(items.length, commandLines.wire())] : []),
      ),
    ],
    parts: drawn.map(({ id }) => partOfItem(id)),
    audience: 'place',
  }
}

function buttonsOf(
  { digest, about }: ItemPost,
  { story: find, commandLines }: Omit<DrawContext, 'revisions'>,
): Button[] {
  const story = about === undefined ? undefined : find(about)
  return [
    ...(story ? [{ label: phrases.wire.aboutThisStory, line: commandLines.forStory(story, 'latest') }] : []),
    { label: phrases.edition.button.changeOrStop, line: commandLines.settings(digest) },
  ]
}
