import { setTimeout as sleep } from 'node:timers/promises'
import { platformOf } from '../../../chat/platform.ts'
import { harmlessName } from '../../../chat/safe-text.ts'
import type { DeskRequest } from '../../context.ts'

/** How long a platform may take to look up a name. */
const TIMEOUT_MS = 400

/** The name of an editor as people know it; undefined if it would break a sentence, or nobody knows it. */
export async function editorName({ desk, call }: DeskRequest): Promise<string | undefined> {
  const lookUp = desk.platform(platformOf(call.place))?.lookUpCaller?.(call.caller)
  const info = lookUp && (await Promise.race([lookUp, sleep(TIMEOUT_MS, undefined, { ref: false })]))
  return harmlessName(info?.name) ?? harmlessName(call.caller.name)
}
