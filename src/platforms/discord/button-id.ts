import { hash } from 'node:crypto'
import type { KeptLines, Log } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'

/** Discord's limit for the identifier of a button (docs.discord.com/developers/components/reference). */
const MOST = 100
const RUN = 'run:'
const KEPT = 'kept:'

/** The identifier of a button: the line that it stands for, or where that has no room the key under which it is kept. */
export const buttonId = (line: string): string => (isLong(line) ? `${KEPT}${keyOf(line)}` : `${RUN}${line}`)

const isLong = (line: string) => RUN.length + line.length > MOST

const keyOf = (line: string) => hash('sha256', line, 'base64url')

/** Whether a pressed button is one of those that stand for a line. */
export const isButton = (id: string): boolean => id.startsWith(RUN) || id.startsWith(KEPT)

/**
 * Keeps the lines of a reply that have no room in its buttons, before they can be pressed. Never rejects: a button
 * whose line could not be kept says so when it is pressed.
 */
export const keeping =
  (lines: KeptLines | undefined, log: Log) =>
  async ({ actions = [] }: Reply): Promise<void> => {
    const long = actions.filter(({ line }) => isLong(line)).map(({ line }) => ({ key: keyOf(line), line }))
    if (long.length === 0 || !lines) return
    await lines
      .keep(long)
      .catch(cause => log.error({ err: cause }, 'discord: the line of a button could not be kept'))
  }

/** The line that a pressed button stands for, or what to say where nobody knows it any more. */
export async function pressedLine(
  id: string,
  lines: KeptLines | undefined,
  log: Log,
): Promise<string | Reply> {
  if (!id.startsWith(KEPT)) return id.slice(RUN.length)
  try {
    return (await lines?.line(id.slice(KEPT.length))) ?? FORGOTTEN
  } catch (cause) {
    log.error({ err: cause }, 'discord: the line of a button could not be read')
    return refusal([phrases.discord.buttonNotFound])
  }
}

const FORGOTTEN = refusal(phrases.discord.buttonTooOld())
