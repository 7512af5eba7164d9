import type { Place } from '../../../src/chat/platform.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { afterEachTest } from '../after-each.ts'
import { createContentFolder } from '../content/content-folder.ts'
import { digestFile } from '../content/digest-file.ts'
import { storyFiles } from '../content/story-files.ts'
import { dailySubscription, dueEdition, minutesAgo } from '../delivery/due-rows.ts'
import { addressOf, startBot, temporaryFolder } from '../start-process.ts'

const DIGEST = {
  ...{ name: 'morning', title: 'Morning brief', time: '07:30', days: 'daily', quiet: 'skip' },
  ...{ approve: 'desk', approveBefore: '45m' },
}
const NEVER = Date.parse('9999-12-31T00:00:00Z')

const open: Store[] = []
afterEachTest(() => Promise.all(open.splice(0).map(store => store.close())))

/**
 * Starts a whole bot as a process of its own, with a digest that the desk approves and a place that gets it. `env` says on
 * which platforms it is.
 */
export async function startApprovalProcess(place: Place, env: Record<string, string>) {
  const data = temporaryFolder()
  const store = await openStore(createSqliteEngine(storeFile(data)))
  open.push(store)
  await store.subscriptions.save([dailySubscription(place, NEVER)])
  const content = await createContentFolder(storyFiles('bridge', { meta: { command: 'span' } }), [
    digestFile([DIGEST]),
  ])
  const bot = startBot({ CONTENT_DIR: content, DATA_DIR: data, HOST: '127.0.0.1', ...env })
  await addressOf(bot)
  return {
    store,
    /** Makes an edition due whose slot has just come. */
    async sendBrief(): Promise<void> {
      await store.ledger.add([dueEdition(place, minutesAgo(1), { state: 'held' })])
      await store.notify()
    },
    loggedActions: async () => (await store.editorLog.entries()).map(({ who, what }) => `${what} ${who}`),
    /** Ends the bot in order; resolves with what it logged as wrong. */
    async stop(): Promise<string[]> {
      bot.child.kill('SIGTERM')
      await bot.ended
      return bot
        .err()
        .split('\n')
        .filter(line => /"level":(?:40|50)/.test(line))
    },
  }
}
