import { chmodSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { followDocuments } from '../../../src/bot/documents.ts'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import type { Call, Place, Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { openLiveContent } from '../../../src/check/live-content.ts'
import type { CommandContext } from '../../../src/commands/context.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import type { NewDelivery } from '../../../src/store/delivery.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { afterEachTest } from '../after-each.ts'
import { createContentFolder } from '../content/content-folder.ts'
import { storyFiles } from '../content/story-files.ts'
import { fakePlatform } from '../delivery/fake-platform.ts'
import { NOON } from '../noon.ts'
import { recordingLog } from '../recording-log.ts'
import { temporaryFolder } from '../start-process.ts'

export const EDITOR = { id: 'slack:T1/U1', name: 'dana', rights: ['member' as const] }
export const STRANGER = { id: 'slack:T1/U9', name: 'sam', rights: ['member' as const] }
export const PLACE: Place = 'slack:T1/C1'

const FILES = [storyFiles('bridge', { meta: { command: 'span' } }), storyFiles('old-bridge')]

const open: Store[] = []
afterEachTest(() => Promise.all(open.splice(0).map(store => store.close())))

/** Starts a conversation with a bot that has editors and a content folder of its own. */
export async function startDeskConversation(
  options: {
    users?: string[]
    files?: ContentFile[][]
    platform?: Partial<Platform>
    store?: (store: Store) => Partial<Store>
    wire?: CommandContext['wire']
    senders?: string[]
    ownsFolder?: boolean
    readPage?: NonNullable<CommandContext['desk']>['readPage']
  } = {},
) {
  const { users = [EDITOR.id], files = FILES } = options
  const folder = await createContentFolder(...files)
  const stories = await openLiveContent(folder, { clock: () => NOON })
  const file = join(temporaryFolder(), 'db')
  const store = await openStore(createSqliteEngine(file, { clock: () => NOON }))
  open.push(store)
  // Also for a process that may not write in the content folder, and is another user for that.
  chmodSync(dirname(file), 0o777)
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) chmodSync(file + suffix, 0o666)
  await store.revisions.record(partsOfAll(stories.library()))
  const platform: Platform = {
    ...fakePlatform('slack').platform,
    link: ({ place, id }) => `https://chat.example/${place.split('/')[1]}/${id}`,
    ...options.platform,
  }
  const log = recordingLog()
  const documents = followDocuments({
    ...{ store, stories, log, contentDir: folder, dataDir: temporaryFolder() },
    ownsFolder: options.ownsFolder ?? true,
  })
  let changes = 0
  const newsroom = {
    library: stories.library,
    version: '1',
    zone: 'America/Chicago',
    deskUsers: users,
    ...(options.wire && { wire: options.wire }),
    desk: {
      senders: options.senders,
      store: { ...store, ...options.store?.(store) },
      platform: (name: string) => (name === 'slack' ? platform : undefined),
      contentDir: folder,
      ...(options.readPage && { readPage: options.readPage }),
      problemsWith: stories.problemsWith,
      problemsWithout: stories.problemsWithout,
      used: stories.used,
      warm: stories.warm,
      refreshDocuments: documents.refresh,
      land: documents.land,
      applyChanges: async () => {
        changes++
        stories.setWithdrawals(await store.corrections.withdrawals())
        await documents.refresh()
      },
      log,
    },
  }
  const handle = createHandler(newsroom, log)
  const ask = async (typed: string, call: Partial<Call> = {}): Promise<Reply> =>
    handle.answer({
      ...splitCommand(typed),
      place: PLACE,
      caller: EDITOR,
      audience: 'caller',
      at: NOON,
      ...call,
    })
  return {
    ...handle,
    ask,
    say: async (typed: string, call: Partial<Call> = {}) => toPlainText(await ask(typed, call)),
    buttons: async (typed: string, call: Partial<Call> = {}) =>
      ((await ask(typed, call)).buttons ?? []).map(action => `${action.label}: ${action.line}`),
    store,
    folder,
    stories,
    documents,
    log: log.lines,
    changeCount: () => changes,
    /** The actions of editors, as the store logs them. */
    loggedActions: async () =>
      (await store.editorLog.entries()).map(({ who, what, details }) => ({
        who,
        what,
        ...JSON.parse(details),
      })),
    /** Adds a posted message that shows these parts. */
    addPostedMessage: (key: string, parts: string[], more: Partial<NewDelivery> & { id?: string } = {}) =>
      addPostedMessage(store, key, parts, more),
  }
}

async function addPostedMessage(
  store: Store,
  key: string,
  parts: string[],
  { id = '15.000100', ...more }: Partial<NewDelivery> & { id?: string },
) {
  const row: NewDelivery = {
    key,
    kind: 'edition',
    place: PLACE,
    lane: 'slack:T1',
    digest: 'morning',
    date: '2026-05-04',
    number: 1,
    state: 'due',
    dueAt: 0,
    selection: '{"version":1}',
    ...more,
  }
  const shown = parts.map(part => ({ part, revision: 1 }))
  await store.ledger.add([row])
  await store.ledger.claim({ ...CLAIM, platforms: [row.place.split(':')[0]!] })
  await store.ledger.beginAttempt({ key, owner: 'a' }, { leaseMs: 60_000, shown, first: true })
  await store.ledger.markSent({ key, owner: 'a' }, { place: row.place, id })
}

const CLAIM = { owner: 'a', leaseMs: 60_000, max: 1, pace: () => undefined }
