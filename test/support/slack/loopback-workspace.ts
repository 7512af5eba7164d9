import { createChannels } from './channels.ts'
import { BOT, TEAM } from './payloads.ts'
import { createPeople, ENTERPRISE, userInfo } from './people.ts'
import type { PostLimit } from './post-limit.ts'
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

/**
 * Creates the messages of a loopback workspace, with the methods of the Web API that read and write them, as a token with
 * these scopes may.
 */
export function createWorkspace(scopes: Set<string>) {
  const messages: StoredMessage[] = []
  const { postError, editError, readError, channelInfo, openConversation, ...channels } = createChannels()
  const people = createPeople()
  /** How long after it was posted a message may be edited, as a workspace can set it, and how fast we may post. */
  const rules: { editWindowMs?: number; postLimit?: PostLimit } = {}
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
    const isUpdate = method === 'chat.update'
    const postProblem = () =>
      (isUpdate ? editError : postError)(args.channel, scopes) ??
      (!args.text && !args.blocks
        ? 'no_text'
        : (args.blocks?.length ?? 0) > 50
          ? 'invalid_blocks'
          : isUpdate && args.text.length > 4000
            ? 'msg_too_long'
            : undefined)
    switch (method) {
      case 'auth.test':
        return {
          ok: true,
          url: 'https://loopback.slack.com/',
          team: 'Loopback',
          team_id: TEAM,
          enterprise_id: ENTERPRISE,
          user: 'nutgraf',
          ...BOT,
        }
      case 'chat.postMessage': {
        const error = postProblem()
        if (error) return { ok: false, error }
        const message = storeMessage({
          ...args,
          // A post to a person goes into the conversation with them.
          channel: args.channel.replace(/^[UW]/, 'D$&'),
          text: args.text ?? '',
          user: BOT.user_id,
          bot_id: BOT.bot_id,
        })
        return { ok: true, channel: message.channel, ts: message.ts, message }
      }
      case 'chat.postEphemeral': {
        const error = postProblem() ?? (args.user ? undefined : 'user_not_in_channel')
        return error ? { ok: false, error } : { ok: true, message_ts: '1700000000.000300' }
      }
      case 'chat.update': {
        const error = stored ? postProblem() : 'message_not_found'
        if (error || !stored) return { ok: false, error }
        if (stored.user !== BOT.user_id) return { ok: false, error: 'cant_update_message' }
        if (Date.now() - Number(stored.ts) * 1000 > (rules.editWindowMs ?? Number.POSITIVE_INFINITY))
          return { ok: false, error: 'edit_window_closed' }
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
      case 'conversations.history': {
        const error = readError(args.channel)
        if (error) return { ok: false, error }
        return page(
          messages
            .filter(
              ({ channel, ts, thread_ts }) => channel === args.channel && (!thread_ts || thread_ts === ts),
            )
            .reverse(),
        )
      }
      case 'conversations.replies': {
        const error = readError(args.channel)
        if (error) return { ok: false, error }
        if (!messages.some(({ channel, ts }) => channel === args.channel && ts === String(args.ts)))
          return { ok: false, error: 'thread_not_found' }
        return page(
          messages.filter(
            ({ channel, ts, thread_ts }) =>
              channel === args.channel && (ts === String(args.ts) || thread_ts === String(args.ts)),
          ),
        )
      }
      case 'conversations.info':
        return channelInfo(args.channel)
      case 'conversations.open':
        return openConversation(args)
      case 'users.info':
        return userInfo(people, args.user)
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
    ...channels,
    rules,
    people,
    groups,
    views,
    handleMethod,
    storeMessage,
  }
}
