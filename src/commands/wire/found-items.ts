import { phoneLength } from '../../chat/plain-text.ts'
import type { Call } from '../../chat/platform.ts'
import { type Button, PHONE_BUDGET, type Reply, refusal } from '../../chat/reply.ts'
import type { Story } from '../../content/story.ts'
import { labelOfItems } from '../../digests/items/draw.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { Item } from '../../store/wire/items.ts'
import { type CommandContext, callerZone } from '../context.ts'
import { formatLine, type ParsedLine } from '../line.ts'
import { renderPage } from '../pages.ts'
import { safeEcho } from '../refusals.ts'
import { itemUnits, newsUnits } from './item-units.ts'
import { itemsWithWords } from './wire.ts'

/** Items that a search found, and how to draw them. */
export type FoundItems = {
  items: Item[]
  typed: string
  line: string
  zone: string
  call: Call
  isPast: boolean
}

/** A longer line has no room in a button, and would be printed for all to see. */
const MAX_BUTTON_LINE = 80
/** Room for a page number and for the line that says how plain words were read. */
const SPARE_ROOM = 100

/** Searches the wire for the words of a search; in a story, among what is about it. */
export function findItems(
  newsroom: CommandContext,
  { args }: ParsedLine,
  call: Call,
  story?: Story,
): FoundItems {
  const view = newsroom.wire?.()
  const typed = args.join(' ')
  const among = view && story ? { items: view.ofStory(story) } : view
  return {
    items: among ? itemsWithWords(among, typed) : [],
    typed,
    line: `/nutgraf wire ${formatLine({ args, flags: {} })}`,
    zone: callerZone(call, newsroom),
    call,
    isPast: view?.isPast ?? false,
  }
}

/** The answer to a search that found nothing in the stories, but something on the wire. */
export function itemsOnly(found: FoundItems, page: string | true | undefined): Reply {
  const { items, typed, line, zone, call, isPast } = found
  const title = phrases.wire.title(items.length, safeEcho(call, typed))
  const frame = { label: labelOfItems(items), title }
  const request = { page: isPast ? undefined : page, line }
  const reply = renderPage(undefined, frame, itemUnits(items, { zone, at: call.at }), request)
  // This refusal repeats what was typed, so others get one without the line.
  return reply.refusal && call.audience === 'place' ? refusal([phrases.pages.noSuchPage]) : reply
}

/** Adds what was found on the wire below the hits of a search: as many items as have room, and a button to all. */
export function withItems(reply: Reply, { items, line, zone, call }: FoundItems): Reply {
  if (items.length === 0) return reply
  for (let most = 3; most > 0; most--) {
    const units = newsUnits(items, line, { zone, at: call.at }, most).filter(
      ({ block }) => block.kind !== 'note' || call.audience === 'caller',
    )
    const blocks = [...reply.blocks, ...units.flatMap(({ lead, block }) => (lead ? [lead, block] : [block]))]
    const candidate = { ...reply, blocks, parts: [...reply.parts, ...units.map(({ part }) => part)] }
    if (phoneLength(candidate) + SPARE_ROOM <= PHONE_BUDGET) return candidate
  }
  return reply
}

/** The button to all that a search found on the wire; none where its line would be printed for others. */
export const itemsButton = ({ items, line, call }: FoundItems): Button[] =>
  items.length > 0 && (call.audience === 'caller' || line.length <= MAX_BUTTON_LINE)
    ? [{ label: phrases.wire.more(items.length), line }]
    : []
