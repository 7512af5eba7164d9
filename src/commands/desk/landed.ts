import { withTimeout } from '../../chat/with-timeout.ts'
import type { DeskRequest } from '../context.ts'

/** By then the editor gets an answer, whatever is still to do: platforms wait 3 s. */
const ANSWER_BY_MS = 2_500

/** Whether an act is in the files already. Where that takes too long, it comes later. */
export async function isLanded({ desk, began }: DeskRequest, key: string): Promise<boolean> {
  if (!desk.land) return false
  const leftMs = Math.max(0, ANSWER_BY_MS - (performance.now() - began))
  try {
    return await withTimeout(desk.land(key), leftMs)
  } catch (cause) {
    desk.log.warn({ err: cause }, 'desk: a correction is not in the files yet')
    return false
  }
}
