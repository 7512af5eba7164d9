import { slackManifest } from '../../../src/platforms/slack/manifest.ts'

/**
 * The scopes that a workspace grants for our manifest: those listed for the bot. With `optional: false` an administrator
 * has left out the optional ones.
 */
export function grantedScopes({ optional }: { optional?: false }): Set<string> {
  const { bot, bot_optional } = slackManifest([], { mode: 'socket' }).oauth_config.scopes
  return new Set(optional === false ? bot.filter(scope => !bot_optional.includes(scope)) : bot)
}
