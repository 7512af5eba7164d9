import type { RespondFn } from '@slack/bolt'
import type { Log } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import type { IncomingCall } from '../responder.ts'
import { MESSAGE_OPTIONS, type SlackMessage } from './render.ts'

/** Shows a message to its caller alone: below what is in the channel, or in place of the one that was pressed. */
export const respondEphemerally = (
  respond: RespondFn,
  message: SlackMessage,
  { under, inPlace = false }: { under?: string; inPlace?: boolean } = {},
): Promise<unknown> =>
  respond({
    response_type: 'ephemeral',
    replace_original: inPlace,
    ...MESSAGE_OPTIONS,
    ...(under !== undefined && { thread_ts: under }),
    ...message,
  } as Parameters<RespondFn>[0])

/**
 * A call of an editor with a way to tell them later what became of longer work. Slack accepts responses for half an hour
 * after a command or a press.
 */
export function withLater(
  incoming: IncomingCall,
  respond: RespondFn,
  {
    draw,
    trackWork,
    log,
  }: {
    draw(reply: Reply): SlackMessage
    trackWork(work: () => Promise<void>): Promise<void>
    log: Log
  },
): IncomingCall {
  const { call, under } = incoming
  if (call.command !== 'desk') return incoming
  const later = (reply: Reply) =>
    trackWork(async () => {
      try {
        await respondEphemerally(respond, draw(reply), { under })
      } catch (cause) {
        log.warn({ err: cause, place: call.place }, 'slack: a later answer was not shown')
      }
    })
  return { ...incoming, call: { ...call, later } }
}
