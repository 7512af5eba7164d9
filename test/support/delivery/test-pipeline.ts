import type { Platform } from '../../../src/chat/platform.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createPipeline, type PipelineOptions } from '../../../src/delivery/pipeline.ts'
import type { Store } from '../../../src/store/store.ts'
import { digestFile } from '../content/digest-file.ts'
import { libraryFromFiles, storyFiles } from '../content/story-files.ts'
import { recordingLog } from '../recording-log.ts'

const DIGESTS = [{ name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }]

/** A library with one story and one digest, `morning`. */
export const morningLibrary = (dek = 'Why it closed.') =>
  libraryFromFiles(storyFiles('bridge', { meta: { dek } }), [digestFile(DIGESTS)])

/** Creates a pipeline that posts what is due in a store on one platform, with short times. */
export function createTestPipeline(store: Store, platform: Platform, more: Partial<PipelineOptions> = {}) {
  const log = recordingLog()
  const library = morningLibrary()
  const pipeline = createPipeline({
    store,
    library: () => library,
    platforms: () => [platform],
    commandLines: commandLinesFor,
    redraw: () => Promise.reject(new Error('nothing is redrawn here')),
    zone: 'UTC',
    times: { leaseMs: 300, requestTimeoutMs: 120, backOffMs: 20, maxBackOffMs: 100 },
    log,
    ...more,
  })
  return { pipeline, log }
}
