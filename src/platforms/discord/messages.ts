import { DeliveryError, type Place, type Platform } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { createAccessCheck } from './access.ts'
import { deliveryError, discordErrorCode, isReplyRefused } from './errors.ts'
import { markIn, markOf, nonceOf, withMark } from './mark.ts'
import type { Pictures } from './pictures.ts'
import { splitPlace } from './place.ts'
import { type DiscordEmbed, type DiscordMessage, render, renderWithFile } from './render.ts'
import type { Rest } from './rest.ts'
import { changeInThread } from './threads.ts'

type StoredMessage = {
  id: string
  type?: number
  author?: { id: string }
  embeds?: DiscordEmbed[]
  message_reference?: object
}

/** Our clock and Discord's may differ: the search for a post begins this long before the first attempt. */
const CLOCK_MARGIN_MS = 60_000
/** Discord returns at most 100 messages a page. */
const PAGE_SIZE = 100
const MAX_PAGES = 25
/** Discord's ids begin with the milliseconds since this moment. */
const EPOCH_MS = 1_420_070_400_000
/** Discord's codes for missing access and missing permissions. */
const MAY_NOT_READ_CODES = [50001, 50013]
/** How long a post waits for its picture: its words must still be there in time. */
const POST_PICTURE_MS = 1_500
/** The same where no command waits, as for an edit. */
const UNHURRIED_PICTURE_MS = 5_000

/** The channel of a place. Requests need no server: it is in a place so that people can see where the channel is. */
const channelOf = (place: Place): string => splitPlace(place).channel

/** Posts, edits and finds our own messages. It retries nothing: the caller knows whether a post may be sent twice. */
export function createMessages(
  rest: Rest,
  ownId: () => Promise<string>,
  sendWithPicture: Pictures['sendWithPicture'],
  saveButtonLines: (reply: Reply) => Promise<void> = async () => {},
): Required<Pick<Platform, 'post' | 'edit' | 'findPost' | 'checkAccess'>> {
  const checkAccess = createAccessCheck(rest, ownId)

  async function call(place: Place, ...[method, path, options]: Parameters<Rest>): Promise<unknown> {
    const request = `${method} ${path}`
    if (options?.signal?.aborted)
      throw new DeliveryError(`discord: ${request}: aborted before it was sent (${place})`, {
        outcome: 'unsent',
        retryInMs: 0,
      })
    try {
      return await rest(method, path, options)
    } catch (cause) {
      throw deliveryError(cause, request, place)
    }
  }

  /** Reads the mark of a message of ours; undefined where we may post but not read. */
  async function markAt(place: Place, path: `/${string}`): Promise<string | undefined> {
    try {
      return markIn((await call(place, 'GET', path)) as StoredMessage)
    } catch (cause) {
      if (cause instanceof DeliveryError && MAY_NOT_READ_CODES.includes(discordErrorCode(cause.cause)))
        return undefined
      throw cause
    }
  }

  return {
    async post(place, reply, { key, under, withoutDeadline, signal }) {
      await saveButtonLines(reply)
      const bodyWith = (hasFile: boolean) => ({
        ...withMark(renderForDelivery(reply, place, hasFile), markOf(key)),
        nonce: nonceOf(key),
        enforce_nonce: true,
      })
      const path = `/channels/${channelOf(place)}/messages` as const
      const withinMs = withoutDeadline ? UNHURRIED_PICTURE_MS : POST_PICTURE_MS
      let thread = under
      const sent = await sendWithPicture(
        reply,
        { place, withinMs, signal },
        async ({ files, attachments }) => {
          const message = files.length > 0 ? { ...bodyWith(true), attachments } : bodyWith(false)
          const send = (fields: object) => call(place, 'POST', path, { body: fields, files, signal })
          thread = under
          if (under === undefined) return send(message)
          try {
            const message_reference = { message_id: under, fail_if_not_exists: false }
            return await send({ ...message, message_reference })
          } catch (cause) {
            if (!(cause instanceof DeliveryError) || !isReplyRefused(cause)) throw cause
            // Nothing was posted, so it may be posted as a message of its own.
            thread = undefined
            return send(message)
          }
        },
      )
      const { id } = (sent ?? {}) as { id?: string }
      if (id === undefined)
        throw new DeliveryError(`discord: POST message: the answer has no id (${place})`, {
          outcome: 'unknown',
        })
      return { place, id, under: thread }
    },

    async edit({ place, id }, reply, posted) {
      await saveButtonLines(reply)
      const path = `/channels/${channelOf(place)}/messages/${id}` as const
      // With the key we can compute the mark, and save a request, since requests are counted.
      const mark = posted ? markOf(posted.key) : await markAt(place, path)
      // An edit keeps what it does not name, and without allowed_mentions it would ping anew.
      const bodyWith = (hasFile: boolean) => {
        const message = renderForDelivery(reply, place, hasFile)
        return { embeds: [], components: [], ...(mark === undefined ? message : withMark(message, mark)) }
      }
      const options = { place, withinMs: UNHURRIED_PICTURE_MS, mayRepeat: true } as const
      await changeInThread(place, call, () =>
        sendWithPicture(reply, options, ({ files, attachments }) =>
          call(place, 'PATCH', path, { body: { ...bodyWith(files.length > 0), attachments }, files }),
        ),
      )
    },

    async findPost(place, key, { since, under }) {
      const mark = markOf(key)
      let after = String(BigInt(Math.max(0, since - CLOCK_MARGIN_MS - EPOCH_MS)) << 22n)
      const own = await ownId().catch(cause => Promise.reject(deliveryError(cause, 'GET /users/@me', place)))
      let hasUnmarked = false
      for (let page = 0; page < MAX_PAGES; page++) {
        const query = { limit: String(PAGE_SIZE), after }
        const path = `/channels/${channelOf(place)}/messages` as const
        const messages = (await call(place, 'GET', path, { query })) as StoredMessage[]
        const ours = messages.filter(({ author }) => author?.id === own)
        const post = ours.find(message => markIn(message) === mark)
        // Where a reply was refused, the post is a message of its own.
        if (post) return { place, id: post.id, under: post.message_reference && under }
        // Without the permission Embed Links, Discord drops our mark with the embed: any unmarked message may be it.
        hasUnmarked ||= ours.some(isUnmarked)
        if (messages.length < PAGE_SIZE) {
          if (hasUnmarked) throw lostMarkError(place)
          if ((await checkAccess(place)).look) return undefined
          throw unreadableHistoryError(place)
        }
        after = messages
          .map(({ id }) => id)
          .sort(byAge)
          .at(-1)!
      }
      throw new DeliveryError(
        `discord: GET messages: more than ${MAX_PAGES * PAGE_SIZE} messages to search (${place})`,
        { outcome: 'unknown' },
      )
    },

    checkAccess,
  }
}

/** The error where nobody can say whether the post exists, now or later: so it has no time to try again. */
const lostMarkError = (place: Place) =>
  new DeliveryError(`discord: GET messages: one of our messages has lost its mark (${place})`, {
    outcome: 'unknown',
    human: phrases.discord.cannotRecognisePosts,
  })

/** The error where we may not read the history: for that, Discord returns an empty list, not an error. */
const unreadableHistoryError = (place: Place) =>
  new DeliveryError(`discord: GET messages: the history may not be read, or its marks are lost (${place})`, {
    outcome: 'unknown',
    human: phrases.discord.cannotLookBack,
  })

/** Types of message that we post: a plain one and a reply. Others, such as our own arrival, never had a mark. */
const POST_TYPES = [0, 19]

const isUnmarked = ({ type = 0, embeds = [] }: StoredMessage) =>
  POST_TYPES.includes(type) && embeds.length === 0

const byAge = (a: string, b: string) => Number(BigInt(a) - BigInt(b))

function renderForDelivery(reply: Reply, place: Place, hasFile: boolean): DiscordMessage {
  try {
    return hasFile ? renderWithFile(reply) : render(reply)
  } catch (cause) {
    throw new DeliveryError(`${cause instanceof Error ? cause.message : cause} (${place})`, {
      outcome: 'unsent',
      human: phrases.everyPlatform.answerTooLong('Discord'),
      cause,
    })
  }
}
