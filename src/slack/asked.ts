import type { Handlers, Log } from '../platform.ts'
import { type Reply, refusal, text } from '../reply.ts'
import type { Asked } from './payload.ts'
import { render, type SlackMessage } from './render.ts'

/** Slack shows `operation_timeout` after 3 s; what takes longer than this gets an honest sentence instead. */
const DEADLINE_MS = 2_500

const POSTED: Reply = { blocks: [text('Posted in this channel.')], parts: [], audience: 'caller' }
const LATE = refusal(['That took longer than Slack waits for an answer. Please try again in a moment.'])
const LATE_POST = refusal(['I can’t tell whether that was posted. Look in the channel before you try again.'])
const BROKEN = refusal(['That answer does not fit into a message on Slack. It has been logged.'])
const FAILED = refusal(['Something went wrong on our side, and it has been logged. Please try again.'])

/** What its caller is shown, always within the deadline: the answer, or what became of its post. Never rejects. */
export async function answered(handlers: Handlers, asked: Asked, log: Log): Promise<SlackMessage> {
  const failed = (cause: unknown): Reply => {
    log.error({ err: cause, command: asked.call.command, place: asked.call.place }, 'slack: a command failed')
    return FAILED
  }
  try {
    const given = handlers.answer(asked.call)
    // Nearly every answer is there at once, and needs neither a post nor a clock.
    const waits = given instanceof Promise || isPost(given)
    return drawn(waits ? await inTime(given, handlers, asked, log, failed) : given, asked, log)
  } catch (cause) {
    return drawn(failed(cause), asked, log)
  }
}

/** An answer that has to be waited for or posted; after the deadline, a sentence that says so. */
function inTime(
  given: Reply | Promise<Reply>,
  { publish }: Handlers,
  asked: Asked,
  log: Log,
  failed: (cause: unknown) => Reply,
): Promise<Reply> {
  let late = LATE
  const work = async (): Promise<Reply> => {
    const reply = await given
    if (!isPost(reply)) return reply
    late = LATE_POST
    const posted = await publish(asked.call, reply, postOptions(asked))
    return 'message' in posted ? POSTED : posted.problem
  }
  const slow = Promise.withResolvers<Reply>()
  const timer = setTimeout(() => {
    log.warn({ command: asked.call.command, place: asked.call.place }, 'slack: an answer came too late')
    slow.resolve(late)
  }, DEADLINE_MS)
  return Promise.race([work().catch(failed), slow.promise]).finally(() => clearTimeout(timer))
}

/** A reason why there is no answer is for whoever asked, even with --public. */
const isPost = (reply: Reply) => reply.audience === 'place' && !reply.refusal

/** Answers in the open what was asked in the open. Never rejects: what could not be posted has been logged. */
export async function answeredOpenly({ answer, publish }: Handlers, asked: Asked, log: Log): Promise<void> {
  try {
    await publish(asked.call, await answer(asked.call), postOptions(asked))
  } catch (cause) {
    log.error({ err: cause, place: asked.call.place }, 'slack: a mention was not answered')
  }
}

/** Remembers the last `most` ids: Slack sends an event again when it is unsure that it arrived. */
export function onlyOnce(most = 2_000): (id: string) => boolean {
  const seen = new Set<string>()
  return id => {
    if (seen.has(id)) return false
    seen.add(id)
    if (seen.size > most) seen.delete(seen.values().next().value as string)
    return true
  }
}

const postOptions = ({ key, under }: Asked) => ({ key, ...(under !== undefined && { under }) })

function drawn(reply: Reply, { call }: Asked, log: Log): SlackMessage {
  try {
    return render(reply)
  } catch (cause) {
    log.error({ err: cause, command: call.command, text: call.text }, 'slack: an answer could not be drawn')
    return render(BROKEN)
  }
}
