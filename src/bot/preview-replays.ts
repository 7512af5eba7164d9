import { createPauses } from '../chat/pauses.ts'
import type { Log } from '../chat/platform.ts'
import { commandLinesFor } from '../commands/digest/command-lines.ts'
import type { Library } from '../content/library.ts'
import { readableDate } from '../dates/dates.ts'
import { briefMoment, quietLine, replayHeading, totalsLine } from '../digests/replay/describe.ts'
import { readReplay } from '../digests/replay/read-query.ts'
import { type Replay, type ReplayStep, replayBriefs } from '../digests/replay/replay.ts'
import { phrases } from '../phrases/phrases.ts'
import { PREVIEW_PLACE } from '../platforms/preview/local-user.ts'
import type { Replays } from '../platforms/preview/replay-routes.ts'
import { SAMPLE_CHOICE } from './sample/script.ts'

/** More briefs than this are too many to read on one page. */
const MAX_BRIEFS = 60

type ReplaysOptions = { library(): Library; zone: string; log: Log }

/** Creates the replays of the preview. `zone` applies to digests that name none. */
export const createReplays = ({ library, zone, log }: ReplaysOptions): Replays => ({
  choices: () => {
    const { stories, digests } = library()
    const story = stories.find(({ command }) => command !== undefined) ?? stories[0]
    return {
      digests: [
        ...digests.map(({ name, title }) => ({ name: `${name}: ${title}`, value: name })),
        { name: phrases.replay.sample.choice, value: SAMPLE_CHOICE },
      ],
      ...(story && { story: story.slug }),
    }
  },
  replay: async query => {
    const commandLines = commandLinesFor(PREVIEW_PLACE)
    const { stories } = query
    const isSample = query.digest === SAMPLE_CHOICE
    const read = readReplay(isSample ? { stories } : query, { library: library(), zone, commandLines })
    if ('problems' in read) return read
    const { replay } = read
    if (isSample) {
      const { replaySampleFeed } = await import('./sample/sample-replay.ts')
      return replaySampleFeed(replay, Date.now(), log)
    }
    const { steps, next } = await composeFirst(replay)
    const lines =
      next === undefined ? [] : [{ line: phrases.replay.onlyFirst(MAX_BRIEFS, readableDate(next)) }]
    return {
      heading: replayHeading(replay),
      about: phrases.replay.assumption,
      steps: [...steps.map(step => shownStep(step, replay)), ...lines],
      total: totalsLine(steps, replay),
    }
  },
})

/** Composes the first briefs, and gives the date of the one after them; others run in between. */
async function composeFirst(replay: Replay): Promise<{ steps: ReplayStep[]; next?: string }> {
  const steps: ReplayStep[] = []
  const pause = createPauses()
  let count = 0
  for (const step of replayBriefs(replay)) {
    if ('brief' in step && ++count > MAX_BRIEFS) return { steps, next: step.brief.date }
    steps.push(step)
    await pause()
  }
  return { steps }
}

function shownStep(step: ReplayStep, replay: Replay) {
  if ('quietDays' in step) return { line: quietLine(step.quietDays, replay) }
  const { slot: at, reply, thread } = step.brief
  return { at, moment: briefMoment(step.brief, replay), reply, ...(thread && { thread }) }
}
