import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Call, Log, Place, Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { createLibrary } from '../../../src/content/library.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import { readFolder } from '../../../src/content/read/folder.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import type { Story } from '../../../src/content/story.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { deskWithoutContent } from '../conversations/no-content.ts'
import { fakePlatform } from '../delivery/fake-platform.ts'
import { NOON } from '../noon.ts'
import { temporaryFolder } from '../start-process.ts'
import { foreignDigests, foreignStories, toForeign, toForeignValues } from './foreign-words.ts'

export const PLACE: Place = 'slack:T1/C1'
export const EDITOR = { id: 'slack:T1/U1', name: toForeign('Dana'), rights: ['member' as const] }
export const GUEST = { ...EDITOR, id: 'slack:T1/U2' }
export const DESK_PLACE: Place = 'slack:T1/C9'

const { files } = await readFolder('content')
const { stories, digests: defined } = loadContent(files)
const GONE = { slug: 'old-bridge', command: 'span', on: '2026-05-01', reason: toForeign('It was made up.') }

const translated = foreignStories(stories)
const [lawsuit, other] = translated as [Story, Story]
const CORRECTION = {
  on: '2026-05-02',
  part: 'label',
  repeat: true,
  notice: false,
  ...toForeignValues({ was: 'a', now: 'b', why: 'c' }),
}
const events = lawsuit.timeline.map((event, index) =>
  index === 0 ? { ...event, added: '2026-05-03' } : event,
)
const coming = ['2026-05-01', '2026-09'].map(date => ({
  ...lawsuit.timeline[0]!,
  id: `expected-${date}`,
  date,
  expected: true as const,
}))
const NOTHING = { quotes: [], timeline: [], people: [], facts: [], sources: [], corrections: [] }
const { command: _, ...bare } = { ...other, ...NOTHING, sections: other.sections.slice(0, 1) }
const few = { ...foreignDigests(defined)[0]!, name: 'few', stories: ['chicago'] }

/**
 * The bundled stories in Armenian letters, the first with a correction; also a story without any entries, a story that is
 * named like a city and not checked lately, and a withdrawn story.
 */
export const foreignLibrary = createLibrary(
  [
    {
      ...lawsuit,
      timeline: events,
      coming,
      corrections: [CORRECTION],
      checked: { on: '2026-05-02', by: toForeign('Dana') },
    },
    ...translated.slice(1),
    { ...bare, slug: 'bare' },
    { ...other, slug: 'chicago', state: 'developing', stale: '2025-01-01', notChecked: toForeign('later') },
  ],
  toForeign('x'),
  [...foreignDigests(defined), few],
  [GONE],
)

/** Creates a bot with all commands and a store, whose stories are in Armenian letters, which no sentence of ours has. */
export async function createForeignBot(platforms: Platform[], log: Log) {
  const folder = temporaryFolder()
  const corrections = `stories/${foreignLibrary.stories[0]!.slug}/corrections.yml`
  mkdirSync(dirname(join(folder, corrections)), { recursive: true })
  cpSync(join('content', corrections), join(folder, corrections))
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => NOON }))
  await store.revisions.record(partsOfAll(foreignLibrary))
  const platform = (name: string) => platforms.find(candidate => candidate.name === name)
  const publish = createPublish({
    platforms: () => platforms,
    log,
    ledger: { store, owner: 'me', shownRevisions: async () => [] },
  })
  let problems: string[] = []
  const handle = createHandler(
    {
      library: () => foreignLibrary,
      version: '1',
      zone: 'UTC',
      deskUsers: [EDITOR.id],
      desk: {
        store,
        platform,
        contentDir: folder,
        log,
        ...deskWithoutContent(store),
        problemsWith: async () => problems,
      },
      digests: { store, publish, platform, log },
      reports: { store, platform, log, deskPlace: DESK_PLACE },
      causes: store.corrections.causes,
    },
    log,
  )
  let calls = 0
  return {
    store,
    handle,
    publish,
    ask: async (typed: string, call: Partial<Call> = {}): Promise<Reply> =>
      handle.answer({
        ...splitCommand(typed),
        place: PLACE,
        caller: EDITOR,
        audience: 'caller',
        at: NOON + ++calls,
        ...call,
      }),
    /** Makes the check report these problems from now on. */
    failCheck: (lines: string[]) => {
      problems = lines
    },
  }
}

/** Creates a platform in memory on which everything works; `posts` are the replies posted there. */
export function createForeignPlatform(name: string, more: Partial<Platform> = {}) {
  const fake = fakePlatform(name)
  const posts: Reply[] = []
  const platform: Platform = {
    ...fake.platform,
    lookUpCaller: async ({ id }) => ({
      name: toForeign('Dana'),
      zone: 'America/Chicago',
      guest: id === GUEST.id,
      admin: id === EDITOR.id,
    }),
    checkAccess: async () => ({ post: true, correct: true, look: true, name: `#${toForeign('desk')}` }),
    link: ({ id }) => `https://chat.example/${id}`,
    async post(place, reply, options) {
      posts.push(reply)
      return fake.platform.post(place, reply, options)
    },
    ...more,
  }
  return { platform, posts }
}
