import type { Call, CallOutcome, Handlers, Log } from '../chat/platform.ts'
import { pictureOf, type Reply, refusal, text } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'

/** What the form asks in which somebody reports an error in a message of ours. */
export const REPORT_QUESTION = {
  label: phrases.everyPlatform.whatIsWrong,
  hint: phrases.everyPlatform.oneSentence,
}
/** What is said to whoever picked a report at a message of somebody else. */
export const NOT_OUR_MESSAGE_REPLY = refusal(phrases.everyPlatform.notMyMessage())

/** A call that arrived, with what a post needs: the key that makes it one, and the thread it belongs in. */
export type IncomingCall = { call: Call; key: string; under?: string }

/** Slack and Discord both give up after 3 s; what takes longer than this gets an honest sentence instead. */
const DEADLINE_MS = 2_500
/** A picture that is posted may take longer, where an answer may come later than that. */
const PICTURE_DEADLINE_MS = 8_500

const POSTED_REPLY: Reply = { blocks: [text(phrases.publish.posted)], parts: [], audience: 'caller' }
const LATE_POST_REPLY = refusal([phrases.publish.unclear])
/** What is said where something of ours is broken. */
export const FAILED_REPLY = refusal([phrases.everyPlatform.failed])
/** What is said where a form was not there in time. */
export const LATE_FORM_REPLY = refusal([phrases.everyPlatform.formTooLate])

/** Replies that say what became of a call; every other one is an answer, or a reason why there is none. */
const OUTCOMES = new WeakMap<Reply, CallOutcome>([
  [POSTED_REPLY, 'posted'],
  [LATE_POST_REPLY, 'late'],
  [LATE_FORM_REPLY, 'late'],
  [FAILED_REPLY, 'failed'],
])

/** What a reply makes of the call that it is shown for. */
export const outcomeOf = (reply: Reply): CallOutcome =>
  OUTCOMES.get(reply) ?? (reply.refusal ? 'refused' : 'answered')

/**
 * How a platform answers. `answered` gives what its caller is shown, always within the deadline: the answer, or what
 * became of its post. `answeredOpenly` answers in the open what was asked in the open. Neither ever rejects.
 */
export type Responder<Message> = {
  respond(handlers: Handlers, asked: IncomingCall): Promise<Message>
  respondInChannel(handlers: Handlers, asked: IncomingCall): Promise<void>
}

/**
 * Makes the answering of one platform; `title` is its name in sentences. `patient` is one whose commands can be answered
 * after the deadline too: it waits for pictures that are posted.
 */
export function createResponder<Message>(
  options: { name: string; title: string; patient?: true; render(reply: Reply): Message },
  log: Log,
): Responder<Message> {
  const { name, title, render } = options
  const late = refusal([phrases.everyPlatform.answerTooLate(title)])
  OUTCOMES.set(late, 'late')
  const broken = refusal([phrases.everyPlatform.answerTooLong(title)])
  /** A reply that is given again is not drawn again. */
  const drawings = new WeakMap<Reply, Message>()

  async function answered(handlers: Handlers, asked: IncomingCall): Promise<Message> {
    const { command, place } = asked.call
    const failed = (cause: unknown): Reply => {
      log.error({ err: cause, command, place }, `${name}: a command failed`)
      return FAILED_REPLY
    }
    try {
      const given = handlers.answer(asked.call)
      // Nearly every answer is there at once, and needs neither a post nor a clock.
      const waits = given instanceof Promise || isPost(given)
      return drawn(waits ? await inTime(given, handlers, asked, failed) : given, asked, handlers)
    } catch (cause) {
      return drawn(failed(cause), asked, handlers)
    }
  }

  /** An answer that has to be waited for or posted; after the deadline, a sentence that says so. */
  function inTime(
    given: Reply | Promise<Reply>,
    { publish }: Handlers,
    asked: IncomingCall,
    failed: (cause: unknown) => Reply,
  ): Promise<Reply> {
    let tooLate = late
    const work = async (): Promise<Reply> => {
      const reply = await given
      if (!isPost(reply)) return reply
      tooLate = LATE_POST_REPLY
      const patient = options.patient && hasPicture(reply)
      if (patient && !over) {
        clearTimeout(timer)
        timer = setTimeout(giveUp, PICTURE_DEADLINE_MS)
      }
      const posted = await publish(asked.call, reply, postOptions(asked, patient))
      if ('message' in posted) return POSTED_REPLY
      OUTCOMES.set(posted.problem, 'unposted')
      return posted.problem
    }
    const slow = Promise.withResolvers<Reply>()
    const giveUp = () => {
      const { command, place } = asked.call
      log.warn({ command, place }, `${name}: an answer came too late`)
      slow.resolve(tooLate)
    }
    let over = false
    let timer = setTimeout(giveUp, DEADLINE_MS)
    return Promise.race([work().catch(failed), slow.promise]).finally(() => {
      over = true
      clearTimeout(timer)
    })
  }

  function drawn(reply: Reply, { call }: IncomingCall, { countCall }: Handlers): Message {
    try {
      const message = drawings.get(reply) ?? render(reply)
      drawings.set(reply, message)
      countCall?.(call, outcomeOf(reply))
      return message
    } catch (cause) {
      countCall?.(call, 'failed')
      log.error(
        { err: cause, command: call.command, text: call.text },
        `${name}: an answer could not be drawn`,
      )
      return render(broken)
    }
  }

  return {
    respond: answered,
    async respondInChannel({ answer, publish, countCall }, asked) {
      try {
        const reply = await answer(asked.call)
        // No command waits for it.
        const posted = await publish(asked.call, reply, postOptions(asked, hasPicture(reply)))
        countCall?.(asked.call, 'message' in posted ? 'posted' : 'unposted')
      } catch (cause) {
        countCall?.(asked.call, 'failed')
        log.error({ err: cause, place: asked.call.place }, `${name}: a mention was not answered`)
      }
    },
  }
}

/** Remembers the last `most` ids: a platform sends an event again when it is unsure that it arrived. */
export function createDeduplicator(most = 2_000): (id: string) => boolean {
  const seen = new Set<string>()
  return id => {
    if (seen.has(id)) return false
    seen.add(id)
    if (seen.size > most) seen.delete(seen.values().next().value as string)
    return true
  }
}

/** A reason why there is no answer is for whoever asked, even with --public. */
const isPost = (reply: Reply) => reply.audience === 'place' && !reply.refusal

const hasPicture = (reply: Reply) => pictureOf(reply) !== undefined

const postOptions = ({ key, under }: IncomingCall, withoutDeadline?: boolean) => ({
  key,
  ...(under !== undefined && { under }),
  ...(withoutDeadline && { withoutDeadline: true as const }),
})
