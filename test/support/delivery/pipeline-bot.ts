import { join } from 'node:path'
import type { Log, Platform } from '../../../src/chat/platform.ts'
import type { Command } from '../../../src/commands/command.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { createPipeline } from '../../../src/delivery/pipeline.ts'
import { createPublish, publishedCall } from '../../../src/delivery/publish.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { afterEachTest } from '../after-each.ts'
import { recordingLog } from '../recording-log.ts'
import { temporaryFolder } from '../start-process.ts'
import { morningLibrary } from './test-pipeline.ts'

const open: { stop(): Promise<void> }[] = []
afterEachTest(async () => {
  for (const bot of open.splice(0)) await bot.stop()
})

/**
 * Starts a bot with a ledger and its worker on a loopback platform, as one process runs them. Both stop with the test, and
 * the loopback with them.
 */
export async function startPipelineBotOn<
  Loopback extends { close(): Promise<void> },
  AnyPlatform extends Platform,
>(loopback: Loopback, createPlatform: (options: { log: Log; commands(): Command[] }) => AnyPlatform) {
  const log = recordingLog()
  const library = morningLibrary()
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  const handle = createHandler({ library: () => library, version: '1', zone: 'UTC' }, log)
  const platform = createPlatform({ log, commands: handle.commands })
  const pipeline = createPipeline({
    ...{ store, library: () => library, platforms: () => [platform], commandLines: commandLinesFor },
    redraw: row => handle.answer(publishedCall(row)),
    ...{ zone: 'UTC', log },
  })
  const { owner, shownRevisions } = pipeline
  const publish = createPublish({
    platforms: () => [platform],
    log,
    ledger: { store, owner, shownRevisions },
  })
  await platform.start({ ...handle, publish })
  await pipeline.start()
  open.push({
    async stop() {
      await pipeline.stop()
      await platform.stop()
      await store.close()
      await loopback.close()
    },
  })
  return { loopback, store, log, platform }
}
