import { hash } from 'node:crypto'
import type { ButtonLines, Log } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'

/** Discord's limit for the identifier of a button (docs.discord.com/developers/components/reference). */
const MAX_ID_CHARACTERS = 100
const RUN_PREFIX = 'run:'
const KEPT_PREFIX = 'kept:'

/** The identifier of a button: the line that it stands for, or where that has no room the key under which it is kept. */
export const buttonId = (line: string): string =>
  isLong(line) ? `${KEPT_PREFIX}${lineKey(line)}` : `${RUN_PREFIX}${line}`

const isLong = (line: string) => RUN_PREFIX.length + line.length > MAX_ID_CHARACTERS

const lineKey = (line: string) => hash('sha256', line, 'base64url')

/** Whether a pressed button is one of those that stand for a line. */
export const isLineButton = (id: string): boolean => id.startsWith(RUN_PREFIX) || id.startsWith(KEPT_PREFIX)

/**
 * Keeps the lines of a reply that have no room in its buttons, before they can be pressed. Never rejects: a button
 * whose line could not be kept says so when it is pressed.
 */
export const createButtonLineSaver =
  (lines: ButtonLines | undefined, log: Log) =>
  async ({ buttons = [] }: Reply): Promise<void> => {
    const long = buttons.filter(({ line }) => isLong(line)).map(({ line }) => ({ key: lineKey(line), line }))
    if (long.length === 0 || !lines) return
    await lines
      .save(long)
      .catch(cause => log.error({ err: cause }, 'discord: the line of a button could not be kept'))
  }

/** The line that a pressed button stands for, or what to say where nobody knows it any more. */
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
