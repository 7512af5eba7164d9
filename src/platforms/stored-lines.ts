import { hash } from 'node:crypto'
import type { ButtonLines, Log } from '../chat/platform.ts'
import { type Button, type Reply, refusal } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'

/** How the value of a button or option begins: what the press does, before a line or the key of a stored one. */
const PREFIX = /^(turn-)?(run|kept):/
/** The number of an option before its value: no two options of a menu may have the same one. */
const NUMBER = /^\d+:/

/** The value of a button in at most `max` characters: its line, or the key of one that is too long and is stored. */
export function buttonValue({ line, turns }: Pick<Button, 'line' | 'turns'>, max: number): string {
  const turn = turns ? 'turn-' : ''
  const value = `${turn}run:${line}`
  return value.length <= max ? value : `${turn}kept:${lineKey(line)}`
}

/** The value of an option of a menu, which always turns. */
export function optionValue({ line }: Pick<Button, 'line'>, index: number, max: number): string {
  const number = `${index}:`
  return number + buttonValue({ line, turns: true }, max - number.length)
}

const lineKey = (line: string) => hash('sha256', line, 'base64url')

/** What somebody pressed: a line or the key of a stored one, and whether the answer takes the place of the message. */
export type Pressed = { text: string; isKey: boolean; turns: boolean }

/** Reads the value of a pressed button or a picked option; undefined where it runs no line. */
export function readPressed(value: string): Pressed | undefined {
  const unnumbered = value.replace(NUMBER, '')
  const [prefix, turn, kind] = PREFIX.exec(unnumbered) ?? []
  if (prefix === undefined) return undefined
  return { text: unnumbered.slice(prefix.length), isKey: kind === 'kept', turns: turn !== undefined }
}

/** The value of a press that has a key, with the line itself: only what is really sent has a limit. */
export const withLine = (value: string, line: string): string =>
  value.replace(/kept:.*$/s, () => `run:${line}`)

/** The lines of the buttons and menus of a reply, by the keys that stand for those that are too long. */
export const linesByKey = ({ buttons = [], menus = [] }: Reply): Map<string, string> =>
  new Map(
    [...buttons, ...menus.flatMap(({ options }) => options)].map(
      ({ line }) => [lineKey(line), line] as const,
    ),
  )

/** Saves the lines whose values are keys, before anybody can press them. A press of one that is not saved says so. */
export async function saveLines(
  all: { line: string; value: string }[],
  lines: ButtonLines | undefined,
  onFailure: (cause: unknown) => void,
): Promise<void> {
  const tooLong = all
    .filter(({ value }) => readPressed(value)?.isKey)
    .map(({ line }) => ({ key: lineKey(line), line }))
  if (tooLong.length > 0) await lines?.save(tooLong).catch(onFailure)
}

/** Finds the line of a press; a reply that says so where it is not stored any more. */
export async function findPressedLine(
  { text, isKey }: Pressed,
  lines: ButtonLines | undefined,
  log: Log,
): Promise<string | Reply> {
  if (!isKey) return text
  try {
    return (await lines?.find(text)) ?? FORGOTTEN_LINE_REPLY
  } catch (cause) {
    log.error({ err: cause }, 'the line of a button could not be read')
    return refusal([phrases.everyPlatform.buttonNotFound])
  }
}

const FORGOTTEN_LINE_REPLY = refusal(phrases.everyPlatform.buttonTooOld())
