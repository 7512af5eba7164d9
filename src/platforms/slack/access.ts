import type { Access } from '../../chat/access.ts'
import type { Place } from '../../chat/platform.ts'
import { phrases } from '../../phrases/phrases.ts'
import { type CallWebApi, splitPlace } from './messages.ts'
import { deliveryError } from './refusals/delivery-error.ts'

type ConversationInfo = {
  channel?: {
    name?: string
    is_im?: boolean
    is_mpim?: boolean
    is_private?: boolean
    is_member?: boolean
    is_archived?: boolean
  }
  response_metadata?: { scopes?: string[] }
}

/** Short, since a command waits for the answer. */
const TIMEOUT_MS = 900

/** Creates a check of what we may do in a conversation: by its kind, whether we are in it, and our token's scopes. */
export const createAccessCheck =
  (web: CallWebApi) =>
  async (place: Place): Promise<Access> => {
    const { team, channel } = splitPlace(place)
    try {
      return accessFromInfo(
        await web<ConversationInfo>(team, 'conversations.info', { channel }, AbortSignal.timeout(TIMEOUT_MS)),
      )
    } catch (cause) {
      const failure = deliveryError(cause, 'conversations.info', place)
      // A private channel that we are not in does not exist for us; any other refusal says nothing about the channel.
      if (!/channel_not_found|not_in_channel/.test(failure.message)) throw failure
      // Nobody can be invited to a conversation between two people.
      const why = channel.startsWith('D') ? phrases.slack.cannotWriteThere : phrases.slack.howToInvite
      return { post: false, correct: false, look: false, why }
    }
  }

function accessFromInfo({ channel = {}, response_metadata }: ConversationInfo): Access {
  const { name, is_im, is_mpim, is_private, is_member, is_archived = false } = channel
  const kind = is_im ? 'im' : is_mpim ? 'mpim' : is_private ? 'groups' : 'channels'
  const isInside = Boolean(is_im || is_mpim || is_member)
  const scopes = response_metadata?.scopes
  // Slack lists the scopes of the token with each answer; without the list we count on the one that every token has.
  const hasScope = (scope: string) => scopes?.includes(scope) ?? scope === 'chat:write'
  const correct = hasScope('chat:write') && !is_archived
  const post = correct && (isInside || (kind === 'channels' && hasScope('chat:write.public')))
  const look = isInside && hasScope(`${kind}:history`)
  const why = is_archived
    ? phrases.slack.isArchived
    : !isInside
      ? phrases.slack.howToInvite
      : look
        ? undefined
        : phrases.slack.adminCanAllow(`${kind}:history`)
  return { post, correct, look, name: name && !is_im && !is_mpim ? `#${name}` : undefined, why }
}
