import { join } from 'node:path'
import { plain } from '../../../src/chat/plain-text.ts'
import type { Call, Place, Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { check } from '../../../src/check/check.ts'
import { openStories } from '../../../src/check/live-content.ts'
import { handler } from '../../../src/commands/handler.ts'
import { headOf } from '../../../src/commands/line.ts'
import { partsIn } from '../../../src/content/parts.ts'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import { problemLine } from '../../../src/content/story.ts'
import type { NewDelivery } from '../../../src/store/delivery.ts'
import { sqlite } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { eachEnd } from '../after-each.ts'
import { folderOf } from '../content/content-folder.ts'
import { storyFiles } from '../content/story-files.ts'
import { fakePlatform } from '../delivery/fake-platform.ts'
import { keptLog } from '../recording-log.ts'
import { scratch } from '../start-process.ts'

/** A Tuesday at noon UTC. */
export const NOON = Date.parse('2026-05-05T12:00:00Z')
export const EDITOR = { id: 'slack:T1/U1', name: 'dana', rights: ['member' as const] }
export const STRANGER = { id: 'slack:T1/U9', name: 'sam', rights: ['member' as const] }
export const PLACE: Place = 'slack:T1/C1'

const FILES = [storyFiles('bridge', { meta: { command: 'span' } }), storyFiles('old-bridge')]

const open: Store[] = []
eachEnd(() => Promise.all(open.splice(0).map(store => store.close())))

/** A conversation with a bot that has a desk, on a content folder of its own. */
export async function desking(
  options: {
    users?: string[]
    files?: ContentFile[][]
    platform?: Partial<Platform>
    store?: (real: Store) => Partial<Store>
  } = {},
) {
  const { users = [EDITOR.id], files = FILES } = options
  const folder = await folderOf(...files)
  const stories = await openStories(folder, { clock: () => NOON })
  const store = await openStore(sqlite(join(scratch(), 'db'), { clock: () => NOON }))
  open.push(store)
  await store.record(partsIn(stories.library()))
  const platform: Platform = {
    ...fakePlatform('slack').platform,
    link: ({ place, id }) => `https://chat.example/${place.split('/')[1]}/${id}`,
    ...options.platform,
  }
  const log = keptLog()
  let changed = 0
  const newsroom = {
    ...{ library: stories.library, version: '1', zone: 'America/Chicago', deskUsers: users },
    desk: {
      store: { ...store, ...options.store?.(store) },
      platform: (name: string) => (name === 'slack' ? platform : undefined),
      contentDir: folder,
      problemsWith: async (file: { path: string; text: string }) => {
        const edit = { ...file, digests: stories.library().digests }
        return (await check(folder, { now: NOON, edit })).problems.map(problemLine)
      },
      changed: async () => {
        changed++
        stories.withdraw(await store.withdrawals())
      },
      log,
    },
  }
  const handle = handler(newsroom, log)
  const ask = async (typed: string, call: Partial<Call> = {}): Promise<Reply> =>
    handle.answer({ ...headOf(typed), place: PLACE, caller: EDITOR, audience: 'caller', at: NOON, ...call })
  return {
    ...handle,
    ask,
    say: async (typed: string, call: Partial<Call> = {}) => plain(await ask(typed, call)),
    lines: async (typed: string, call: Partial<Call> = {}) =>
      ((await ask(typed, call)).actions ?? []).map(action => `${action.label}: ${action.line}`),
    store,
    folder,
    stories,
    log: log.lines,
    changed: () => changed,
    /** What editors did, as the log of actions has it. */
    acts: async () =>
      (await store.actions()).map(({ who, what, details }) => ({ who, what, ...JSON.parse(details) })),
    /** A message that stands and shows some parts. */
    posted: (key: string, parts: string[], more: Partial<NewDelivery> & { id?: string } = {}) =>
      post(store, key, parts, more),
  }
}

async function post(
  store: Store,
  key: string,
  parts: string[],
  { id = '15.000100', ...more }: Partial<NewDelivery> & { id?: string },
) {
  const row: NewDelivery = {
    ...{ key, kind: 'edition', place: PLACE, lane: 'slack:T1', digest: 'morning', date: '2026-05-04' },
    ...{ number: 1, state: 'due', dueAt: 0, selection: '{"version":1}' },
    ...more,
  }
  const shown = parts.map(part => ({ part, revision: 1 }))
  await store.add([row])
  await store.claim({ ...CLAIM, platforms: [row.place.split(':')[0]!] })
  await store.begin({ key, owner: 'a' }, { leaseMs: 60_000, shown, first: true })
  await store.sent({ key, owner: 'a' }, { place: row.place, id })
}

const CLAIM = { owner: 'a', leaseMs: 60_000, most: 1, pace: () => undefined }
