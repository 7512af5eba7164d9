import type { RespondFn } from '@slack/bolt'
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
