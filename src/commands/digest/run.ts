import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, type Platform, platformOf } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { StoreError } from '../../store/engine.ts'
import type { CommandContext, DigestContext, DigestRequest } from '../context.ts'
import { STORE_UNAVAILABLE } from '../refusals.ts'

/** Runs what needs the desk. Without one (a question on the command line) it says so; and when memory fails, too. */
export function runInDigestContext<Answered = Reply>(
  context: CommandContext,
  call: Call,
  asked: Pick<DigestRequest, 'commandLine' | 'args' | 'flags'>,
  run: (ask: DigestRequest) => Promise<Answered>,
): Reply | Promise<Answered | Reply> {
  const { digests } = context
  if (!digests) return refusal(phrases.digest.needsBot())
  const ask = { context, library: context.library(), digests, call, ...asked, began: performance.now() }
  return run(ask).catch((cause: unknown): Reply => {
    if (!(cause instanceof StoreError)) throw cause
    digests.log.error({ err: cause, place: call.place }, 'digest: the store failed')
    return STORE_UNAVAILABLE
  })
}

/** Slack and Discord wait 3 s for an answer, of which the post takes most. */
const PLATFORM_TIMEOUT_MS = 1_000

/** What a platform tells within a moment, or nothing. */
export async function waitBriefly<T>(
  asked: Promise<T> | undefined,
  desk: DigestContext,
): Promise<T | undefined> {
  if (!asked) return undefined
  const told = asked.catch((cause: unknown) => {
    desk.log.warn({ err: cause }, 'digest: a platform could not be asked')
    return undefined
  })
  return Promise.race([told, sleep(PLATFORM_TIMEOUT_MS, undefined, { ref: false })])
}

/** Where and when digests are looked at. */
export type DigestView = { digests: Pick<DigestContext, 'platform'>; call: Pick<Call, 'place' | 'at'> }

/** The platform of a call. */
export const platformOfCall = ({ digests, call }: DigestView): Platform | undefined =>
  digests.platform(platformOf(call.place))
