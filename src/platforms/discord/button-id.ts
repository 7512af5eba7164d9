import { hash } from 'node:crypto'
import type { ButtonLines, Log } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'

/** Discord's limit for the identifier of a button (docs.discord.com/developers/components/reference). */
const MAX_ID_CHARACTERS = 100
const RUN_PREFIX = 'run:'
const KEPT_PREFIX = 'kept:'

/** Makes the identifier of a button: its line, or the key of a saved line that is too long for it. */
export const buttonId = (line: string): string =>
  isTooLong(line) ? `${KEPT_PREFIX}${lineKey(line)}` : `${RUN_PREFIX}${line}`

const isTooLong = (line: string) => RUN_PREFIX.length + line.length > MAX_ID_CHARACTERS

const lineKey = (line: string) => hash('sha256', line, 'base64url')

/** Whether a pressed button runs a line. */
export const isLineButton = (id: string): boolean => id.startsWith(RUN_PREFIX) || id.startsWith(KEPT_PREFIX)

/**
 * Creates a function that saves the lines of a reply that are too long for its buttons, before anybody can press them.
 * It never rejects: a button whose line could not be saved says so when it is pressed.
 */
export const createButtonLineSaver =
  (lines: ButtonLines | undefined, log: Log) =>
  async ({ buttons = [] }: Reply): Promise<void> => {
    const tooLong = buttons
      .filter(({ line }) => isTooLong(line))
      .map(({ line }) => ({ key: lineKey(line), line }))
    if (tooLong.length === 0 || !lines) return
    await lines
      .save(tooLong)
      .catch(cause => log.error({ err: cause }, 'discord: the line of a button could not be saved'))
  }

/** Finds the line of a pressed button; a reply that says so where it is not saved any more. */
export async function findPressedLine(
  id: string,
  lines: ButtonLines | undefined,
  log: Log,
): Promise<string | Reply> {
  if (!id.startsWith(KEPT_PREFIX)) return id.slice(RUN_PREFIX.length)
  try {
    return (await lines?.find(id.slice(KEPT_PREFIX.length))) ?? FORGOTTEN_BUTTON_REPLY
  } catch (cause) {
    log.error({ err: cause }, 'discord: the line of a button could not be read')
    return refusal([phrases.discord.buttonNotFound])
  }
}

const FORGOTTEN_BUTTON_REPLY = refusal(phrases.discord.buttonTooOld())
