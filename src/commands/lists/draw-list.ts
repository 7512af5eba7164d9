import { type Button, type Inline, MAX_OPTIONS, type Menu, type Reply } from '../../chat/reply.ts'
import type { Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'
import { hintUnit, type PageFrame, type PageUnit, packPages, renderPage } from '../pages.ts'
import { menuOf, menuOption, pagesMenu } from './menus.ts'

/**
 * An item of a list: its line in an index, all of it, its name in a menu, and what to type after the verb to open it. An
 * item without `full` has an answer of its own, and its line is all that lists show.
 */
export type ListItem = { index: PageUnit; full?: PageUnit; option: string; typed: string }

/**
 * A list to draw. `line` asks for it, and `verbLine` with what is typed for an item opens that item. `heading` says what
 * an index has, `about` what it was chosen by; `before` stands above the items in any form, and `after` below them. `groups` is a menu of other lists, such as years.
 */
export type List = {
  story: Story
  frame: PageFrame
  items: ListItem[]
  line: string
  verbLine: string
  menu: string
  groups?: Menu[]
  heading?: Inline[]
  about?: string
  before?: PageUnit
  after?: PageUnit[]
  page: string | true | undefined
}

/** More items than this never fit on a page, in full or as lines of an index, and need not be measured. */
const MAX_IN_FULL = 15
const MAX_LINES = 25

/**
 * Draws a list: all of its items where they fit on a phone, otherwise an index of one line an item, with a menu that opens
 * one. Any item of 25 is one press away, whatever the page; of more, those on the page, and the pages.
 */
export function drawList(list: List): Reply {
  const { story, frame, items, line, verbLine, page, before, after = [], groups = [] } = list
  const request = { page, line }
  const leading = before ? [before] : []
  const full = items.flatMap(item => item.full ?? [])
  if (full.length === items.length && items.length <= MAX_IN_FULL) {
    const units = [...leading, ...full, ...after]
    if (packPages(story, frame, units).length === 1) return renderPage(story, frame, units, request)
  }
  const itemOf = new Map(items.map(item => [item.index, item]))
  const optionOf = ({ option, typed }: ListItem) => menuOption(option, `${verbLine} ${typed}`)
  const menusOf = (shown: PageUnit[], pages: PageUnit[][]): Menu[] => {
    const onPage = items.length <= MAX_OPTIONS ? items : shown.flatMap(unit => itemOf.get(unit) ?? [])
    const firstLabels = pages.map(units => units.flatMap(unit => itemOf.get(unit) ?? [])[0]?.option ?? '')
    const others = groups.length > 0 || items.length <= MAX_OPTIONS ? groups : pagesMenu(firstLabels, line)
    return [...menuOf(list.menu, onPage.map(optionOf)), ...others]
  }
  const about = list.about === undefined ? [] : [`${list.about} · `]
  const heading = list.heading ? [hintUnit(story, [...about, ...list.heading])] : []
  const units = [...leading, ...heading, ...items.map(({ index }) => index), ...after]
  return renderPage(story, { leastSources: 'checked', ...frame, menusOf }, units, request)
}

/** Whether some items fit on a page in full. */
export const fitInFull = (story: Story, frame: PageFrame, items: ListItem[]): boolean =>
  items.length <= MAX_IN_FULL &&
  packPages(
    story,
    frame,
    items.map(({ full }) => full!),
  ).length === 1

/** Whether the lines of an index fit on so many pages of a phone. */
export const fitsOnPages = (story: Story, frame: PageFrame, units: PageUnit[], most: number): boolean =>
  units.length <= most * MAX_LINES && packPages(story, frame, units).length <= most

/**
 * The buttons under an opened item: back to its list, and to the items beside it. Each takes the place of the message
 * where only its reader sees it.
 */
export function turnButtons(backLine: string, next?: string, previous?: string): Button[] {
  const { back, nextItem, previousItem } = phrases.pages
  return [
    { label: back, line: backLine, turns: true },
    ...(next === undefined ? [] : [{ label: nextItem, line: next, turns: true as const }]),
    ...(previous === undefined ? [] : [{ label: previousItem, line: previous, turns: true as const }]),
  ]
}

/** The buttons under an opened item of a list in which it has neighbours. */
export function turnButtonsAmong(
  items: ListItem[],
  item: ListItem,
  { verbLine, back }: { verbLine: string; back: string },
): Button[] {
  const at = items.indexOf(item)
  const lineAt = (place: number) => {
    const other = items[place]
    return other && `${verbLine} ${other.typed}`
  }
  return turnButtons(back, lineAt(at + 1), lineAt(at - 1))
}
