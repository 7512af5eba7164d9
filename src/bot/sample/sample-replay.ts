import type { Log } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { clockAt } from '../../dates/dates.ts'
import type { Replay } from '../../digests/replay/replay.ts'
import { phrases } from '../../phrases/phrases.ts'
import { SAMPLE_DIGEST } from './outlet.ts'
import { replaySample } from './replay-sample.ts'

/** The replay of the sample feed as people read it: each post and each edit with its moment. */
export type SampleReplay = {
  heading: string
  about: string
  steps: { at: number; moment: string; reply: Reply }[]
  total: string
}

/** Replays the sample feed: each report as it comes, and the next brief of a digest after `now`, if it had `wire: all`. */
export async function replaySampleFeed(replay: Replay, now: number, log: Log): Promise<SampleReplay> {
  const says = phrases.replay.sample
  const messages = await replaySample(replay, now, log)
  const edits = messages.filter(({ isEdit }) => isEdit).length
  return {
    heading: says.heading([SAMPLE_DIGEST.title, replay.digest.title]),
    about: says.about,
    steps: messages.map(message => ({
      at: message.at,
      moment: says.moment(clockWithSeconds(message.at, replay.zone), message.digest, message),
      reply: message.reply,
    })),
    total: says.totals(messages.length - edits, edits),
  }
}

const clockWithSeconds = (at: number, zone: string): string =>
  `${clockAt(at, zone)}:${String(new Date(at).getUTCSeconds()).padStart(2, '0')}`
