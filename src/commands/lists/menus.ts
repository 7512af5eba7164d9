import { type Button, MAX_OPTIONS, type Menu } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'

/** The longest label of an option that every platform accepts: Slack's limit, Discord allows 100. */
export const MAX_OPTION_LABEL = 75
/** A little below the 2,000 characters that Slack keeps behind a button; Discord stores longer lines elsewhere. */
const MAX_LINE = 1_900

/** An option of a menu. Its label may be shortened, with a mark: what it opens says all of it. */
export const menuOption = (label: string, line: string): Button => ({
  label: shortLabel(label),
  line,
  turns: true,
})

/** A menu of at most as many options as every platform shows; undefined where there is nothing to pick. */
export function menuOf(label: string, options: Button[]): Menu[] {
  const fitting = options.filter(({ line }) => line.length <= MAX_LINE).slice(0, MAX_OPTIONS)
  return fitting.length > 0 ? [{ label, options: fitting }] : []
}

/** A menu of the pages of a list, each by the first item on it. */
export const pagesMenu = (firstLabels: string[], line: string): Menu[] =>
  menuOf(
    phrases.pages.menu,
    firstLabels.map((label, index) =>
      menuOption(phrases.pages.option(index + 1, label), `${line} --page ${index + 1}`),
    ),
  )

function shortLabel(label: string): string {
  const text = label.replace(/\s+/g, ' ').trim()
  if (text.length <= MAX_OPTION_LABEL) return text
  const room = MAX_OPTION_LABEL - 1
  const space = text.lastIndexOf(' ', room)
  // Not in the middle of a letter that is written as two units.
  const end = space > room / 2 ? space : /[\ud800-\udbff]/.test(text[room - 1]!) ? room - 1 : room
  return `${text.slice(0, end).replace(/[\s,;:·.]+$/u, '')}…`
}
