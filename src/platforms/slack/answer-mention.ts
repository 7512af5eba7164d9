import type { Handlers, Log } from '../../chat/platform.ts'
import { createDeduplicator, type IncomingCall, outcomeOf, type Responder } from '../responder.ts'
import { withoutPrefix, withPrefix } from './command-prefix.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
import { type EventPayload, eventCall } from './payload.ts'
import { MESSAGE_OPTIONS, render } from './render.ts'

/**
 * Creates what answers mentions and direct messages, each once, even where Slack sends it again: where they were written,
 * or in private what only their writer needs.
 */
export function createMentionAnswer(context: {
  handlers: Handlers
  responder: Pick<Responder<unknown>, 'respondInChannel'>
  web: CallWebApi
  commandPrefix?: string
  log: Log
}) {
  const { handlers, responder, web, commandPrefix, log } = context
  const isNew = createDeduplicator()

  return async (body: EventPayload, botUserId: string | undefined): Promise<void> => {
    const read = eventCall(body, botUserId, Date.now())
    if (!read || !isNew(read.key)) return
    const incoming = withoutPrefix(read, commandPrefix)
    const reply = await handlers.answer(incoming.call)
    if (reply.aside && (await answerInPrivate(incoming, body))) return
    await responder.respondInChannel({ ...handlers, answer: () => reply }, incoming)

    /** Shows the reply to the writer alone; false where that is not possible, or everything is between two anyway. */
    async function answerInPrivate({ call }: IncomingCall, { event }: EventPayload): Promise<boolean> {
      if (event.channel_type === 'im') return false
      try {
        await web(splitPlace(call.place).team, 'chat.postEphemeral', {
          channel: event.channel,
          user: event.user,
          // In a thread that has no other message yet, Slack would show it to nobody.
          ...(event.thread_ts !== undefined && { thread_ts: event.thread_ts }),
          ...MESSAGE_OPTIONS,
          ...render(withPrefix(reply, commandPrefix)),
        })
      } catch (cause) {
        log.warn({ err: cause, place: call.place }, 'slack: an answer could not be shown in private')
        return false
      }
      handlers.countCall?.(call, outcomeOf(reply))
      return true
    }
  }
}
