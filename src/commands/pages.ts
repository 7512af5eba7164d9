import { keepResults } from '../chat/keep-results.ts'
import { phoneLength, plainBlock } from '../chat/plain-text.ts'
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
  return [hintUnit(JSON.stringify([labelPart(story), hint])), ...units]
}

/** The unit of a hint, the same one for each page of an answer. */
const hintUnit = keepResults((partAndHint): PageUnit => {
  const [part, hint] = JSON.parse(partAndHint) as [string, Inline[]]
  return { block: note(...hint), sources: [], part }
}, 10)

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

/** How many answers keep their pages: one is asked for page by page, and a hint is tried with it and without. */
const MAX_PACKED = 4
let packed: { room: number; units: PageUnit[]; pages: PageUnit[][] }[] = []

/** Packs units into pages. Those of the last answers are kept. */
function packPages(story: Story | undefined, frame: PageFrame, units: PageUnit[]): PageUnit[][] {
  const fixed = phoneLength({ ...frame, blocks: [], parts: [], audience: 'caller' }) + PAGE_NUMBER_LENGTH
  const room = PHONE_BUDGET - fixed - (story?.checked ? 40 + (story.checked.by?.length ?? 0) : 12)
  const known = packed.find(last => last.room === room && isSame(last.units, units))
  if (known) return known.pages
  const pages = packUnits(room, units)
  packed = [{ room, units, pages }, ...packed.slice(0, MAX_PACKED - 1)]
  return pages
}

const isSame = (a: PageUnit[], b: PageUnit[]) =>
  a.length === b.length && a.every((unit, at) => unit === b[at])

function packUnits(room: number, units: PageUnit[]): PageUnit[][] {
  const pages: PageUnit[][] = [[]]
  let page = pages[0]!
  let used = 0
  let cited = new Set<number>()
  for (const unit of units) {
    const length = unitLength(unit)
    if (page.length > 0 && used + length + newDigits(unit.sources, cited) > room) {
      page = []
      pages.push(page)
      used = 0
      cited = new Set()
    }
    page.push(unit)
    used += length + newDigits(unit.sources, cited)
    for (const number of unit.sources) cited.add(number)
  }
  return pages
}

/** The length of a unit as plain text. */
const unitLength = ({ lead, block }: PageUnit): number =>
  (lead ? plainBlock(lead).length + 2 : 0) + plainBlock(block).length + 2

/** The characters of the numbers that are not cited yet, each counted once, with a comma and a space behind it. */
function newDigits(numbers: number[], cited: ReadonlySet<number>): number {
  let digits = 0
  for (const [index, number] of numbers.entries())
    if (!cited.has(number) && numbers.indexOf(number) === index) digits += String(number).length + 2
  return digits
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
