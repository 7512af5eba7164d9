import { setTimeout as sleep } from 'node:timers/promises'
import type { RespondFn } from '@slack/bolt'
import type { Log } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { withoutPicture } from '../../pictures/picture-file.ts'
import type { IncomingCall } from '../responder.ts'
import { splitPlace } from './messages.ts'
import type { SendWithPicture } from './pictures.ts'
import { MESSAGE_OPTIONS, render, type SlackMessage, withFile } from './render.ts'

/** How long a caller waits for a picture, with nothing to see meanwhile. */
const PICTURE_TIMEOUT_MS = 4_000
/** The pause before a response that failed is tried once more. */
const RETRY_PAUSE_MS = 500

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

/**
 * Creates a function that shows a reply with a picture to its caller alone: one response, sent when we know whether
 * there is a picture. The first answer to a command cannot be replaced later, and replacing would change the message
 * whose button somebody pressed (bolt-python #1268).
 */
export const createPictureResponse =
  (sendWithPicture: SendWithPicture, log: Log) =>
  async ({ call, under }: IncomingCall, reply: Reply, respond: RespondFn): Promise<void> => {
    const { team } = splitPlace(call.place)
    try {
      await sendWithPicture(
        reply,
        { team, withinMs: PICTURE_TIMEOUT_MS, callerOnly: true },
        async (shown, file) => {
          const message = render(shown)
          await respondEphemerally(respond, file === undefined ? message : withFile(message, file), under)
        },
      )
    } catch (cause) {
      // A lost response is sent again: it may appear twice, but only to its caller.
      log.warn({ err: cause }, 'slack: a response with a picture failed; its words are sent')
      await sleep(RETRY_PAUSE_MS)
      const words = withoutPicture(reply, phrases.everyPlatform.pictureFailed)
      await respondEphemerally(respond, render(words), under)
    }
  }
