import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/**
 * Lets other threads of this machine go first, above all the one that answers people. On Linux a priority can be that of one
 * thread; elsewhere it is that of the whole program, so nothing is changed there.
 */
export function lowerOwnPriority(): void {
  if (process.platform !== 'linux') return
  try {
    const thread = Number(/\d+$/.exec(readlinkSync('/proc/thread-self'))?.[0])
    if (thread > 0 && thread !== process.pid) setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Without /proc, or where it is not permitted, the thread works as before.
  }
}
