import type { Button, Menu, Reply } from '../../chat/reply.ts'

/** Options of a menu that are no longer than this, such as years, stand in one line. */
const SHORT = 24

/** The lines that can be run below a reply in the terminal: those of its buttons, then those of its menus. */
export const choiceLines = ({ buttons = [], menus = [] }: Reply): string[] =>
  [...buttons, ...menus.flatMap(({ options }) => options)].map(({ line }) => line)

/** The buttons and menus of a reply as text, each choice with the number that runs it. */
export function formatChoices({ buttons = [], menus = [] }: Reply): string {
  let last = buttons.length
  const drawnMenus = menus.map(menu => {
    const drawn = formatMenu(menu, last + 1)
    last += menu.options.length
    return drawn
  })
  return [
    buttons.map(({ label, line }, index) => `${index + 1}  ${label}  (${line})`).join('\n'),
    ...drawnMenus,
  ]
    .filter(Boolean)
    .join('\n')
}

function formatMenu({ label, options }: Menu, first: number): string {
  const numbered = (option: Button, index: number) => `${first + index}  ${option.label}`
  return options.every(option => option.label.length <= SHORT)
    ? `${label}:  ${options.map(numbered).join(' · ')}`
    : [`${label}:`, ...options.map(numbered)].join('\n')
}
