import type { Access, Place } from '../../chat/platform.ts'
import { phrases } from '../../phrases/phrases.ts'
import { deliveryError } from './errors.ts'
import { type CallWebApi, splitPlace } from './messages.ts'

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

const TIMEOUT_MS = 900

/** What we may do in a conversation: from what it is, whether we are in it, and what our token is allowed. */
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
      // A private channel that we are not in does not exist for us; any other refusal says nothing about it.
      if (!/channel_not_found|not_in_channel/.test(failure.message)) throw failure
      return { post: false, correct: false, look: false, why: phrases.slack.howToInvite }
    }
  }

function accessFromInfo({ channel = {}, response_metadata }: ConversationInfo): Access {
  const { name, is_im, is_mpim, is_private, is_member, is_archived = false } = channel
  const kind = is_im ? 'im' : is_mpim ? 'mpim' : is_private ? 'groups' : 'channels'
  const inside = Boolean(is_im || is_mpim || is_member)
  const scopes = response_metadata?.scopes
  // Slack says with each answer what the token may do; where it does not, nothing is promised but what all have.
  const granted = (scope: string) => scopes?.includes(scope) ?? scope === 'chat:write'
  const writes = granted('chat:write') && !is_archived
  const post = writes && (inside || (kind === 'channels' && granted('chat:write.public')))
  const look = inside && granted(`${kind}:history`)
  const why = is_archived
    ? phrases.slack.isArchived
    : !inside
      ? phrases.slack.howToInvite
      : look
        ? undefined
        : phrases.slack.adminCanAllow(`${kind}:history`)
  return {
    ...{ post, correct: writes, look },
    ...(name && !is_im && !is_mpim && { name: `#${name}` }),
    ...(why !== undefined && { why }),
  }
}
