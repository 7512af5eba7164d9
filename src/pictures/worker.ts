import { enableCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { lowerOwnPriority } from '../chat/low-priority.ts'
import type { Picture } from '../chat/reply.ts'

/** A picture for the thread to paint. */
export type PaintRequest = { id: number; picture: Picture }

/** The painted picture, or why it could not be painted. */
export type PaintResult = { id: number } & ({ png: Uint8Array } | { problem: string })

lowerOwnPriority()
// This file runs as a thread of its own: see painter.ts. The renderer is large, so its compiled code is cached on disk.
enableCompileCache()
const { renderPng } = await import('./render-png.ts')

parentPort!.on('message', async ({ id, picture }: PaintRequest) => {
  const result: PaintResult = await renderPng(picture).then(
    png => ({ id, png }),
    (cause: unknown) => ({ id, problem: cause instanceof Error ? cause.message : String(cause) }),
  )
  parentPort!.postMessage(result)
})
