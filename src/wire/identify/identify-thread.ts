import { parentPort } from 'node:worker_threads'
import { newItemId } from '../item.ts'
import { identify } from './identify.ts'
import type { AwayAnswer, AwayInput } from './identify-away.ts'

parentPort!.on('message', ({ number, input }: { number: number; input: AwayInput }) => {
  const answer = (more: Omit<AwayAnswer, 'number'>) => parentPort!.postMessage({ number, ...more })
  try {
    answer({ result: identify({ ...input, newId: newItemId }) })
  } catch (cause) {
    answer({ error: String((cause as Error).stack ?? cause) })
  }
})
