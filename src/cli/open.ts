import { keepIn, keptDocuments } from '../check/kept-here.ts'
import { type LiveContent, openLiveContent } from '../check/live-content.ts'
import { workInThreads } from '../check/threads.ts'
import type { Config } from '../config.ts'
import type { Library } from '../content/library.ts'
import { connect, waitWhileAway } from '../store/connect.ts'
import type { Store } from '../store/store.ts'

/**
 * Opens content for a verb that needs no store. Stories that editors withdrew by command are hidden here too; if the
 * store cannot be read, the verb answers without it.
 */
export async function openStoriesOnly(config: Config): Promise<LiveContent> {
  const content = await openContent(config)
  const { inspect } = await import('../store/inspect.ts')
  const inspection = await inspect(config).catch(() => undefined)
  content.setWithdrawals(inspection?.withdrawals ?? [])
  if (inspection?.documents) await content.setDocuments(inspection.documents)
  return content
}

/** What a verb says while it waits for a store that is away. Without it, the verb ends with that sentence. */
type Patience = { onAway?(sentence: string): void; retryMs?: number }

/** Opens the store for a verb that needs nothing else, and closes it afterwards. */
export async function withStoreOnly<T>(
  config: Config,
  work: (store: Store) => Promise<T>,
  { onAway, retryMs }: Patience = {},
): Promise<T> {
  const open = () => connect(config, () => {})
  const store = await (onAway ? waitWhileAway(open, { onWait: onAway, retryMs }) : open())
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Opens content and store for a verb, and closes the store afterwards. */
export async function withStore<T>(
  config: Config,
  work: (open: { store: Store; library: Library }) => Promise<T>,
  patience: Patience = {},
): Promise<T> {
  const content = await openContent(config)
  return withStoreOnly(
    config,
    async store => {
      // Stories that editors withdrew by command are hidden for every verb.
      content.setWithdrawals(await store.corrections.withdrawals())
      await content.setDocuments(await store.documents.all())
      await content.followNames(store.revisions)
      return work({ store, library: content.library() })
    },
    patience,
  )
}

const openContent = ({ contentDir, dataDir, staleDays }: Config): Promise<LiveContent> =>
  openLiveContent(contentDir, {
    keep: keepIn(dataDir),
    work: workInThreads(),
    staleDays,
    documents: keptDocuments(dataDir),
  })
