import { join } from 'node:path'
import type { Log } from '../chat/platform.ts'
import { keepIn, keptDocuments } from '../check/kept-here.ts'
import { type LiveContent, openLiveContent } from '../check/live-content.ts'
import { workInThreads } from '../check/threads.ts'
import type { Config } from '../config.ts'
import { countEventsWithoutId, WRITE_IDS_COMMAND } from '../content/events/missing-ids.ts'
import { acquireStoreLock, connect, isStoreGone, storeFile, waitWhileAway } from '../store/connect.ts'
import { checkDataFolder } from '../store/data-folder.ts'
import type { Store } from '../store/store.ts'
import { type FollowedDocuments, followDocuments } from './documents.ts'
import { createLog } from './log.ts'
import { makeRoomForStories } from './new-space.ts'

/** What a process holds open while it runs. `refreshWithdrawals` takes over which stories the desk has taken down. */
export type OpenBot = {
  log: Log
  stories: LiveContent
  store: Store
  refreshWithdrawals(): Promise<void>
  /** What the desk added to stories. */
  documents: FollowedDocuments
  close(): Promise<void>
}

/** How a bot is opened. `onWait` receives a sentence when a database is away and is waited for. */
type OpenOptions = { hasPrompt: boolean; onWait(sentence: string, log: Log): void; waitRetryMs?: number }

/**
 * Opens the log, the stories and the store, in this order. Waits up to 30 s for another process to leave DATA_DIR, and as
 * long as it takes for a database that is away.
 */
export async function openBot(
  config: Config,
  { hasPrompt, onWait, waitRetryMs }: OpenOptions,
): Promise<OpenBot> {
  // At once, and not after all stories were read. With a database, the folder only makes starts faster.
  if (config.databaseUrl === undefined || hasPrompt) checkDataFolder(config.dataDir)
  // Log lines would be written into what is typed at the prompt.
  const log = createLog(config.logLevel, hasPrompt ? join(config.dataDir, 'nutgraf.log') : undefined)
  process.on('unhandledRejection', cause => log.error({ err: cause }, 'bot: unhandled promise rejection'))

  makeRoomForStories(config.contentDir)
  const stories = await openLiveContent(config.contentDir, {
    keep: keepIn(config.dataDir),
    work: workInThreads(),
    willWatch: true,
    staleDays: config.staleDays,
    documents: keptDocuments(config.dataDir),
  })
  if (isStoreGone(config))
    log.warn(
      { file: storeFile(config.dataDir) },
      'store: the file of the last start is gone, so a new one begins: no digest is switched on, and no correction reaches what was posted before',
    )
  const releaseLock = await acquireStoreLock(config, () =>
    process.stdout.write(
      `Waiting up to 30 s for another nutgraf to leave ${config.dataDir}. Ctrl-C gives up; DATA_DIR names another folder.\n`,
    ),
  )
  // A database that has just come up may go away again in the middle of a start.
  const whenUp = <T>(work: () => Promise<T>) =>
    waitWhileAway(work, { onWait: sentence => onWait(sentence, log), retryMs: waitRetryMs })
  const onError = (cause: unknown) => log.warn({ err: cause }, 'store: a connection broke')
  const store = await whenUp(() => connect(config, onError))
  // We hold the directory's lock, so a content lease in the store was left by a process that was killed.
  if (config.databaseUrl === undefined) await store.revisions.releaseContentLease()

  const refreshWithdrawals = inOrder(async () =>
    stories.setWithdrawals(await store.corrections.withdrawals()),
  )
  const documents = followDocuments({
    ...{ store, stories, log, contentDir: config.contentDir, dataDir: config.dataDir },
    ownsFolder: config.databaseUrl === undefined,
  })
  await whenUp(refreshWithdrawals)
  await whenUp(documents.refresh)
  await whenUp(() => stories.followNames(store.revisions))
  logMissingIds(log, stories)
  if (stories.problems().length > 0)
    log.error(
      { problems: stories.problems() },
      'content: stories are broken; of those, the last good content stays in use',
    )
  return {
    log,
    stories,
    store,
    refreshWithdrawals,
    documents,
    async close() {
      await stories.close()
      await store.close()
      releaseLock()
    },
  }
}

/** Warns of events that need an id and have none. The bot goes on: it knows them by their words. */
export function logMissingIds(log: Log, stories: Pick<LiveContent, 'library'>): void {
  const events = countEventsWithoutId(stories.library().stories)
  if (events > 0)
    log.warn(
      { events },
      `content: events need an id, which “${WRITE_IDS_COMMAND}” adds; npm run check names them`,
    )
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
