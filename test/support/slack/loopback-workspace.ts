import { BOT, TEAM } from './payloads.ts'
import { createViews } from './views.ts'

// biome-ignore lint/suspicious/noExplicitAny: a wire format, which tests read field by field
export type Json = Record<string, any>

/** A message as the loopback workspace keeps it. */
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

/** The messages of a loopback workspace, and the methods of the Web API that read and write them. */
export function createWorkspace() {
  const messages: StoredMessage[] = []
  /** Channels that the bot is not in, or that refuse it: the error that posting there gets. */
  const channelErrors = new Map<string, string>([
    ['CNONE', 'channel_not_found'],
    ['COUT', 'not_in_channel'],
    ['COLD', 'is_archived'],
  ])
  /** Who is there: a member, guests of both kinds, and somebody who told Slack nothing. */
  const people = new Map<string, Json>([
    [
      'U1',
      { name: 'dana', tz: 'America/Chicago', real_name: 'Dana Reed', profile: { display_name: 'Dana' } },
    ],
    ['UGUEST', { name: 'gus', tz: 'Europe/Berlin', real_name: 'Gus', is_restricted: true }],
    ['USINGLE', { name: 'sam', real_name: 'Sam', is_restricted: true, is_ultra_restricted: true }],
    ['UBARE', { name: 'bo' }],
  ])
  /** Who is in which user group. */
  const groups = new Map<string, string[]>([['S1', ['U1', 'U2']]])
  const { handleViewMethod: viewWork, ...shownViews } = createViews()
  let last = 0

  function handleMethod(method: string, args: Json): object {
    const stored = messages.find(one => one.channel === args.channel && one.ts === args.ts)
    const page = (all: StoredMessage[]) => {
      const recent = all.filter(one => Number(one.ts) > Number(args.oldest ?? 0))
      const from = Number(args.cursor ?? 0)
      const to = from + Number(args.limit ?? 100)
      const shown = recent
        .slice(from, to)
        .map(one =>
          args.include_all_metadata ? one : { ...one, metadata: { event_type: one.metadata?.event_type } },
        )
      return {
        ok: true,
        messages: shown,
        has_more: to < recent.length,
        response_metadata: { next_cursor: to < recent.length ? String(to) : '' },
      }
    }
    const unfit = () =>
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
        const error = unfit()
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
        const error = stored ? unfit() : 'message_not_found'
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
            .filter(one => one.channel === args.channel && (!one.thread_ts || one.thread_ts === one.ts))
            .reverse(),
        )
      case 'conversations.replies':
        return page(
          messages.filter(
            one =>
              one.channel === args.channel &&
              (one.ts === String(args.ts) || one.thread_ts === String(args.ts)),
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
        return viewWork(method, args) ?? { ok: false, error: 'unknown_method' }
    }
  }

  /** Puts a message into a channel, of the bot or of anybody else. */
  function storeMessage(given: Partial<StoredMessage> & { channel: string }): StoredMessage {
    last = Math.max(last + 1, Date.now() * 1000)
    const ts = `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`
    const { channel, thread_ts, user = 'U1', bot_id, text = '', blocks = [], metadata } = given
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
    views: shownViews,
    handleMethod,
    storeMessage,
  }
}
