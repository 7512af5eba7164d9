import { hash } from 'node:crypto'
import type { ButtonLines, Log } from '../../../chat/platform.ts'
import {
  type Button,
  MAX_BUTTONS_WITH_SHARE,
  MAX_MENUS,
  MAX_OPTIONS,
  type Menu,
  type Reply,
} from '../../../chat/reply.ts'
import { optionValue, saveLines } from '../../stored-lines.ts'
import { plainText } from '../mrkdwn.ts'

/** Slack's limits, from docs.slack.dev/reference/block-kit/block-elements and …/composition-objects/option-object. */
const LIMITS = { buttonLabel: 75, buttonLine: 2_000, menuLabel: 150, optionLabel: 75, optionValue: 150 }

/** The `action_id` of a button begins with this, or with `TURN_PREFIX` where it shows another page of the same list. */
const RUN_PREFIX = 'run:'
const TURN_PREFIX = 'turn:'

/** Whether a button or menu shows another page of the same list. */
export const isTurning = (actionId: string): boolean => actionId.startsWith(TURN_PREFIX)

/** The `action_id`s of our buttons and menus. */
export const CONTROL = new RegExp(`^(?:${RUN_PREFIX}|${TURN_PREFIX})`)

/** A block of buttons or menus, as JSON for Slack. */
type ActionsBlock = { type: 'actions'; elements: object[] }

/**
 * Draws the menus of a reply, and its buttons below them. `text` is that of the message: in one that is replaced, Slack goes
 * on showing what was picked before, as long as the menu has the same identifier.
 */
export function drawControls(
  { buttons = [], menus = [] }: Pick<Reply, 'buttons' | 'menus'>,
  text: string,
): ActionsBlock[] {
  return [
    ...(menus.length > 0 ? [actions(drawMenus(menus, text))] : []),
    ...(buttons.length > 0 ? [actions(drawButtons(buttons))] : []),
  ]
}

const actions = (elements: object[]): ActionsBlock => ({ type: 'actions', elements })

function drawButtons(buttons: Button[]): object[] {
  assertAtMost('buttons', buttons.length, MAX_BUTTONS_WITH_SHARE)
  return buttons.map(({ label, line, turns }, index) => {
    if (label === '' || line === '') throw new Error('slack: a button needs a label and a line')
    assertLength('the label of a button', label.length, LIMITS.buttonLabel)
    assertLength('the line of a button', line.length, LIMITS.buttonLine)
    const action_id = `${turns ? TURN_PREFIX : RUN_PREFIX}${index}`
    return { type: 'button', action_id, text: plainText(label), value: line }
  })
}

function drawMenus(menus: Menu[], text: string): object[] {
  assertAtMost('menus', menus.length, MAX_MENUS)
  const shown = hash('sha256', text, 'base64url').slice(0, 8)
  return menus.map(({ label, options }, index) => {
    if (label === '' || options.length === 0) throw new Error('slack: a menu needs a label and options')
    assertLength('the label of a menu', label.length, LIMITS.menuLabel)
    assertAtMost('options in a menu', options.length, MAX_OPTIONS)
    return {
      type: 'static_select',
      action_id: `${TURN_PREFIX}menu${index}:${shown}`,
      placeholder: plainText(label),
      options: options.map(drawOption),
    }
  })
}

function drawOption(option: Button, index: number): object {
  if (option.label === '' || option.line === '') throw new Error('slack: an option needs a label and a line')
  assertLength('the label of an option', option.label.length, LIMITS.optionLabel)
  return { text: plainText(option.label), value: optionValue(option, index, LIMITS.optionValue) }
}

/** Saves the lines of a reply that are too long for the options of its menus. Never rejects. */
export const createLineSaver =
  (lines: ButtonLines | undefined, log: Log) =>
  ({ menus = [] }: Reply): Promise<void> =>
    saveLines(
      menus.flatMap(({ options }) =>
        options.map((option, index) => ({
          line: option.line,
          value: optionValue(option, index, LIMITS.optionValue),
        })),
      ),
      lines,
      cause => log.error({ err: cause }, 'slack: the line of a menu could not be saved'),
    )

function assertAtMost(what: string, count: number, limit: number) {
  if (count > limit) throw new Error(`slack: ${count} ${what}, at most ${limit}`)
}

function assertLength(what: string, length: number, limit: number) {
  if (length > limit)
    throw new Error(
      `slack: ${what} has ${length.toLocaleString('en-US')} characters, at most ${limit.toLocaleString('en-US')}`,
    )
}
