import { join } from 'node:path'
import type { Access } from '../../../src/chat/access.ts'
import type { CallerInfo } from '../../../src/chat/caller-info.ts'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Call, Platform, Publish } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import type { CommandContext } from '../../../src/commands/context.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import type { Library } from '../../../src/content/library.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { afterEachTest } from '../after-each.ts'
import { digestFile } from '../content/digest-file.ts'
import { libraryFromFiles, storyFiles } from '../content/story-files.ts'
import { fakePlatform } from '../delivery/fake-platform.ts'
import { recordingLog } from '../recording-log.ts'
import { temporaryFolder } from '../start-process.ts'

/** A Thursday, 14:00 UTC: 09:00 in Chicago. */
export const THURSDAY = Date.parse('2018-04-19T14:00:00Z')
export const PLACE = 'slack:T1/C1'

const DIGESTS = `
- { name: morning, title: Morning brief, about: What is new, time: '07:30', days: weekdays }
- { name: weekly, title: Week in review, time: '09:00', days: mon, quiet: note, stories: [bridge] }
`
export const STORIES = libraryFromFiles(
  storyFiles('bridge', { meta: { command: 'span' } }),
  storyFiles('old-bridge'),
  [digestFile(DIGESTS)],
)

/** Stories of which one has the name of a city. */
export const CITY_STORIES = libraryFromFiles(storyFiles('bridge'), storyFiles('chicago'), [
  digestFile(DIGESTS),
])

/** Stories with one digest instead of two. */
export const ONE_DIGEST = libraryFromFiles(
  storyFiles('bridge', { meta: { command: 'span' } }),
  storyFiles('old-bridge'),
  [digestFile(`[{ name: morning, title: Morning brief, time: '07:30', days: weekdays, stories: [bridge] }]`)],
)

const open: Store[] = []
afterEachTest(() => Promise.all(open.splice(0).map(store => store.close())))

/** Starts a conversation with a bot that has a store and one platform, whose posts can be made to fail. */
export async function startDigestConversation(
  options: {
    library?: Library
    platform?: Partial<Platform>
    about?: CallerInfo
    access?: Access
    publish?: (publish: Publish) => Publish
    retractMs?: number[]
    more?: Partial<CommandContext>
  } = {},
) {
  const { library = STORIES, about = { name: 'Dana', zone: 'America/Chicago', guest: false } } = options
  const access = options.access ?? { post: true, correct: true, look: true, name: '#city-desk' }
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => THURSDAY }))
  open.push(store)
  const fake = fakePlatform('slack')
  const platform: Platform = {
    ...fake.platform,
    lookUpCaller: async () => about,
    checkAccess: async () => access,
    link: ({ id }) => `https://chat.example/${id}`,
    ...options.platform,
  }
  const log = recordingLog()
  const publish = createPublish({
    platforms: () => [platform],
    log,
    ledger: { store, owner: 'me', shownRevisions: async () => [] },
  })
  const context = {
    // A test may replace a method here without changing the store itself.
    store: {
      ...store,
      subscriptions: { ...store.subscriptions },
      ledger: { ...store.ledger },
      revisions: { ...store.revisions },
    },
    publish: options.publish?.(publish) ?? publish,
    platform: (name: string) => (name === 'slack' ? platform : undefined),
    retractDelaysMs: options.retractMs,
    log,
  }
  const { answer, suggest, commands } = createHandler(
    { library: () => library, version: '1', zone: 'Europe/London', digests: context, ...options.more },
    log,
  )
  let calls = 0
  const ask = async (typed: string, call: Partial<Call> = {}): Promise<Reply> =>
    answer({
      ...splitCommand(typed),
      place: PLACE,
      caller: { id: 'slack:T1/U1', name: 'dana', rights: ['member'] },
      audience: 'caller',
      at: THURSDAY + ++calls,
      ...call,
    })
  return {
    ask,
    say: async (typed: string, call: Partial<Call> = {}) => toPlainText(await ask(typed, call)),
    buttons: async (typed: string, call: Partial<Call> = {}) =>
      ((await ask(typed, call)).buttons ?? []).map(({ label, line }) => `${label}: ${line}`),
    suggest,
    commands,
    /** The text of every message in the channel, in order. */
    posts: () => fake.messages.map(message => message.text),
    fake,
    store,
    /** What the commands work with: a test may replace a method of its store to make it fail or wait. */
    context,
    log,
    subscriptionsHere: () => store.subscriptions.list(PLACE),
  }
}
