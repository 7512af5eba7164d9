import type { Json } from './loopback-workspace.ts'

/** What kind of conversation a channel is, as the names of scopes say it. */
export type ChannelKind = 'channels' | 'groups' | 'im' | 'mpim'

/**
 * The scope that each method needs, from its page below docs.slack.dev/reference/methods. `*` stands for the kind of the
 * conversation that is asked about; undefined is no scope. A method that is not here does not exist for the loopback.
 */
export const METHOD_SCOPES: Record<string, string | undefined> = {
  'auth.test': undefined,
  'apps.connections.open': 'connections:write',
  'bots.info': 'users:read',
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.history': '*:history',
  'conversations.info': '*:read',
  'conversations.open': 'im:write',
  'conversations.replies': '*:history',
  'files.completeUploadExternal': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'usergroups.users.list': 'usergroups:read',
  'users.info': 'users:read',
  'views.open': undefined,
  'views.publish': undefined,
  'views.push': undefined,
  'views.update': undefined,
}

/** The scope that each event of the manifest needs, from its page below docs.slack.dev/reference/events. */
export const EVENT_SCOPES: Record<string, string | undefined> = {
  app_home_opened: undefined,
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
}

/** Slack's answer to a call for which the token lacks the scope; undefined where it has it. */
export function missingScope(method: string, kind: ChannelKind, scopes: Set<string>): Json | undefined {
  const needed = METHOD_SCOPES[method]?.replace('*', kind)
  if (needed === undefined || method === 'apps.connections.open' || scopes.has(needed)) return undefined
  return { ok: false, error: 'missing_scope', needed, provided: [...scopes].join(',') }
}
