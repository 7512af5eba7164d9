import type { RespondFn } from '@slack/bolt'
import { MESSAGE_OPTIONS, type SlackMessage } from './render.ts'

/** Shows a message to its caller alone, below what is in the channel. */
export const respondEphemerally = (
  respond: RespondFn,
  message: SlackMessage,
  under?: string,
): Promise<unknown> =>
  respond({
    response_type: 'ephemeral',
    replace_original: false,
    ...MESSAGE_OPTIONS,
    ...(under !== undefined && { thread_ts: under }),
    ...message,
  } as Parameters<RespondFn>[0])
