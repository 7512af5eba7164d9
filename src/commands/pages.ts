import { phoneLength, plain, plainInlines } from '../chat/plain-text.ts'
import {
  type Action,
  type Block,
  type Inline,
  MOST_ACTIONS,
  missing,
  note,
  PHONE_BUDGET,
  type Reply,
} from '../chat/reply.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { labelPart, sourcesBlock } from './label.ts'

/**
 * The smallest thing that a page holds: a block or a list item that is never parted, its sources and its part. `lead`
 * stands before it, always on the same page.
 */
export type Unit = { lead?: Block; block: Block; sources: number[]; part: string }

/** What stands on every page. */
type Frame = Pick<Reply, 'label' | 'title' | 'actions'>

/** Which page is wanted, as typed, and the typed line that the answer belongs to. */
type Wanted = { page: string | true | undefined; line: string }

/** Room for `Page 10 of 10` and the gaps between blocks. */
const PAGE_LINE = 20

/**
 * One page of an answer that may be longer than a phone shows at once. Nothing is cut: a unit that fits on no page is
 * an error, which `check` finds before anybody asks. With a story, its sources stand under each page.
 */
export function paged(story: Story | undefined, frame: Frame, units: Unit[], wanted: Wanted): Reply {
  const pages = packed(story, frame, units)
  const page = pageNumber(wanted, pages.length)
  if (typeof page !== 'number') return page
  const shown = pages[page - 1]!
  const sources =
    story &&
    sourcesBlock(
      story,
      shown.flatMap(unit => unit.sources),
    )
  return {
    ...frame,
    blocks: [
      ...merged(shown.flatMap(({ lead, block }) => (lead ? [lead, block] : [block]))),
      ...(sources?.kind === 'sources' && sources.line !== '' ? [sources] : []),
      ...(pages.length > 1 ? [note(phrases.pages.page(page, pages.length))] : []),
    ],
    actions: [...turns(page, pages.length, wanted.line), ...(frame.actions ?? [])].slice(0, MOST_ACTIONS),
    parts: [...new Set([...shown.map(unit => unit.part), ...(story ? [labelPart(story)] : [])])],
    audience: 'caller',
  }
}

/**
 * The units with a hint before the first where they fill more than two pages: whoever faces so many needs a way to ask
 * for less. The hint is counted like anything else on its page.
 */
export function withHint(story: Story, frame: Frame, units: Unit[], hint: Inline[]): Unit[] {
  if (packed(story, frame, units).length <= 2) return units
  return [{ block: note(...hint), sources: [], part: labelPart(story) }, ...units]
}

/** The number of the page that is wanted, or a sentence that helps when there is no such page. */
export function pageNumber({ page = '1', line }: Wanted, count: number): number | Reply {
  const number = /^\d{1,6}$/.test(String(page).trim()) ? Number(page) : 0
  if (number >= 1 && number <= count) return number
  const { onlyOne, lastOf } = phrases.pages
  return missing(count === 1 ? onlyOne(line) : lastOf(count, `${line} --page ${count}`))
}

/** Buttons to the next page and the one before. */
export function turns(page: number, count: number, line: string): Action[] {
  const next = { label: phrases.pages.next, line: `${line} --page ${page + 1}` }
  const previous = { label: phrases.pages.previous, line: `${line} --page ${page - 1}` }
  return [...(page < count ? [next] : []), ...(page > 1 ? [previous] : [])]
}

/** Whether a button leads to another page of an answer. */
export const isTurn = ({ line }: Action): boolean => / --page \d+$/.test(line)

function packed(story: Story | undefined, frame: Frame, units: Unit[]): Unit[][] {
  const fixed = phoneLength({ ...frame, blocks: [], parts: [], audience: 'caller' }) + PAGE_LINE
  const pages: Unit[][] = [[]]
  let used = 0
  let numbers = new Set<number>()
  for (const unit of units) {
    const length = (unit.lead ? lengthOf(unit.lead) + 2 : 0) + lengthOf(unit.block) + 2
    const together = new Set([...numbers, ...unit.sources])
    const page = pages.at(-1)!
    if (page.length > 0 && fixed + used + length + sourcesLength(story, together) > PHONE_BUDGET) {
      pages.push([unit])
      used = length
      numbers = new Set(unit.sources)
    } else {
      page.push(unit)
      used += length
      numbers = together
    }
  }
  return pages
}

const lengthOf = (block: Block) =>
  block.kind === 'list' && block.items.length === 1
    ? plainInlines(block.items[0]!).length + 2
    : plain({ blocks: [block], parts: [], audience: 'caller' }).length

function sourcesLength(story: Story | undefined, numbers: Set<number>): number {
  let digits = 0
  for (const number of numbers) digits += String(number).length + 2
  return digits + (story?.checked ? 40 + (story.checked.by?.length ?? 0) : 12)
}

/** Neighbouring lists become one list again. */
function merged(blocks: Block[]): Block[] {
  const result: Block[] = []
  for (const block of blocks) {
    const last = result.at(-1)
    if (block.kind === 'list' && last?.kind === 'list')
      result[result.length - 1] = { kind: 'list', items: [...last.items, ...block.items] }
    else result.push(block)
  }
  return result
}
