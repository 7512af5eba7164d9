import { join } from 'node:path'
import type { Call, CallOutcome, Log, Place, Platform, Publish } from '../../../src/chat/platform.ts'
import { createHandler, type Handler } from '../../../src/commands/handler.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { temporaryFolder } from '../start-process.ts'
import { STORIES } from './digest-conversation.ts'
import { deskWithoutContent } from './no-content.ts'

/** Starts a bot with all commands and a store on the platform that `make` gives, wired as the program wires itself. */
export async function startDigestBot<P extends Platform>(
  make: (handle: Handler, store: Store) => P,
  log: Log,
  deskUsers: string[] = [],
  { file = join(temporaryFolder(), 'db'), desk: deskPlace }: { file?: string; desk?: Place } = {},
) {
  const store = await openStore(createSqliteEngine(file))
  const digests = {
    store,
    publish: (...posting: Parameters<Publish>) => publish(...posting),
    platform: (name: string) => (name === platform.name ? platform : undefined),
    log,
  }
  const desk = {
    store,
    platform: digests.platform,
    contentDir: 'nowhere',
    log,
    ...deskWithoutContent(store),
    problemsWith: async () => ['the content is not in a folder'],
  }
  const handle = createHandler(
    {
      library: () => STORIES,
      version: '1',
      zone: 'Europe/London',
      digests,
      desk,
      deskUsers,
      reports: { store, platform: digests.platform, log, deskPlace },
    },
    log,
  )
  const platform = make(handle, store)
  const publish = createPublish({
    platforms: () => [platform],
    log,
    ledger: { store, owner: 'me', shownRevisions: async () => [] },
  })
  /** The outcome of each call, in order. */
  const outcomes: CallOutcome[] = []
  const countCall = (_: Call, outcome: CallOutcome) => void outcomes.push(outcome)
  await platform.start({ ...handle, publish, countCall })
  const stop = async () => {
    await platform.stop()
    await store.close()
  }
  return { platform, store, outcomes, stop }
}
