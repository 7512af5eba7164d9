import { join } from 'node:path'
import type { Log } from '../chat/platform.ts'
import { checkedCache } from '../check/checked-cache.ts'
import { type LiveContent, openLiveContent } from '../check/live-content.ts'
import type { Config } from '../config.ts'
import { acquireStoreLock, connect } from '../store/connect.ts'
import type { Store } from '../store/store.ts'
import { createLog } from './log.ts'

/** What a process holds open while it runs. `refreshWithdrawals` takes over which stories the desk has taken down. */
export type OpenBot = {
  log: Log
  stories: LiveContent
  store: Store
  refreshWithdrawals(): Promise<void>
  close(): Promise<void>
}

/** Opens the log, the stories and the store, in this order. Waits up to 30 s for another process to leave DATA_DIR. */
export async function openBot(config: Config, { hasPrompt }: { hasPrompt: boolean }): Promise<OpenBot> {
  // Log lines would be written into what is typed at the prompt.
  const log = createLog(config.logLevel, hasPrompt ? join(config.dataDir, 'nutgraf.log') : undefined)
  process.on('unhandledRejection', cause => log.error({ err: cause }, 'bot: unhandled promise rejection'))

  const stories = await openLiveContent(config.contentDir, {
    cache: checkedCache(join(config.dataDir, 'content.kept')),
    staleDays: config.staleDays,
  })
  const releaseLock = await acquireStoreLock(config, () =>
    process.stdout.write(
      `Waiting up to 30 s for another nutgraf to leave ${config.dataDir}. Ctrl-C gives up; DATA_DIR names another folder.\n`,
    ),
  )
  const store = await connect(config, cause => log.warn({ err: cause }, 'store: a connection broke'))
  // We hold the directory's lock, so a content lease in the store was left by a process that was killed.
  if (config.databaseUrl === undefined) await store.revisions.releaseContentLease()

  const refreshWithdrawals = inOrder(async () =>
    stories.setWithdrawals(await store.corrections.withdrawals()),
  )
  await refreshWithdrawals()
  return {
    log,
    stories,
    store,
    refreshWithdrawals,
    async close() {
      await store.close()
      releaseLock()
    },
  }
}

/** Runs calls one after another, so that an older answer of the store never overwrites a newer one. */
function inOrder(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  return () => {
    const call = last.then(work)
    last = call.catch(() => {})
    return call
  }
}
