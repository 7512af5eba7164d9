import { phoneLength, plainInlines, toPlainText } from '../chat/plain-text.ts'
import {
  type Block,
  type Button,
  type Inline,
  MAX_BUTTONS,
  note,
  notFoundRefusal,
  PHONE_BUDGET,
  type Reply,
} from '../chat/reply.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { labelPart, sourcesBlock } from './label.ts'

/**
 * The smallest piece of a paged answer: a block or list item that is never split, its sources and the id of its part.
 * `lead` comes before the block, always on the same page. `correction` is the part id of a correction that it tells.
 */
export type PageUnit = { lead?: Block; block: Block; sources: number[]; part: string; correction?: string }

/** A unit of an answer that shows no part of a story, such as a status. */
export const plainUnit = (block: Block): PageUnit => ({ block, sources: [], part: '' })

/** What every page of an answer repeats. */
type PageFrame = Pick<Reply, 'label' | 'title' | 'buttons'>

/** The page to show, as typed, and the line without `--page` that asks for the same answer. */
type PageRequest = { page: string | true | undefined; line: string }

/** Room for `Page 10 of 10` and the gaps between blocks. */
const PAGE_NUMBER_LENGTH = 20

/**
 * Renders one page of an answer that may be longer than a phone shows at once. Nothing is cut: a unit that fits on no
 * page is an error, which `check` finds before anybody asks. With a story, each page ends with the sources it cites.
 */
export function renderPage(
  story: Story | undefined,
  frame: PageFrame,
  units: PageUnit[],
  request: PageRequest,
): Reply {
  const pages = packPages(story, frame, units)
  const page = pageNumber(request, pages.length)
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
      ...mergeLists(shown.flatMap(({ lead, block }) => (lead ? [lead, block] : [block]))),
      ...(sources?.kind === 'sources' && sources.line !== '' ? [sources] : []),
      ...(pages.length > 1 ? [note(phrases.pages.page(page, pages.length))] : []),
    ],
    buttons: [...pageButtons(page, pages.length, request.line), ...(frame.buttons ?? [])].slice(
      0,
      MAX_BUTTONS,
    ),
    parts: [
      ...new Set([
        ...shown.flatMap(({ part, correction }) => (correction === undefined ? [part] : [part, correction])),
        ...(story ? [labelPart(story)] : []),
      ]),
    ],
    audience: 'caller',
  }
}

/**
 * Adds a hint before the first unit where the units fill more than two pages: that many need a way to ask for less. The
 * hint takes room on its page like any other unit.
 */
export function withHint(story: Story, frame: PageFrame, units: PageUnit[], hint: Inline[]): PageUnit[] {
  if (packPages(story, frame, units).length <= 2) return units
  return [{ block: note(...hint), sources: [], part: labelPart(story) }, ...units]
}

/** The number of the page to show, or a refusal with a line that works when there is no such page. */
export function pageNumber({ page = '1', line }: PageRequest, count: number): number | Reply {
  const number = /^\d{1,6}$/.test(String(page).trim()) ? Number(page) : 0
  if (number >= 1 && number <= count) return number
  const { onlyOne, onlySoMany } = phrases.pages
  return notFoundRefusal(count === 1 ? onlyOne(line) : onlySoMany(count, `${line} --page ${count}`))
}

/** Buttons to the next and the previous page. */
export function pageButtons(page: number, count: number, line: string): Button[] {
  const next = { label: phrases.pages.next, line: `${line} --page ${page + 1}` }
  const previous = { label: phrases.pages.previous, line: `${line} --page ${page - 1}` }
  return [...(page < count ? [next] : []), ...(page > 1 ? [previous] : [])]
}

/** Whether a button leads to another page of an answer. */
export const isPageButton = ({ line }: Button): boolean => / --page \d+$/.test(line)

function packPages(story: Story | undefined, frame: PageFrame, units: PageUnit[]): PageUnit[][] {
  const fixed = phoneLength({ ...frame, blocks: [], parts: [], audience: 'caller' }) + PAGE_NUMBER_LENGTH
  const pages: PageUnit[][] = [[]]
  let used = 0
  let numbers = new Set<number>()
  for (const unit of units) {
    const length = (unit.lead ? blockLength(unit.lead) + 2 : 0) + blockLength(unit.block) + 2
    const allNumbers = new Set([...numbers, ...unit.sources])
    const page = pages.at(-1)!
    if (page.length > 0 && fixed + used + length + sourcesLength(story, allNumbers) > PHONE_BUDGET) {
      pages.push([unit])
      used = length
      numbers = new Set(unit.sources)
    } else {
      page.push(unit)
      used += length
      numbers = allNumbers
    }
  }
  return pages
}

const blockLength = (block: Block) =>
  block.kind === 'list' && block.items.length === 1
    ? plainInlines(block.items[0]!).length + 2
    : toPlainText({ blocks: [block], parts: [], audience: 'caller' }).length

function sourcesLength(story: Story | undefined, numbers: Set<number>): number {
  let digits = 0
  for (const number of numbers) digits += String(number).length + 2
  return digits + (story?.checked ? 40 + (story.checked.by?.length ?? 0) : 12)
}

/** Joins neighbouring lists into one. */
function mergeLists(blocks: Block[]): Block[] {
  const result: Block[] = []
  for (const block of blocks) {
    const last = result.at(-1)
    if (block.kind === 'list' && last?.kind === 'list')
      result[result.length - 1] = { kind: 'list', items: [...last.items, ...block.items] }
    else result.push(block)
  }
  return result
}
