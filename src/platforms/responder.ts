import { mayKeepDrawings } from '../chat/kept-drawings.ts'
import type { Call, CallOutcome, Handlers, Log } from '../chat/platform.ts'
import { pictureOf, type Reply, refusal, text } from '../chat/reply.ts'
import { phrases } from '../phrases/phrases.ts'

/** The question of the form that reports an error in a message of ours. */
export const REPORT_QUESTION = {
  label: phrases.everyPlatform.whatIsWrong,
  hint: phrases.everyPlatform.oneSentence,
}
/** The reply to a report about a message that is not ours. */
export const NOT_OUR_MESSAGE_REPLY = refusal(phrases.everyPlatform.notMyMessage())

/** A call as it arrived, with what a post needs: the key that makes it one post, and the thread it belongs in. */
export type IncomingCall = { call: Call; key: string; under?: string }

/** Slack and Discord give up after 3 s. A call that takes longer than this is answered with a sentence that says so. */
const DEADLINE_MS = 2_500
/** The deadline of a post with a picture, where the platform accepts an answer later than after 3 s. */
const PICTURE_DEADLINE_MS = 8_500

const POSTED_REPLY: Reply = { blocks: [text(phrases.publish.posted)], parts: [], audience: 'caller' }
const LATE_POST_REPLY = refusal([phrases.publish.unclear])
/** The reply where something of ours is broken. */
export const FAILED_REPLY = refusal([phrases.everyPlatform.failed])
/** The reply where a form was not ready in time. */
export const LATE_FORM_REPLY = refusal([phrases.everyPlatform.formTooLate])

/** Outcomes of the replies that report how a call ended. Every other reply is an answer or a refusal. */
const OUTCOMES = new WeakMap<Reply, CallOutcome>([
  [POSTED_REPLY, 'posted'],
  [LATE_POST_REPLY, 'late'],
  [LATE_FORM_REPLY, 'late'],
  [FAILED_REPLY, 'failed'],
])

/** The outcome of a call that is answered with this reply. */
export const outcomeOf = (reply: Reply): CallOutcome =>
  OUTCOMES.get(reply) ?? (reply.refusal ? 'refused' : 'answered')

/** How one platform answers calls. Neither function ever throws or rejects. */
export type Responder<Message> = {
  /** Returns the message for the caller, at once or within the deadline: the answer, or how its post ended. */
  respond(handlers: Handlers, incoming: IncomingCall): Message | Promise<Message>
  /** Posts the answer in the place of the call, for a call that was made in public. */
  respondInChannel(handlers: Handlers, incoming: IncomingCall): Promise<void>
}

/**
 * Creates the responder of one platform; `title` is its name in sentences. `waitsForPictures` is set where a command
 * can be answered after the deadline too: then a post waits longer for its picture.
 */
export function createResponder<Message>(
  options: { name: string; title: string; waitsForPictures?: true; render(reply: Reply): Message },
  log: Log,
): Responder<Message> {
  const { name, title, render } = options
  const lateReply = refusal([phrases.everyPlatform.answerTooLate(title)])
  OUTCOMES.set(lateReply, 'late')
  const tooLongReply = refusal([phrases.everyPlatform.answerTooLong(title)])
  /** Messages by reply: a reply from the cache is not drawn again. */
  const drawings = new WeakMap<Reply, Message>()

  function respond(handlers: Handlers, incoming: IncomingCall): Message | Promise<Message> {
    const { command, place } = incoming.call
    const fail = (cause: unknown): Reply => {
      log.error({ err: cause, command, place }, `${name}: a command failed`)
      return FAILED_REPLY
    }
    try {
      const answer = handlers.answer(incoming.call)
      // Nearly every answer is there at once, and needs neither a post nor a clock.
      if (!(answer instanceof Promise) && !isPost(answer)) return draw(answer, incoming, handlers)
      return replyInTime(answer, handlers, incoming, fail).then(reply => draw(reply, incoming, handlers))
    } catch (cause) {
      return draw(fail(cause), incoming, handlers)
    }
  }

  /** Waits for an answer and posts it if it is a post; after the deadline, returns a reply that says so. */
  function replyInTime(
    answer: Reply | Promise<Reply>,
    { publish }: Handlers,
    incoming: IncomingCall,
    fail: (cause: unknown) => Reply,
  ): Promise<Reply> {
    let deadlineReply = lateReply
    const work = async (): Promise<Reply> => {
      const reply = await answer
      if (!isPost(reply)) return reply
      deadlineReply = LATE_POST_REPLY
      const waitsForPicture = options.waitsForPictures && hasPicture(reply)
      if (waitsForPicture && !over) {
        clearTimeout(timer)
        timer = setTimeout(giveUp, PICTURE_DEADLINE_MS)
      }
      const posted = await publish(incoming.call, reply, postOptions(incoming, waitsForPicture))
      if ('message' in posted) return POSTED_REPLY
      OUTCOMES.set(posted.problem, 'unposted')
      return posted.problem
    }
    const deadline = Promise.withResolvers<Reply>()
    const giveUp = () => {
      const { command, place } = incoming.call
      log.warn({ command, place }, `${name}: an answer was too late`)
      deadline.resolve(deadlineReply)
    }
    let over = false
    let timer = setTimeout(giveUp, DEADLINE_MS)
    return Promise.race([work().catch(fail), deadline.promise]).finally(() => {
      over = true
      clearTimeout(timer)
    })
  }

  /** Draws a reply, or a sentence that it does not fit, and counts the call. */
  function draw(reply: Reply, { call }: IncomingCall, { countCall }: Handlers): Message {
    try {
      const message = drawings.get(reply) ?? render(reply)
      if (mayKeepDrawings(reply)) drawings.set(reply, message)
      countCall?.(call, outcomeOf(reply))
      return message
    } catch (cause) {
      countCall?.(call, 'failed')
      log.error(
        { err: cause, command: call.command, text: call.text },
        `${name}: an answer could not be drawn`,
      )
      return render(tooLongReply)
    }
  }

  return {
    respond,
    async respondInChannel({ answer, publish, countCall }, incoming) {
      try {
        const reply = await answer(incoming.call)
        // No command waits for this post, so its picture may take longer, and it may be posted later.
        const options = { ...postOptions(incoming, hasPicture(reply)), mayBeLate: true as const }
        const posted = await publish(incoming.call, reply, options)
        // One that waits is counted once it is posted or given up.
        if ('message' in posted || !posted.waits)
          countCall?.(incoming.call, 'message' in posted ? 'posted' : 'unposted')
      } catch (cause) {
        countCall?.(incoming.call, 'failed')
        log.error({ err: cause, place: incoming.call.place }, `${name}: a mention was not answered`)
      }
    },
  }
}

/**
 * Creates a function that says whether an id is new. It remembers the last `maxIds`: a platform sends an event again
 * when it is unsure whether the event arrived.
 */
export function createDeduplicator(maxIds = 2_000): (id: string) => boolean {
  const seen = new Set<string>()
  return id => {
    if (seen.has(id)) return false
    seen.add(id)
    if (seen.size > maxIds) seen.delete(seen.values().next().value as string)
    return true
  }
}

/** A refusal is only for its caller, even with --public. */
const isPost = (reply: Reply) => reply.audience === 'place' && !reply.refusal

const hasPicture = (reply: Reply) => pictureOf(reply) !== undefined

const postOptions = ({ key, under }: IncomingCall, withoutDeadline?: boolean) => ({
  key,
  under,
  withoutDeadline: withoutDeadline || undefined,
})
