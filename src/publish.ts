import { DeliveryError, type Log, type Platform, type Publish, platformOf } from './platform.ts'
import { refusal } from './reply.ts'

/** A post must be done, or have failed, before the platform gives up on the command that asked for it. */
const DEADLINE_MS = 2_400

/** The one path of every post: finds the platform of the place and posts there, under a key, within the deadline. */
export function publishing(platforms: () => Platform[], log: Log): Publish {
  return async (call, reply, { key, under }) => {
    const platform = platforms().find(one => one.name === platformOf(call.place))
    try {
      if (!platform) throw new DeliveryError(`publish: no platform for ${call.place}`, { outcome: 'unsent' })
      const signal = AbortSignal.timeout(DEADLINE_MS)
      const message = await platform.post(call.place, reply, {
        key,
        signal,
        ...(under !== undefined && { under }),
      })
      return { message }
    } catch (cause) {
      log.warn({ err: cause, place: call.place, key }, 'publish: the answer could not be posted')
      return { problem: refusal([sentenceFor(cause)]) }
    }
  }
}

function sentenceFor(cause: unknown): string {
  if (!(cause instanceof DeliveryError))
    return 'I could not post that here. It has been logged; please try again.'
  if (cause.human !== undefined) return cause.human
  if (cause.outcome === 'unknown')
    return 'I can’t tell whether that was posted. Look in the channel before you try again.'
  if (cause.retryInMs !== undefined)
    return `Not posted: try again in ${Math.max(1, Math.ceil(cause.retryInMs / 1000))} s.`
  return 'I can’t post here. Invite me to this channel, then send this again.'
}
