import { keepResults } from '../chat/keep-results.ts'
import { phoneLength, plainBlock } from '../chat/plain-text.ts'
import {
  type Block,
  type Button,
  type Inline,
  MAX_BUTTONS,
  type Menu,
  note,
  notFoundRefusal,
  PHONE_BUDGET,
  type Reply,
} from '../chat/reply.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { labelPart, sourcesBlock } from './label.ts'
import { mergeLists } from './lists/merge-lists.ts'

/**
 * The smallest piece of a paged answer: a block or list item that is never split, its sources and the id of its part.
 * `lead` comes before the block, always on the same page. `correction` is the part id of a correction that it tells,
 * `addresses` the room that its links take where a platform shows them apart.
 */
export type PageUnit = {
  lead?: Block
  block: Block
  sources: number[]
  part: string
  correction?: string
  addresses?: number
}

/** A unit of an answer that shows no part of a story, such as a status. */
export const plainUnit = (block: Block): PageUnit => ({ block, sources: [], part: '' })

/**
 * What the pages of an answer have beside their units; the title stands on the first page only. `menusOf` makes the menus
 * of a page, which may name what is on it. `leastSources` is for an index, each item of which shows its own sources when
 * it is opened: what stays of them where their numbers would need another page, the day of the check or nothing.
 * A lead takes no room: other lines for the same pages have none, and nothing may be lost between two pages.
 */
export type PageFrame = Pick<Reply, 'lead' | 'label' | 'title' | 'buttons'> & {
  menusOf?(shown: PageUnit[], pages: PageUnit[][]): Menu[]
  leastSources?: 'checked' | 'none'
}

/** The page to show, as typed, and the line without `--page` that asks for the same answer. */
type PageRequest = { page: string | true | undefined; line: string }

/** Room for `Page 10 of 10` and the gaps between blocks. */
const PAGE_NUMBER_LENGTH = 20
/** Room for the words around the numbers of sources, and for the day of the last check, without its checker. */
const NUMBERS_LENGTH = 12
const CHECKED_LENGTH = 28
/** Discord shows the links of a message in an embed, which has 4,096 characters, and sources below them. */
const MAX_ADDRESSES = 3_200

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
  const { menusOf, leastSources: _, title, ...repeated } = frame
  const menus = menusOf?.(shown, pages) ?? []
  return {
    ...repeated,
    ...(page === 1 && title !== undefined && { title }),
    blocks: [
      ...blocksOf(shown),
      ...sourcesOf(story, frame, shown, pages.length),
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
    ...(menus.length > 0 && { menus }),
  }
}

/** The sources under a page: those that it cites, or where an index has no room for them, what must stay of them. */
function sourcesOf(
  story: Story | undefined,
  frame: PageFrame,
  shown: PageUnit[],
  pageCount: number,
): Block[] {
  const all = sourcesLine(
    story,
    shown.flatMap(unit => unit.sources),
  )
  if (!frame.leastSources) return all
  const checked = sourcesLine(story, [])
  if (pageCount > 1) return checked
  const [most] = [all, checked].filter(sources => onePageLength(frame, shown, sources) <= PHONE_BUDGET)
  return most ?? leastSourcesOf(story, frame, shown)
}

/** The sources that a page has at the least. */
function leastSourcesOf(
  story: Story | undefined,
  { leastSources: least }: PageFrame,
  units: PageUnit[],
): Block[] {
  if (least === 'none') return []
  const numbers = least === undefined ? units.flatMap(unit => unit.sources) : []
  return sourcesLine(story, numbers)
}

function sourcesLine(story: Story | undefined, numbers: number[]): Block[] {
  const sources = story && sourcesBlock(story, numbers)
  return sources && sources.line !== '' ? [sources] : []
}

/** The length of an answer of one page, with these sources. */
function onePageLength({ label, title }: PageFrame, units: PageUnit[], sources: Block[]): number {
  const blocks = [...blocksOf(units), ...sources]
  return phoneLength({ label, title, blocks, parts: [], audience: 'caller' })
}

const blocksOf = (units: PageUnit[]): Block[] =>
  mergeLists(units.flatMap(({ lead, block }) => (lead ? [lead, block] : [block])))

/** The unit of small print above a list: what it has, and lines that show less of it. */
export const hintUnit = (story: Story, hint: Inline[]): PageUnit =>
  keptHintUnit(JSON.stringify([labelPart(story), hint]))

/** The same unit for each page of an answer, so that its pages are packed once. */
const keptHintUnit = keepResults((partAndHint): PageUnit => {
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
  const next: Button = { label: phrases.pages.next, line: `${line} --page ${page + 1}`, turns: true }
  const previous: Button = { label: phrases.pages.previous, line: `${line} --page ${page - 1}`, turns: true }
  return [...(page < count ? [next] : []), ...(page > 1 ? [previous] : [])]
}

/** Whether a button leads to another page of an answer. */
export const isPageButton = ({ line }: Button): boolean => / --page \d+$/.test(line)

/** How many answers keep their pages: one is asked for page by page, and a list is tried in full before as an index. */
const MAX_PACKED = 6
/** The room for units on the first page, and on each of the others, which have no title. */
type Room = { first: number; others: number; citing: boolean }
let packed: (Room & { units: PageUnit[]; pages: PageUnit[][] })[] = []

/** Packs units into the pages that `renderPage` shows. Those of the last answers are kept. */
export function packPages(story: Story | undefined, frame: PageFrame, units: PageUnit[]): PageUnit[][] {
  const { label, title = '', leastSources } = frame
  const fixed = phoneLength({ label, title, blocks: [], parts: [], audience: 'caller' }) + PAGE_NUMBER_LENGTH
  const numbersLength = leastSources ? 0 : NUMBERS_LENGTH
  const first =
    PHONE_BUDGET -
    fixed -
    numbersLength -
    (story?.checked ? CHECKED_LENGTH + (story.checked.by?.length ?? 0) : 0)
  const room = {
    first,
    others: title === '' ? first : first + title.length + 2,
    citing: leastSources === undefined,
  }
  const known = packed.find(
    last =>
      last.first === room.first &&
      last.others === room.others &&
      last.citing === room.citing &&
      isSame(last.units, units),
  )
  if (known) return known.pages
  const inPages = packUnits(room, units)
  // What is kept free for a page number is not needed on a single page, which must then be measured as it is.
  const fitsOnOne =
    inPages.length === 2 &&
    units.reduce((sum, { addresses = 0 }) => sum + addresses, 0) <= MAX_ADDRESSES &&
    onePageLength(frame, units, leastSourcesOf(story, frame, units)) <= PHONE_BUDGET
  const pages = fitsOnOne ? [units] : inPages
  packed = [{ ...room, units, pages }, ...packed.slice(0, MAX_PACKED - 1)]
  return pages
}

const isSame = (a: PageUnit[], b: PageUnit[]) =>
  a.length === b.length && a.every((unit, at) => unit === b[at])

function packUnits({ first, others, citing }: Room, units: PageUnit[]): PageUnit[][] {
  const pages: PageUnit[][] = [[]]
  let page = pages[0]!
  let used = 0
  let addresses = 0
  let cited = new Set<number>()
  for (const unit of units) {
    const length = unitLength(unit)
    const own = unit.addresses ?? 0
    const numbers = citing ? unit.sources : []
    const room = pages.length === 1 ? first : others
    const isFull = used + length + newDigits(numbers, cited) > room || addresses + own > MAX_ADDRESSES
    if (page.length > 0 && isFull) {
      page = []
      pages.push(page)
      used = 0
      addresses = 0
      cited = new Set()
    }
    page.push(unit)
    addresses += own
    used += length + newDigits(numbers, cited)
    for (const number of numbers) cited.add(number)
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
