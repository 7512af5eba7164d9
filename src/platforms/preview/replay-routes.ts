import type { Option } from '../../chat/form.ts'
import type { Reply } from '../../chat/reply.ts'
import type { Answers } from './answers.ts'
import type { Refusal } from './guard.ts'
import type { Route } from './routes.ts'

/** What somebody asks to be replayed, as it was typed or chosen. */
export type ReplayRequest = { stories: string[]; digest?: string; from?: string; to?: string }

/** A brief that would have been posted, with its moment and its thread reply, or a line between two of them. */
type ReplayedStep = { at: number; moment: string; reply: Reply; thread?: Reply } | { line: string }

/** Replays of digests, for the page: what one can choose, and the briefs of a time. Nothing of them is posted. */
export type Replays = {
  choices(): { digests: Option[]; story?: string }
  replay(
    request: ReplayRequest,
  ): Promise<
    { problems: string[] } | { heading: string; about: string; steps: ReplayedStep[]; total: string }
  >
}

/** More names or longer dates than this are no request of the page. */
const MAX_STORIES = 50
const MAX_CHARACTERS = 200

/** The routes of a replay: what can be chosen in its form, and its briefs as each platform would draw them. */
export function replayRoutes(replays: Replays, answers: Pick<Answers, 'drawForPage'>): Record<string, Route> {
  const draw = async (step: ReplayedStep) => {
    if ('line' in step) return step
    const { at, moment, reply, thread } = step
    const drawAt = (message: Reply) => answers.drawForPage(message, { at, moment, callerOnly: false })
    return { moment, brief: await drawAt(reply), ...(thread && { thread: await drawAt(thread) }) }
  }

  return {
    'GET /preview/replay': async () => replays.choices(),

    'POST /preview/replay': async body => {
      const request = readRequest(body)
      if (!request) return NO_REPLAY
      const replay = await replays.replay(request)
      if ('problems' in replay) return { status: 400, sentence: replay.problems.join('\n') }
      return { ...replay, steps: await Promise.all(replay.steps.map(draw)) }
    },
  }
}

function readRequest({ stories = [], digest, from, to }: Record<string, unknown>): ReplayRequest | undefined {
  const isTyped = (value: unknown): value is string =>
    typeof value === 'string' && value.length <= MAX_CHARACTERS
  if (!Array.isArray(stories) || stories.length > MAX_STORIES || !stories.every(isTyped)) return undefined
  const others = Object.entries({ digest, from, to }).filter(
    ([, value]) => value !== undefined && value !== '',
  )
  return others.every(([, value]) => isTyped(value)) ? { stories, ...Object.fromEntries(others) } : undefined
}

const NO_REPLAY: Refusal = { status: 400, sentence: 'That is no replay.' }
