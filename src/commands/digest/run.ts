import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, type Platform, platformOf } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { StoreError } from '../../store/engine.ts'
import type { DigestAsk, DigestDesk, Newsroom } from '../context.ts'
import { NO_MEMORY } from '../refusals.ts'

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
