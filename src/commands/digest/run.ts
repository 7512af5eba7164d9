import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, type Log, type Platform, platformOf } from '../../chat/platform.ts'
import { type Reply, refusal } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { StoreError } from '../../store/engine.ts'
import type { CommandContext, DigestContext, DigestRequest } from '../context.ts'
import { STORE_UNAVAILABLE } from '../refusals.ts'

/** Runs a digest verb; refuses it without a running bot (as in `nutgraf ask`) and when the store fails. */
export function runInDigestContext<Answer = Reply>(
  context: CommandContext,
  call: Call,
  line: Pick<DigestRequest, 'commandLine' | 'args' | 'flags'>,
  run: (request: DigestRequest) => Promise<Answer>,
): Reply | Promise<Answer | Reply> {
  const { digests } = context
  if (!digests) return refusal(phrases.digest.needsBot())
  const request = { context, library: context.library(), digests, call, ...line, began: performance.now() }
  return run(request).catch((cause: unknown): Reply => {
    if (!(cause instanceof StoreError)) throw cause
    digests.log.error({ err: cause, place: call.place }, 'digest: the store failed')
    return STORE_UNAVAILABLE
  })
}

/** Slack and Discord wait 3 s for an answer, and the post needs most of that. */
const PLATFORM_TIMEOUT_MS = 1_000

/** Resolves with what a platform answers within a second; undefined if it is slower or fails. */
export async function waitBriefly<T>(
  lookup: Promise<T> | undefined,
  { log }: { log: Log },
): Promise<T | undefined> {
  if (!lookup) return undefined
  const result = lookup.catch((cause: unknown) => {
    log.warn({ err: cause }, 'commands: a platform lookup failed')
    return undefined
  })
  return Promise.race([result, sleep(PLATFORM_TIMEOUT_MS, undefined, { ref: false })])
}

/** The place and time at which digests are looked at, with the platforms for links. */
export type DigestView = { digests: Pick<DigestContext, 'platform'>; call: Pick<Call, 'place' | 'at'> }

/** The platform of a call. */
export const platformOfCall = ({ digests, call }: DigestView): Platform | undefined =>
  digests.platform(platformOf(call.place))
