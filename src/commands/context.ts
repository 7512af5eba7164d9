import type { Call, Log, Place, Platform, Publish } from '../chat/platform.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { isZone } from '../dates.ts'
import type { Cause } from '../store/causes.ts'
import type { Store } from '../store/store.ts'
import type { ParsedLine } from './line.ts'

/**
 * What every command may look at: the stories as they are now, what this program is, and what keeps digests. `desk` is
 * what the editors' commands work with, and `deskUsers` who they are; `repairs` tells how far each correction has come,
 * and `reports` is where mistakes are told to the desk.
 */
export type CommandContext = {
  library(): Library
  version: string
  zone: string
  digests?: DigestContext
  desk?: DeskContext
  deskUsers?: string[]
  causes?(): Promise<Cause[]>
  reports?: ReportContext
}
/** A story verb at work: the words after the verb, how the story is spoken to, and the line that asks the same again. */
export type StoryRequest = {
  story: Story
  library: Library
  args: string[]
  flags: ParsedLine['flags']
  call: Call
  zone: string
  storyPrefix: string
  commandLine: string
}
/** The zone in which a caller's days are counted. */
export function callerZone(call: Call, newsroom: CommandContext): string {
  const { zone } = call.caller
  return zone !== undefined && isZone(zone) ? zone : newsroom.zone
}

/**
 * What the digest commands work with: what is remembered, the one path of every post, and the platforms for what they
 * know. `retractMs`: after how long a confirmation is looked for of which nobody knows whether it was posted.
 */
export type DigestContext = {
  store: Pick<Store, 'subscriptions' | 'ledger' | 'revisions'>
  publish: Publish
  platform(name: string): Platform | undefined
  retractDelaysMs?: number[]
  log: Log
}
/**
 * A digest verb at work: the line that asks for it (`/digest on`, `/lawsuit follow`), the words after that, and the
 * moment at which it began, of a clock that only runs.
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
 * What the editors' commands work with. `problemsWith` says what would be wrong with the content if one of its files had
 * another text; `changed` makes what was written down take effect now.
 */
export type DeskContext = {
  store: Pick<
    Store,
    'editorLog' | 'corrections' | 'ledger' | 'faults' | 'revisions' | 'subscriptions' | 'notify'
  >
  platform(name: string): Platform | undefined
  contentDir: string
  problemsWith(file: { path: string; text: string }): Promise<string[]>
  applyChanges(): void | Promise<void>
  log: Log
}
/** An editor's verb at work, and the moment at which it began, of a clock that only runs. */
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

/** What reports need: where they are written down, the channel that hears of them, and the platforms for their links. */
export type ReportContext = {
  store: Pick<Store, 'reports' | 'notify'>
  platform(name: string): Platform | undefined
  deskPlace?: Place
  log: Log
}
