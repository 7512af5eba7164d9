import { DeliveryError, type MessageRef, type Place, type Platform } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { withPrefix } from './command-prefix.ts'
import type { SendWithPicture } from './pictures/send.ts'
import { deliveryError, isMessageMissing, isThreadRefused } from './refusals/delivery-error.ts'
import { MESSAGE_OPTIONS, PREVIEWS, render, type SlackMessage, withFile } from './render.ts'

/** Calls a method of the Web API with the token of the workspace `team`. */
export type CallWebApi = <Result = WebApiResult>(
  team: string,
  method: string,
  args: Record<string, unknown>,
  signal?: AbortSignal,
) => Promise<Result>

/** The results of the methods used here. */
export type WebApiResult = {
  channel?: string
  ts?: string
  messages?: StoredMessage[]
  has_more?: boolean
  response_metadata?: { next_cursor?: string }
}

type StoredMessage = {
  ts: string
  bot_id?: string
  metadata?: { event_type?: string; event_payload?: Record<string, unknown> }
}

const EVENT_TYPE = 'nutgraf_post'
/** Our clock and Slack's may differ: the search for a post begins this long before the first attempt. */
const CLOCK_MARGIN_MS = 60_000
/** Slack recommends at most 200 messages a page. */
const PAGE_SIZE = 200
const MAX_PAGES = 25
/** How long a post waits for its picture: its words must still be there in time. */
const POST_PICTURE_MS = 1_200
/** The same where no command waits, as for an edit: Slack needs seconds for a picture that is new. */
const UNHURRIED_PICTURE_MS = 6_000

/** Splits a place into workspace and channel. Throws for a place that is not on Slack. */
export function splitPlace(place: Place): { team: string; channel: string } {
  const [, team, channel] = /^slack:([^/]+)\/([^/]+)$/.exec(place) ?? []
  if (team === undefined || channel === undefined)
    throw new DeliveryError(`slack: ${place} is not a place on Slack`, { outcome: 'unsent' })
  return { team, channel }
}

/** Posts, edits and finds our own messages. It retries nothing: the caller knows whether a post may be sent twice. */
export function createMessages(
  web: CallWebApi,
  ownBot: () => string | undefined,
  sendWithPicture: SendWithPicture,
  { commandPrefix, saveLines }: { commandPrefix?: string; saveLines(reply: Reply): Promise<void> },
): Pick<Platform, 'post' | 'edit' | 'findPost'> {
  async function call(place: Place, method: string, args: Record<string, unknown>, signal?: AbortSignal) {
    const { team } = splitPlace(place)
    if (signal?.aborted)
      throw new DeliveryError(`slack: ${method}: aborted before it was sent (${place})`, {
        outcome: 'unsent',
        retryInMs: 0,
      })
    try {
      return await web(team, method, args, signal)
    } catch (cause) {
      throw deliveryError(cause, method, place)
    }
  }

  return {
    async post(place, reply, { key, under, withoutDeadline, pictureWithinMs, triedAgain, signal }) {
      const { team, channel } = splitPlace(place)
      await saveLines(reply)
      const postFields = {
        ...MESSAGE_OPTIONS,
        ...(reply.previews && PREVIEWS),
        metadata: { event_type: EVENT_TYPE, event_payload: { key } },
      }
      const isUnhurried = withoutDeadline || triedAgain
      const withinMs = pictureWithinMs ?? (isUnhurried ? UNHURRIED_PICTURE_MS : POST_PICTURE_MS)
      const waiting = { team, withinMs, signal, triedAgain }
      const { sent, thread } = await sendWithPicture(reply, waiting, (shown, file) => {
        const fields = {
          channel,
          ...renderForDelivery(withPrefix(shown, commandPrefix), place, file),
          ...postFields,
        }
        return postInThread(under, thread =>
          call(
            place,
            'chat.postMessage',
            thread === undefined ? fields : { ...fields, thread_ts: thread },
            signal,
          ),
        )
      })
      if (sent.ts === undefined)
        throw new DeliveryError(`slack: chat.postMessage: the answer has no ts (${place})`, {
          outcome: 'unknown',
        })
      // For a post to a person, Slack answers with the channel of the conversation, which edits need.
      return { place: `slack:${team}/${sent.channel ?? channel}`, id: sent.ts, under: thread }
    },

    async edit({ place, id }, reply, { triedAgain } = { key: '' }) {
      const { team, channel } = splitPlace(place)
      await saveLines(reply)
      await sendWithPicture(
        reply,
        { team, withinMs: UNHURRIED_PICTURE_MS, triedAgain },
        async (shown, file) =>
          call(place, 'chat.update', {
            channel,
            ts: id,
            ...renderForDelivery(withPrefix(shown, commandPrefix), place, file),
            parse: MESSAGE_OPTIONS.parse,
          }),
      )
    },

    async findPost(place, key, { since, under }) {
      const inThread = under === undefined ? undefined : await findIn(place, key, { since, under })
      // Where a thread was refused, the post is a message of its own.
      return inThread ?? findIn(place, key, { since })
    },
  }

  /** Looks for a post in a thread, or else among the messages of the channel. */
  async function findIn(
    place: Place,
    key: string,
    { since, under }: { since: number; under?: string },
  ): Promise<MessageRef | undefined> {
    const { channel } = splitPlace(place)
    const method = under === undefined ? 'conversations.history' : 'conversations.replies'
    const oldest = (Math.max(0, since - CLOCK_MARGIN_MS) / 1000).toFixed(6)
    const query = {
      channel,
      oldest,
      limit: PAGE_SIZE,
      include_all_metadata: true,
      ...(under !== undefined && { ts: under }),
    }
    let cursor: string | undefined
    for (let page = 0; page < MAX_PAGES; page++) {
      const history = await call(place, method, { ...query, ...(cursor !== undefined && { cursor }) }).catch(
        cause => {
          if (under !== undefined && cause instanceof DeliveryError && isMessageMissing(cause))
            return undefined
          throw cause
        },
      )
      if (!history) return undefined
      const post = history.messages?.find(message => isOurs(message, key, ownBot()))
      if (post) return { place, id: post.ts, under }
      cursor = history.response_metadata?.next_cursor || undefined
      if (cursor === undefined) return undefined
    }
    throw new DeliveryError(
      `slack: ${method}: more than ${MAX_PAGES * PAGE_SIZE} messages to search (${place})`,
      { outcome: 'unknown' },
    )
  }
}

/**
 * Posts in a thread; if only the thread is refused, as a message of its own, since nothing was posted. Returns where it
 * is.
 */
async function postInThread(
  thread: string | undefined,
  send: (thread: string | undefined) => Promise<WebApiResult>,
): Promise<{ sent: WebApiResult; thread: string | undefined }> {
  try {
    return { sent: await send(thread), thread }
  } catch (cause) {
    if (thread === undefined || !(cause instanceof DeliveryError) || !isThreadRefused(cause)) throw cause
    return { sent: await send(undefined), thread: undefined }
  }
}

// Any app in the workspace can write the same metadata, so the author must be us, too.
const isOurs = ({ metadata, bot_id }: StoredMessage, key: string, bot: string | undefined) =>
  metadata?.event_type === EVENT_TYPE &&
  metadata.event_payload?.key === key &&
  (bot === undefined || bot_id === bot)

function renderForDelivery(reply: Reply, place: Place, file?: string): SlackMessage {
  try {
    const message = render(reply)
    return file === undefined ? message : withFile(message, file)
  } catch (cause) {
    throw new DeliveryError(`${cause instanceof Error ? cause.message : cause} (${place})`, {
      outcome: 'unsent',
      human: phrases.everyPlatform.answerTooLong('Slack'),
      cause,
    })
  }
}
