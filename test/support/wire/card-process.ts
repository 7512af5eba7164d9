import type { Place } from '../../../src/chat/platform.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { afterEachTest } from '../after-each.ts'
import { createContentFolder } from '../content/content-folder.ts'
import { digestFile } from '../content/digest-file.ts'
import { type StoryFields, storyFiles } from '../content/story-files.ts'
import { dailySubscription, dueEdition } from '../delivery/due-rows.ts'
import { addressOf, startBot, temporaryFolder } from '../start-process.ts'
import { signCall } from './sign-call.ts'
import { SIGNED_CALLS } from './signed-calls.ts'

const secretOf = (name: string) => SIGNED_CALLS.find(call => call.name === name)!.secret
const DIGEST = { name: 'morning', title: 'Morning brief', time: '07:30', days: 'daily', quiet: 'skip' }

const open: Store[] = []
afterEachTest(() => Promise.all(open.splice(0).map(store => store.close())))

const NEVER = Date.parse('9999-12-31T00:00:00Z')

/**
 * Starts a whole bot as a process of its own, with the bridge story, whose words are “bridge”, and a system that calls it with
 * reports on loopback. `env` says on which platforms it is, and `place` gets the
 * briefs.
 */
export async function startCardProcess(place: Place, env: Record<string, string>, story: StoryFields = {}) {
  const data = temporaryFolder()
  const store = await openStore(createSqliteEngine(storeFile(data)))
  open.push(store)
  const content = await createContentFolder(
    storyFiles('bridge', { ...story, meta: { wire: { words: ['bridge'] }, command: 'span', ...story.meta } }),
    [digestFile([DIGEST])],
  )
  const bot = startBot({
    ...{
      CONTENT_DIR: content,
      DATA_DIR: data,
      HOST: '127.0.0.1',
      HOOK_SECRET_STANDARD: secretOf('standard'),
    },
    ...{ HOOK_OUTLET_STANDARD: 'WQAD', TZ_DEFAULT: 'America/Chicago' },
    ...env,
  })
  const address = await addressOf(bot)
  // What comes from now on is news in the place.
  await store.subscriptions.save([dailySubscription(place, NEVER, { newsFrom: await store.clock() })])
  let calls = 0
  return {
    bot,
    address,
    content,
    /** Brings a report, as the system of its outlet does. */
    async bring(id: string, title: string, published = new Date()): Promise<void> {
      const call = await signCall(
        'standard',
        {
          type: 'item.published',
          timestamp: new Date().toISOString(),
          data: { id, title, url: `https://wqad.example/${id}`, published: published.toISOString() },
        },
        { at: Date.now(), id: `msg_${++calls}` },
      )
      const { status } = await fetch(`${address}${call.path}`, {
        method: 'POST',
        headers: call.headers,
        body: call.body,
      })
      if (status !== 202) throw new Error(`the hook answered ${status}`)
    },
    /** Makes a brief due now. */
    async sendBrief(): Promise<void> {
      const slot = Math.floor((await store.clock()) / 60_000) * 60_000 + ++calls
      await store.ledger.add([dueEdition(place, slot)])
      await store.notify()
    },
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
