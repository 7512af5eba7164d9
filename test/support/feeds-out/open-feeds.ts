import { join } from 'node:path'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createLibrary, type Library } from '../../../src/content/library.ts'
import { partsByStory } from '../../../src/content/parts.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'
import type { Withdrawal } from '../../../src/content/story.ts'
import { visibleAt } from '../../../src/content/visible.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import type { WebAnswer, WebQuestion } from '../../../src/web/answer.ts'
import { createFeedsOut } from '../../../src/wire/out/feeds-out.ts'
import { temporaryFolder } from '../start-process.ts'

export const PUBLIC_URL = 'https://bot.example.org'

/** Feeds of a bot whose clock and content a test moves. `save` is what an editor does; `ask` is what a reader does. */
export type OpenFeeds = {
  store: Store
  now(): number
  wait(ms: number): void
  /** Shows new content and records it, as the process that delivers does. */
  save(files: ContentFile[], withdrawals?: Withdrawal[]): Promise<Library>
  /** Shows what is visible now, without recording it. */
  show(files: ContentFile[], withdrawals?: Withdrawal[]): Library
  record(): Promise<void>
  ask(path: string, ifNoneMatch?: string): Promise<WebAnswer>
  question(question: WebQuestion): Promise<WebAnswer>
  /** The body of a feed that must be there. */
  read(path: string): Promise<string>
  close(): Promise<void>
}

/** Opens the feeds of a new bot at a moment. */
export async function openFeeds(begin: string, publicUrl = PUBLIC_URL): Promise<OpenFeeds> {
  let now = Date.parse(begin)
  let library: Library
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db'), { clock: () => now }))
  const answer = createFeedsOut({
    store,
    library: () => library,
    publicUrl,
    commandLines: commandLinesFor('preview:local'),
    clock: () => now,
  })
  const show: OpenFeeds['show'] = (files, withdrawals) => {
    const { problems, ...content } = loadContent(files)
    if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 1))
    const visible = visibleAt({ ...content, withdrawals, staleDays: 0 }, now)
    library = createLibrary(visible.stories, visible.revision, visible.digests, visible.withdrawn)
    return library
  }
  const record = async () => {
    const content = { value: library.revision, stories: () => partsByStory(library) }
    await store.revisions.acquireContentLease('test', content, 15_000)
  }
  const ask: OpenFeeds['ask'] = (path, ifNoneMatch) => answer({ path, ifNoneMatch })
  return {
    store,
    now: () => now,
    wait: ms => {
      now += ms
    },
    show,
    record,
    save: async (files, withdrawals) => {
      const shown = show(files, withdrawals)
      await record()
      return shown
    },
    ask,
    question: answer,
    read: async path => {
      const { status, body = '' } = await ask(path)
      if (status !== 200) throw new Error(`${path} is ${status}: ${body}`)
      return body
    },
    close: store.close,
  }
}
