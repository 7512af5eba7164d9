import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../store/store.ts'

/** A database that answers needs a fraction of it, and whoever stops a process waits a few seconds before killing it. */
const ANSWER_MS = 1_000

/**
 * Lets a process that stops wait for its store only while that answers: asks it again and again, and cuts the connections
 * of one that is silent. Returns what ends the asking.
 */
export function leaveSilentStore(
  store: Pick<Store, 'cutIfSilent'>,
  { answerMs = ANSWER_MS } = {},
): () => void {
  let isLeft = false
  const ask = async () => {
    while (!isLeft) {
      await store.cutIfSilent(answerMs).catch(() => {})
      await sleep(answerMs, undefined, { ref: false })
    }
  }
  void ask()
  return () => {
    isLeft = true
  }
}
