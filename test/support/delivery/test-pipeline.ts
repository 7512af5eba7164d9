import type { Log, Platform } from '../../../src/chat/platform.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createPipeline, type PipelineOptions } from '../../../src/delivery/pipeline.ts'
import type { Store } from '../../../src/store/store.ts'
import { libraryFromFiles, storyFiles } from '../content/story-files.ts'

/** A log that remembers its warnings and errors as text. */
export function warningLog(): Log & { text(): string } {
  const lines: string[] = []
  const keep = (details: object, message: string) => {
    const { err } = details as { err?: Error }
    lines.push(`${message} ${err?.message ?? ''}`)
  }
  return { debug: () => {}, info: () => {}, warn: keep, error: keep, text: () => lines.join('\n') }
}

const DIGESTS = [{ name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }]

/** A library with one story and one digest, `morning`. */
export const morningLibrary = (dek = 'Why it closed.') =>
  libraryFromFiles(storyFiles('bridge', { meta: { dek } }), [
    { path: 'digests.yml', text: JSON.stringify(DIGESTS), origin: 'content/digests.yml' },
  ])

/** Presses on a store that post on one platform, with short times. */
export function createTestPipeline(store: Store, platform: Platform, more: Partial<PipelineOptions> = {}) {
  const log = warningLog()
  const library = morningLibrary()
  const pipeline = createPipeline({
    store,
    library: () => library,
    platforms: () => [platform],
    commandLines: commandLinesFor,
    redraw: () => Promise.reject(new Error('there are no answers here')),
    zone: 'UTC',
    times: { leaseMs: 300, requestTimeoutMs: 120, backOffMs: 20, maxBackOffMs: 100 },
    log,
    ...more,
  })
  return { pipeline, log }
}
