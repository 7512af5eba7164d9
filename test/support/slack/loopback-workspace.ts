import { BOT, TEAM } from './payloads.ts'
import { createViews } from './views.ts'

// biome-ignore lint/suspicious/noExplicitAny: a wire format, which tests read field by field
export type Json = Record<string, any>

/** A message in the loopback workspace. */
type StoredMessage = {
  channel: string
  ts: string
  thread_ts?: string
  user: string
  bot_id?: string
  text: string
  blocks: { type: string; [field: string]: unknown }[]
  metadata?: { event_type: string; event_payload: Record<string, unknown> }
  edited?: true
}

/** Creates the messages of a loopback workspace, with the methods of the Web API that read and write them. */
export function createWorkspace() {
  const messages: StoredMessage[] = []
  /** Errors of channels that refuse posts, such as one that the bot is not in. */
  const channelErrors = new Map<string, string>([
    ['CNONE', 'channel_not_found'],
    ['COUT', 'not_in_channel'],
    ['COLD', 'is_archived'],
  ])
  /** The people: a member, guests of both kinds, and somebody with an empty profile. */
  const people = new Map<string, Json>([
    [
      'U1',
      { name: 'dana', tz: 'America/Chicago', real_name: 'Dana Reed', profile: { display_name: 'Dana' } },
    ],
    ['UGUEST', { name: 'gus', tz: 'Europe/Berlin', real_name: 'Gus', is_restricted: true }],
    ['USINGLE', { name: 'sam', real_name: 'Sam', is_restricted: true, is_ultra_restricted: true }],
    ['UBARE', { name: 'bo' }],
  ])
  /** The members of each user group. */
  const groups = new Map<string, string[]>([['S1', ['U1', 'U2']]])
  const { handleViewMethod, ...views } = createViews()
  let last = 0

  function handleMethod(method: string, args: Json): object {
    const stored = messages.find(({ channel, ts }) => channel === args.channel && ts === args.ts)
    const page = (history: StoredMessage[]) => {
      const recent = history.filter(({ ts }) => Number(ts) > Number(args.oldest ?? 0))
      const from = Number(args.cursor ?? 0)
      const to = from + Number(args.limit ?? 100)
      const shown = recent
        .slice(from, to)
        .map(message =>
          args.include_all_metadata
            ? message
            : { ...message, metadata: { event_type: message.metadata?.event_type } },
        )
      return {
        ok: true,
        messages: shown,
        has_more: to < recent.length,
        response_metadata: { next_cursor: to < recent.length ? String(to) : '' },
      }
    }
    const postProblem = () =>
      channelErrors.has(args.channel)
        ? channelErrors.get(args.channel)
        : !args.text && !args.blocks
          ? 'no_text'
          : (args.blocks?.length ?? 0) > 50
            ? 'invalid_blocks'
            : method === 'chat.update' && args.text.length > 4000
              ? 'msg_too_long'
              : undefined
    switch (method) {
      case 'auth.test':
        return {
          ok: true,
          url: 'https://loopback.slack.com/',
          team: 'Loopback',
          team_id: TEAM,
          user: 'nutgraf',
          ...BOT,
        }
      case 'chat.postMessage': {
        const error = postProblem()
        if (error) return { ok: false, error }
        const message = storeMessage({
          ...args,
          channel: args.channel,
          text: args.text ?? '',
          user: BOT.user_id,
          bot_id: BOT.bot_id,
        })
        return { ok: true, channel: message.channel, ts: message.ts, message }
      }
      case 'chat.update': {
        const error = stored ? postProblem() : 'message_not_found'
        if (error || !stored) return { ok: false, error }
        if (stored.user !== BOT.user_id) return { ok: false, error: 'cant_update_message' }
        Object.assign(stored, {
          text: args.text,
          blocks: args.blocks ?? [],
          edited: true,
          ...(args.metadata && { metadata: args.metadata }),
        })
        return { ok: true, channel: stored.channel, ts: stored.ts, text: stored.text }
      }
      case 'chat.delete':
        if (!stored) return { ok: false, error: 'message_not_found' }
        messages.splice(messages.indexOf(stored), 1)
        return { ok: true, channel: stored.channel, ts: stored.ts }
      case 'conversations.history':
        return page(
          messages
            .filter(
              ({ channel, ts, thread_ts }) => channel === args.channel && (!thread_ts || thread_ts === ts),
            )
            .reverse(),
        )
      case 'conversations.replies':
        return page(
          messages.filter(
            ({ channel, ts, thread_ts }) =>
              channel === args.channel && (ts === String(args.ts) || thread_ts === String(args.ts)),
          ),
        )
      case 'conversations.info': {
        const error = channelErrors.get(args.channel)
        if (error === 'channel_not_found') return { ok: false, error }
        const direct = args.channel.startsWith('D')
        return {
          ok: true,
          channel: {
            id: args.channel,
            ...(direct ? { is_im: true } : { name: 'general', is_member: error === undefined }),
            is_private: args.channel.startsWith('G'),
            is_archived: error === 'is_archived',
          },
        }
      }
      case 'users.info': {
        const known = people.get(args.user)
        return known
          ? { ok: true, user: { id: args.user, ...known } }
          : { ok: false, error: 'user_not_found' }
      }
      case 'bots.info':
        return { ok: true, bot: { id: args.bot, app_id: 'A1' } }
      case 'usergroups.users.list': {
        const users = groups.get(args.usergroup)
        return users ? { ok: true, users } : { ok: false, error: 'no_such_subteam' }
      }
      default:
        return handleViewMethod(method, args) ?? { ok: false, error: 'unknown_method' }
    }
  }

  /** Stores a message in a channel, by the bot or by anybody else. */
  function storeMessage(fields: Partial<StoredMessage> & { channel: string }): StoredMessage {
    last = Math.max(last + 1, Date.now() * 1000)
    const ts = `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`
    const { channel, thread_ts, user = 'U1', bot_id, text = '', blocks = [], metadata } = fields
    const message = {
      channel,
      ts,
      user,
      text,
      blocks,
      ...(thread_ts && { thread_ts: String(thread_ts) }),
      ...(bot_id && { bot_id }),
      ...(metadata && { metadata }),
    }
    messages.push(message)
    return message
  }

  return {
    messages,
    channelErrors,
    people,
    groups,
    views,
    handleMethod,
    storeMessage,
  }
}
