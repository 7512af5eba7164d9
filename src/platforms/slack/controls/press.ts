import type { ButtonLines, Log } from '../../../chat/platform.ts'
import type { Reply } from '../../../chat/reply.ts'
import { findPressedLine, readPressed } from '../../stored-lines.ts'
import type { ActionPayload } from '../payload.ts'
import { isTurning } from './draw.ts'

/** Finds the line of a pressed button or a picked option; a reply that says so where it is not known any more. */
export function findLine(
  { actions: [action] }: ActionPayload,
  lines: ButtonLines | undefined,
  log: Log,
): Promise<string | Reply> | string {
  const picked = action?.selected_option?.value
  const pressed = picked === undefined ? undefined : readPressed(picked)
  return pressed ? findPressedLine(pressed, lines, log) : (picked ?? action?.value ?? '')
}

/**
 * Whether the answer of a press takes the place of the message that it was made in: only the person who pressed it sees
 * that message, and the press shows another page of the same list.
 */
export const isTurnInPlace = ({ container, actions: [action] }: ActionPayload): boolean =>
  container?.is_ephemeral === true && isTurning(action?.action_id ?? '')
