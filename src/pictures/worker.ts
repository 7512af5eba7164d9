import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import type { Picture } from '../chat/reply.ts'

/** What the studio is told to paint, and what it says when it is done. */
export type PaintRequest = { id: number; picture: Picture }
export type PaintResult = { id: number } & ({ png: Uint8Array } | { problem: string })

// This file is a thread of its own: see paint.ts. What it draws with is large, and compiled once for all times.
enableCompileCache()
const { renderPng } = await import('./render-png.ts')

parentPort!.on('message', async ({ id, picture }: PaintRequest) => {
  const done: PaintResult = await renderPng(picture).then(
    bytes => ({ id, png: bytes }),
    (cause: unknown) => ({ id, problem: cause instanceof Error ? cause.message : String(cause) }),
  )
  parentPort!.postMessage(done)
})
