import { DeliveryError, type MessageRef, type Place, type Platform } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'
import { phrases } from '../../phrases/phrases.ts'
import { createAccessCheck } from './access.ts'
import { deliveryError, discordErrorCode } from './errors.ts'
import { markIn, markOf, nonceOf, withMark } from './mark.ts'
import type { Pictures } from './pictures.ts'
import { splitPlace } from './place.ts'
import { type DiscordEmbed, type DiscordMessage, render } from './render.ts'
import type { Rest } from './rest.ts'

type StoredMessage = { id: string; type?: number; author?: { id: string }; embeds?: DiscordEmbed[] }

/** Our clock and Discord's may differ: a post is looked for from this long before it was first tried. */
const CLOCK_MARGIN_MS = 60_000
/** Discord gives no more than 100 a page. */
const PAGE_SIZE = 100
const MAX_PAGES = 25
/** Discord's ids begin with the milliseconds since this moment. */
const EPOCH_MS = 1_420_070_400_000
const MAY_NOT_READ = [50001, 50013]
/** So long a picture may keep a post waiting: the words must still be there in time. */
const POST_PICTURE_MS = 1_500
/** Where no command waits for a post, as for an edit. */
const PATIENT_PICTURE_MS = 5_000

/** The channel of a place; the server before it only tells people where it is. */
const channelOf = (place: Place): string => splitPlace(place).channel

/** Posts, edits and finds our own messages. Nothing is retried here: who asks knows whether it may be sent twice. */
export function createMessages(
  rest: Rest,
  ownId: () => Promise<string>,
  attaching: Pictures['sendWithPicture'],
  keep: (reply: Reply) => Promise<void> = async () => {},
): Required<Pick<Platform, 'post' | 'edit' | 'findPost' | 'checkAccess'>> {
  const mayDo = createAccessCheck(rest, ownId)

  async function call(place: Place, ...[method, path, more]: Parameters<Rest>): Promise<unknown> {
    const request = `${method} ${path}`
    if (more?.signal?.aborted)
      throw new DeliveryError(`discord: ${request}: given up before it was sent (${place})`, {
        outcome: 'unsent',
        retryInMs: 0,
      })
    try {
      return await rest(method, path, more)
    } catch (cause) {
      throw deliveryError(cause, request, place)
    }
  }

  /** The mark of a message of ours. Whoever may post need not be allowed to read: then there is none to keep. */
  async function markAt(place: Place, path: `/${string}`): Promise<string | undefined> {
    try {
      return markIn((await call(place, 'GET', path)) as StoredMessage)
    } catch (cause) {
      if (cause instanceof DeliveryError && MAY_NOT_READ.includes(discordErrorCode(cause.cause)))
        return undefined
      throw cause
    }
  }

  return {
    async post(place, reply, { key, under, withoutDeadline, signal }) {
      await keep(reply)
      const body = {
        ...withMark(renderForDelivery(reply, place), markOf(key)),
        nonce: nonceOf(key),
        enforce_nonce: true,
        ...(under !== undefined && { message_reference: { message_id: under, fail_if_not_exists: false } }),
      }
      const path = `/channels/${channelOf(place)}/messages` as const
      const given = signal ? { signal } : {}
      const withinMs = withoutDeadline ? PATIENT_PICTURE_MS : POST_PICTURE_MS
      const how = { place, withinMs, ...given }
      const sent = await attaching(reply, how, ({ files, attachments }) =>
        call(place, 'POST', path, {
          body: files.length > 0 ? { ...body, attachments } : body,
          files,
          ...given,
        }),
      )
      const { id } = (sent ?? {}) as { id?: string }
      if (id === undefined)
        throw new DeliveryError(`discord: POST message: an answer without id (${place})`, {
          outcome: 'unknown',
        })
      return messageRef(place, id, under)
    },

    async edit({ place, id }, reply, posted) {
      await keep(reply)
      const path = `/channels/${channelOf(place)}/messages/${id}` as const
      const message = renderForDelivery(reply, place)
      // Where the key is known so is the mark, and it need not be asked for: requests are counted.
      const mark = posted ? markOf(posted.key) : await markAt(place, path)
      // An edit keeps what it does not name, and without allowed_mentions it would ping anew.
      const body = { embeds: [], components: [], ...(mark === undefined ? message : withMark(message, mark)) }
      const how = { place, withinMs: PATIENT_PICTURE_MS, mayRepeat: true } as const
      await attaching(reply, how, ({ files, attachments }) =>
        call(place, 'PATCH', path, { body: { ...body, attachments }, files }),
      )
    },

    async findPost(place, key, { since, under }) {
      const mark = markOf(key)
      let after = String(BigInt(Math.max(0, since - CLOCK_MARGIN_MS - EPOCH_MS)) << 22n)
      const own = await ownId().catch(cause => Promise.reject(deliveryError(cause, 'GET /users/@me', place)))
      let lost = false
      for (let page = 0; page < MAX_PAGES; page++) {
        const query = { limit: String(PAGE_SIZE), after }
        const path = `/channels/${channelOf(place)}/messages` as const
        const found = (await call(place, 'GET', path, { query })) as StoredMessage[]
        const all = found.filter(({ author }) => author?.id === own)
        const ours = all.find(message => markIn(message) === mark)
        if (ours) return messageRef(place, ours.id, under)
        // Without the permission Embed Links our mark is dropped with the embed: any of these may be the one.
        lost ||= all.some(isUnmarked)
        if (found.length < PAGE_SIZE) {
          if (lost) throw lostMarkError(place)
          if ((await mayDo(place)).look) return undefined
          throw unreadableHistoryError(place)
        }
        after = found
          .map(({ id }) => id)
          .sort(byAge)
          .at(-1)!
      }
      throw new DeliveryError(
        `discord: GET messages: more than ${MAX_PAGES * PAGE_SIZE} messages to look through (${place})`,
        { outcome: 'unknown' },
      )
    },

    checkAccess: mayDo,
  }
}

/** Nobody can say whether it stands there, now or later: this has no time at which to try again. */
const lostMarkError = (place: Place) =>
  new DeliveryError(`discord: GET messages: one of our messages has lost its mark (${place})`, {
    outcome: 'unknown',
    human: phrases.discord.cannotRecognisePosts,
  })

/** Without the permission to read the history Discord gives an empty list, not an error. */
const unreadableHistoryError = (place: Place) =>
  new DeliveryError(`discord: GET messages: the history may not be read, or its marks are lost (${place})`, {
    outcome: 'unknown',
    human: phrases.discord.cannotLookBack,
  })

/** Kinds of message that a bot posts: a plain one and a reply; others, such as its own arrival, never had a mark. */
const POST_TYPES = [0, 19]

const isUnmarked = ({ type = 0, embeds = [] }: StoredMessage) =>
  POST_TYPES.includes(type) && embeds.length === 0

const byAge = (a: string, b: string) => Number(BigInt(a) - BigInt(b))

const messageRef = (place: Place, id: string, under: string | undefined): MessageRef => ({
  place,
  id,
  ...(under !== undefined && { under }),
})

function renderForDelivery(reply: Reply, place: Place): DiscordMessage {
  try {
    return render(reply)
  } catch (cause) {
    throw new DeliveryError(`${cause instanceof Error ? cause.message : cause} (${place})`, {
      outcome: 'unsent',
      human: phrases.everyPlatform.answerTooLong('Discord'),
      cause,
    })
  }
}
