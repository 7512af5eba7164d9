import type { ButtonLines, Log } from '../../chat/platform.ts'
import {
  type Block,
  type Button,
  MAX_BUTTONS_WITH_SHARE,
  MAX_MENUS,
  MAX_OPTIONS,
  type Menu,
  type Reply,
} from '../../chat/reply.ts'
import { buttonValue, optionValue, saveLines } from '../stored-lines.ts'

/** Discord's limits, from docs.discord.com/developers/components/reference. */
const LIMITS = { buttonLabel: 80, customId: 100, menuLabel: 150, optionLabel: 100, optionValue: 100 }

const ROW = 1
const BUTTON = 2
const STRING_SELECT = 3
const GREY = 2

/** A row of buttons, or of one menu, as JSON for Discord. */
export type Row = { type: number; components: { type: number; [field: string]: unknown }[] }

/**
 * Draws the menus of a reply and its buttons below them. Discord allows each identifier once, so a second button that
 * does the same becomes small print: `lines` are those. Throws where a limit is exceeded.
 */
export function drawControls({ buttons = [], menus = [] }: Pick<Reply, 'buttons' | 'menus'>): {
  rows: Row[]
  lines: Block[]
} {
  const drawn = drawButtons(buttons)
  return {
    rows: [
      ...drawMenus(menus),
      ...(drawn.buttons.length > 0 ? [{ type: ROW, components: drawn.buttons }] : []),
    ],
    lines: drawn.lines,
  }
}

function drawButtons(buttons: Button[]): { buttons: Row['components']; lines: Block[] } {
  assertAtMost('buttons', buttons.length, MAX_BUTTONS_WITH_SHARE)
  const drawn = new Map<string, Row['components'][number]>()
  const lines: Block[] = []
  for (const button of buttons) {
    const { label, line } = button
    if (label.trim() === '' || line === '') throw new Error('discord: a button needs a label and a line')
    assertLength('the label of a button', label.length, LIMITS.buttonLabel)
    const id = buttonValue(button, LIMITS.customId)
    if (drawn.has(id)) lines.push({ kind: 'note', text: [`${label}: `, { code: line }] })
    else drawn.set(id, { type: BUTTON, style: GREY, label, custom_id: id })
  }
  return { buttons: [...drawn.values()], lines }
}

function drawMenus(menus: Menu[]): Row[] {
  assertAtMost('menus', menus.length, MAX_MENUS)
  return menus.map(({ label: placeholder, options }, index) => {
    if (placeholder.trim() === '' || options.length === 0)
      throw new Error('discord: a menu needs a label and options')
    assertLength('the label of a menu', placeholder.length, LIMITS.menuLabel)
    assertAtMost('options in a menu', options.length, MAX_OPTIONS)
    const drawn = options.map((option, number) => {
      if (option.label.trim() === '' || option.line === '')
        throw new Error('discord: an option needs a label and a line')
      assertLength('the label of an option', option.label.length, LIMITS.optionLabel)
      return { label: option.label, value: optionValue(option, number, LIMITS.optionValue) }
    })
    const menu = { type: STRING_SELECT, custom_id: `menu:${index}`, placeholder, options: drawn }
    return { type: ROW, components: [menu] }
  })
}

/** Creates a function that saves the lines of a reply that are too long for its buttons and menus. It never rejects. */
export const createLineSaver =
  (lines: ButtonLines | undefined, log: Log) =>
  ({ buttons = [], menus = [] }: Reply): Promise<void> =>
    saveLines(
      [
        ...buttons.map(button => ({ line: button.line, value: buttonValue(button, LIMITS.customId) })),
        ...menus.flatMap(({ options }) =>
          options.map((option, index) => ({
            line: option.line,
            value: optionValue(option, index, LIMITS.optionValue),
          })),
        ),
      ],
      lines,
      cause => log.error({ err: cause }, 'discord: the line of a button could not be saved'),
    )

function assertAtMost(what: string, count: number, limit: number) {
  if (count > limit) throw new Error(`discord: ${count} ${what}, at most ${limit}`)
}

function assertLength(what: string, length: number, limit: number) {
  if (length > limit)
    throw new Error(
      `discord: ${what} has ${length.toLocaleString('en-US')} characters, at most ${limit.toLocaleString('en-US')}`,
    )
}
