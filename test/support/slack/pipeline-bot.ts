import { join } from 'node:path'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { createPipeline } from '../../../src/delivery/pipeline.ts'
import { createPublish, publishedCall } from '../../../src/delivery/publish.ts'
import type { SlackOptions } from '../../../src/platforms/slack/slack.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { afterEachTest } from '../after-each.ts'
import { morningLibrary } from '../delivery/test-pipeline.ts'
import { startSlack } from '../loopback/slack.ts'
import { recordingLog } from '../recording-log.ts'
import { temporaryFolder } from '../start-process.ts'
import { slackPlatformFor } from './connected-platform.ts'

const open: { stop(): Promise<void> }[] = []
afterEachTest(async () => {
  for (const bot of open.splice(0)) await bot.stop()
})

/** Starts a bot with a ledger and its worker on a loopback Slack, as one process runs them; both stop with the test. */
export async function startPipelineBot(options: Partial<SlackOptions> = {}) {
  const loopback = await startSlack()
  const log = recordingLog()
  const library = morningLibrary()
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  const handle = createHandler({ library: () => library, version: '1', zone: 'UTC' }, log)
  const platform = slackPlatformFor(loopback, { log, appToken: loopback.appToken, ...options })
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
