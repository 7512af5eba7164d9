import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, type Log, type Platform, type Publish, platformOf } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import type { Library } from '../../content/library.ts'
import { phrases } from '../../phrases/phrases.ts'
import { StoreError } from '../../store/engine.ts'
import type { Store } from '../../store/store.ts'
import type { Words } from '../line.ts'
import type { Newsroom } from '../refusals.ts'

/**
 * What the digest commands work with: what is remembered, the one path of every post, and the platforms for what they
 * know. `retractMs`: after how long a confirmation is looked for of which nobody knows whether it was posted.
 */
export type DigestDesk = {
  store: Pick<Store, 'subscriptions' | 'subscriptionsWithin' | 'save' | 'remove' | 'editions' | 'revisions'>
  publish: Publish
  platform(name: string): Platform | undefined
  retractMs?: number[]
  log: Log
}

/**
 * A digest verb at work: the line that asks for it (`/digest on`, `/lawsuit follow`), the words after that, and the
 * moment at which it began, of a clock that only runs.
 */
export type DigestAsk = {
  newsroom: Newsroom
  library: Library
  desk: DigestDesk
  call: Call
  head: string
  args: string[]
  flags: Words['flags']
  began: number
}

/** Runs what needs the desk. Without one (a question on the command line) it says so; and when memory fails, too. */
export function atDesk<Answered = Reply>(
  newsroom: Newsroom,
  call: Call,
  asked: Pick<DigestAsk, 'head' | 'args' | 'flags'>,
  run: (ask: DigestAsk) => Promise<Answered>,
): Reply | Promise<Answered | Reply> {
  const { digests: desk } = newsroom
  if (!desk) return refusal(phrases.digest.needsBot())
  const ask = { newsroom, library: newsroom.library(), desk, call, ...asked, began: performance.now() }
  return run(ask).catch((cause: unknown): Reply => {
    if (!(cause instanceof StoreError)) throw cause
    desk.log.error({ err: cause, place: call.place }, 'digest: the store failed')
    return NO_MEMORY
  })
}

/** What is said when the store fails before anything was changed. */
export const NO_MEMORY = refusal([phrases.asked.cannotLookUp])

/** Slack and Discord wait 3 s for an answer, of which the post takes most. */
const PATIENCE_MS = 1_000

/** What a platform tells within a moment, or nothing. */
export async function soon<T>(asked: Promise<T> | undefined, desk: DigestDesk): Promise<T | undefined> {
  if (!asked) return undefined
  const told = asked.catch((cause: unknown) => {
    desk.log.warn({ err: cause }, 'digest: a platform could not be asked')
    return undefined
  })
  return Promise.race([told, sleep(PATIENCE_MS, undefined, { ref: false })])
}

/** Where and when digests are looked at. */
export type DigestLook = { desk: Pick<DigestDesk, 'platform'>; call: Pick<Call, 'place' | 'at'> }

/** The platform of a call. */
export const platformAt = ({ desk, call }: DigestLook): Platform | undefined =>
  desk.platform(platformOf(call.place))
