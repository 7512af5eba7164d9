import type { Call, Log, Place, Platform, Publish } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { isZone } from '../dates/dates.ts'
import type { Article } from '../import/article.ts'
import type { Cause } from '../store/causes.ts'
import type { NewEntry, NewFile } from '../store/documents/documents.ts'
import type { Store } from '../store/store.ts'
import type { WireView } from '../wire/view.ts'
import type { ParsedLine } from './line.ts'
import type { LooksContext } from './story/last-look.ts'

/**
 * What every command can use: the current stories, the version, the newsroom's time zone and, where a bot runs, what
 * digests, the editors' commands and reports need. `deskUsers` are the ids of the editors and their groups; `causes`
 * lists corrections and withdrawals with how many messages they have reached; `looks` knows when people looked last;
 * `wire` is what others report now.
 */
export type CommandContext = {
  library(): Library
  wire?(): WireView
  version: string
  zone: string
  digests?: DigestContext
  desk?: DeskContext
  deskUsers?: string[]
  causes?(): Promise<Cause[]>
  looks?: LooksContext
  reports?: ReportContext
}

/**
 * A story verb to answer: `args` are the words after the verb, `storyPrefix` is how the story is addressed
 * (`/lawsuit`), and `commandLine` is that prefix with the verb. `wire` is what others report now.
 */
export type StoryRequest = {
  story: Story
  library: Library
  wire?: WireView
  args: string[]
  flags: ParsedLine['flags']
  call: Call
  zone: string
  storyPrefix: string
  commandLine: string
}

/** The time zone in which a caller's days are counted: their own, otherwise the newsroom's. */
export function callerZone(call: Call, newsroom: CommandContext): string {
  const { zone } = call.caller
  return zone !== undefined && isZone(zone) ? zone : newsroom.zone
}

/**
 * What the digest commands need: the store, the one way to post, and the platforms to look things up. `retractDelaysMs`
 * are the waits before each search for a confirmation that may have been posted and must then be taken back.
 */
export type DigestContext = {
  store: Pick<Store, 'subscriptions' | 'ledger' | 'revisions' | 'partWords' | 'wire'>
  publish: Publish
  platform(name: string): Platform | undefined
  retractDelaysMs?: number[]
  log: Log
}

/**
 * A digest verb to answer: `commandLine` is the typed line without its arguments (`/digest on`, `/lawsuit follow`), and
 * `began` the `performance.now()` at its start, a clock that is never set back.
 */
export type DigestRequest = {
  context: CommandContext
  library: Library
  digests: DigestContext
  call: Call
  commandLine: string
  args: string[]
  flags: ParsedLine['flags']
  began: number
}

/**
 * What the editors' commands need. `problemsWith` resolves with the problems that a story would have with something added
 * to it, `problemsWithout` with those that it would have without some acts; `refreshDocuments` reads what other processes
 * added before that, and gives its version. `used` is what a story has already, also under embargo; `warm` gets ready to
 * check it. `applyChanges` makes stored changes take effect now. `land` writes an act into the files at once, where they are
 * this process's own and can be written, and tells whether it is there.
 */
export type DeskContext = {
  store: Pick<
    Store,
    | 'approvals'
    | 'documents'
    | 'drafts'
    | 'editorLog'
    | 'corrections'
    | 'ledger'
    | 'faults'
    | 'revisions'
    | 'partWords'
    | 'subscriptions'
    | 'wire'
    | 'cards'
    | 'notify'
  >
  platform(name: string): Platform | undefined
  /** The names of the systems that may call us with reports. */
  senders?: string[]
  contentDir: string
  /** Reads the page at an address of the public internet; rejects with a `PageError` where that fails. */
  readPage?(address: string): Promise<Article>
  problemsWith(added: { entries?: NewEntry[]; files?: NewFile[] }): Promise<string[]>
  problemsWithout(keys: readonly string[]): Promise<string[]>
  refreshDocuments(): Promise<number>
  used(slug: string): { source: number; ids: Set<string> }
  warm(slug: string, entries?: NewEntry[]): void
  land?(key: string): Promise<boolean>
  applyChanges(): void | Promise<void>
  log: Log
}

/** An editor's verb to answer; `began` is the `performance.now()` at its start, a clock that is never set back. */
export type DeskRequest = {
  context: CommandContext
  library: Library
  desk: DeskContext
  call: Call
  commandLine: string
  args: string[]
  flags: ParsedLine['flags']
  began: number
}

/** What reports need: the store, the editors' channel that receives them, and the platforms for links to messages. */
export type ReportContext = {
  store: Pick<Store, 'reports' | 'notify'>
  platform(name: string): Platform | undefined
  deskPlace?: Place
  log: Log
}
