import { DeliveryError, type MessageRef, type Place, type Platform } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { deliveryError } from './errors.ts'
import type { SendWithPicture } from './pictures.ts'
import { MESSAGE_OPTIONS, render, type SlackMessage, withFile } from './render.ts'

/** Calls a method of the Web API with the token of a workspace. */
export type CallWebApi = <Result = WebApiResult>(
  team: string,
  method: string,
  args: Record<string, unknown>,
  signal?: AbortSignal,
) => Promise<Result>

/** What the methods used here answer. */
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
/** Our clock and Slack's may differ: a post is looked for from this long before it was first tried. */
const CLOCK_MARGIN_MS = 60_000
/** Slack asks for no more than 200 a page. */
const PAGE_SIZE = 200
const MAX_PAGES = 25
/** So long a picture may keep a post waiting: the words must still be there in time. */
const POST_PICTURE_MS = 1_200
/** Where no command waits for a post, as for an edit: a picture takes Slack a second or two when it is new there. */
const PATIENT_PICTURE_MS = 5_000

/** Workspace and channel of a place. */
export function splitPlace(place: Place): { team: string; channel: string } {
  const [, team, channel] = /^slack:([^/]+)\/([^/]+)$/.exec(place) ?? []
  if (team === undefined || channel === undefined)
    throw new DeliveryError(`slack: ${place} is no place on Slack`, { outcome: 'unsent' })
  return { team, channel }
}

/** Posts, edits and finds our own messages. Nothing is retried here: who asks knows whether it may be sent twice. */
export function createMessages(
  web: CallWebApi,
  ownBot: () => string | undefined,
  show: SendWithPicture,
): Pick<Platform, 'post' | 'edit' | 'findPost'> {
  async function call(place: Place, method: string, args: Record<string, unknown>, signal?: AbortSignal) {
    const { team } = splitPlace(place)
    if (signal?.aborted)
      throw new DeliveryError(`slack: ${method}: given up before it was sent (${place})`, {
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
    async post(place, reply, { key, under, withoutDeadline, signal }) {
      const { team, channel } = splitPlace(place)
      const more = {
        ...MESSAGE_OPTIONS,
        metadata: { event_type: EVENT_TYPE, event_payload: { key } },
        ...(under !== undefined && { thread_ts: under }),
      }
      const withinMs = withoutDeadline ? PATIENT_PICTURE_MS : POST_PICTURE_MS
      const showing = { team, withinMs, ...(signal && { signal }) }
      const sent = await show(reply, showing, async (shown, file) =>
        call(
          place,
          'chat.postMessage',
          { channel, ...renderForDelivery(shown, place, file), ...more },
          signal,
        ),
      )
      if (sent.ts === undefined)
        throw new DeliveryError(`slack: chat.postMessage: an answer without ts (${place})`, {
          outcome: 'unknown',
        })
      // A post to a person comes back with the channel of the conversation: edits need that one.
      return messageRef(`slack:${team}/${sent.channel ?? channel}`, sent.ts, under)
    },

    async edit({ place, id }, reply) {
      const { team, channel } = splitPlace(place)
      await show(reply, { team, withinMs: PATIENT_PICTURE_MS }, async (shown, file) =>
        call(place, 'chat.update', {
          channel,
          ts: id,
          ...renderForDelivery(shown, place, file),
          parse: MESSAGE_OPTIONS.parse,
        }),
      )
    },

    async findPost(place, key, { since, under }) {
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
        const found = await call(place, method, { ...query, ...(cursor !== undefined && { cursor }) })
        const ours = found.messages?.find(message => isOurs(message, key, ownBot()))
        if (ours) return messageRef(place, ours.ts, under)
        cursor = found.response_metadata?.next_cursor || undefined
        if (cursor === undefined) return undefined
      }
      throw new DeliveryError(
        `slack: ${method}: more than ${MAX_PAGES * PAGE_SIZE} messages to look through (${place})`,
        { outcome: 'unknown' },
      )
    },
  }
}

const messageRef = (place: Place, id: string, under: string | undefined): MessageRef => ({
  place,
  id,
  ...(under !== undefined && { under }),
})

// Any app in the workspace can write the same metadata: who posted it counts too.
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
