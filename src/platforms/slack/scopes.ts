/**
 * Scopes that nutgraf cannot do without. Each is needed by a call or an event of ours; test/platforms/slack/scopes.test.ts
 * derives the list from the code.
 */
const REQUIRED_SCOPES = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'groups:read',
  'im:history',
  'im:read',
  // To open the conversation with somebody who asked for a picture: a private answer cannot show it.
  'im:write',
  'mpim:read',
  'users:read',
]

/** Lets the bot ask who is in a user group: needed only where members of one may use /desk. */
const USER_GROUPS_SCOPE = 'usergroups:read'

/** To find our own post after a crash, to post in public channels without an invitation, and to show pictures. */
const OPTIONAL_SCOPES = [
  'channels:history',
  'chat:write.public',
  'files:write',
  'groups:history',
  'mpim:history',
]

/**
 * The scopes of the manifest. Slack asks for what `bot` lists and lets an administrator leave out what `bot_optional`
 * repeats of it: a scope that stands only there is never granted (docs.slack.dev/reference/app-manifest).
 */
export const manifestScopes = ({ groups = false } = {}) => ({
  bot: [...REQUIRED_SCOPES, ...OPTIONAL_SCOPES, ...(groups ? [USER_GROUPS_SCOPE] : [])].sort(),
  bot_optional: OPTIONAL_SCOPES,
})
