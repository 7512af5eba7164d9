import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import type { Picture } from '../chat/reply.ts'

/** What the studio is told to paint, and what it says when it is done. */
export type Order = { id: number; picture: Picture }
export type Done = { id: number } & ({ png: Uint8Array } | { problem: string })

// This file is a thread of its own: see paint.ts. What it draws with is large, and compiled once for all times.
enableCompileCache()
const { png } = await import('./render.ts')

parentPort!.on('message', async ({ id, picture }: Order) => {
  const done: Done = await png(picture).then(
    bytes => ({ id, png: bytes }),
    (cause: unknown) => ({ id, problem: cause instanceof Error ? cause.message : String(cause) }),
  )
  parentPort!.postMessage(done)
})
