import type { Json } from './loopback-workspace.ts'
import type { ChannelKind } from './method-scopes.ts'

/**
 * Creates the conversations of a loopback workspace: which the bot is in, and which refuse it. A private channel that it
 * is not in does not exist for it.
 */
export function createChannels() {
  /** Errors of channels that refuse the bot. */
  const channelErrors = new Map<string, string>([
    ['CNONE', 'channel_not_found'],
    ['COUT', 'not_in_channel'],
    ['COLD', 'is_archived'],
    ['CMOVING', 'external_channel_migrating'],
    // A conversation between two people.
    ['DTWO', 'channel_not_found'],
  ])
  /** The kinds of conversations whose id does not begin with its letter. */
  const channelKinds = new Map<string, ChannelKind>()
  const kindOf = (channel = ''): ChannelKind =>
    channelKinds.get(channel) ??
    ({ D: 'im', G: 'groups', M: 'mpim' } as const)[channel[0] as 'D' | 'G' | 'M'] ??
    'channels'

  /** Slack's error for posting there; with `chat:write.public` a public channel needs no membership. */
  function postError(channel: string, scopes: Set<string>): string | undefined {
    const error = channelErrors.get(channel)
    const mayJoinIn = kindOf(channel) === 'channels' && scopes.has('chat:write.public')
    return error === 'not_in_channel' && mayJoinIn ? undefined : error
  }

  /** Slack's error for editing there: of an archived channel another one than for posting. */
  function editError(channel: string, scopes: Set<string>): string | undefined {
    const error = postError(channel, scopes)
    return error === 'is_archived' ? 'is_inactive' : error
  }

  /** Slack's error for reading there, which needs membership; an archived channel can be read. */
  function readError(channel: string): string | undefined {
    const error = channelErrors.get(channel)
    return error === 'is_archived' || error === 'external_channel_migrating' ? undefined : error
  }

  /** Answers `conversations.info`. */
  function channelInfo(channel: string): object {
    const error = channelErrors.get(channel)
    if (error === 'channel_not_found') return { ok: false, error }
    const kind = kindOf(channel)
    return {
      ok: true,
      channel: {
        id: channel,
        ...(kind === 'im' ? { is_im: true } : { name: 'general', is_member: error !== 'not_in_channel' }),
        is_private: kind === 'groups',
        is_mpim: kind === 'mpim',
        is_archived: error === 'is_archived',
      },
    }
  }

  /** Answers `conversations.open`: the conversation of the bot with one person. */
  const openConversation = ({ users }: Json): object =>
    /^[UW]\w+$/.test(users ?? '')
      ? { ok: true, channel: { id: `D${users}` } }
      : { ok: false, error: 'users_list_not_supplied' }

  return {
    channelErrors,
    channelKinds,
    kindOf,
    postError,
    editError,
    readError,
    channelInfo,
    openConversation,
  }
}
