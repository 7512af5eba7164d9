import { ALL_PERMISSIONS, PERMISSION_BITS } from '../discord/loopback-channels.ts'
import { GUILD } from '../discord/payloads.ts'
import type { Mistake } from './mistake.ts'

/** Mistakes that people make with Discord. */
export const DISCORD_MISTAKES: Mistake[] = [
  {
    title: 'the token of Discord begins with “Bot ”',
    doctorOptions: ({ discord }) => ({ env: { DISCORD_TOKEN: `Bot ${discord.token}` } }),
    id: 'wrong-token',
    after: ['platform-off'],
    says: /DISCORD_TOKEN holds a token with “Bot” before it/,
    cure: /Remove “Bot ”/,
  },
  {
    title: 'the token of Discord was reset',
    doctorOptions: ({ discord }) => ({ env: { DISCORD_TOKEN: discord.token.replace('L', 'M') } }),
    id: 'token-refused',
    says: /does not accept DISCORD_TOKEN \(401\)/,
    cure: /Reset Token .*DISCORD_TOKEN/,
  },
  {
    title: 'a server is set without a token',
    doctorOptions: { env: { DISCORD_TOKEN: '', DISCORD_GUILD_ID: GUILD, DESK_USERS: '' } },
    id: 'guild-without-token',
    severity: 'warning',
    after: ['platform-off'],
    says: /DISCORD_TOKEN is not: Discord stays off/,
    cure: /Set DISCORD_TOKEN too/,
  },
  {
    title: 'Discord sends commands to an address instead of the gateway',
    make: stage => stage.setApplicationField('interactions_endpoint_url', 'https://example.org'),
    id: 'endpoint-set',
    says: /Interactions Endpoint URL: Discord sends commands there/,
    cure: /Empty “Interactions Endpoint URL”/,
  },
  {
    title: 'a privileged intent is on',
    make: stage => stage.setApplicationField('flags', 1 << 19),
    id: 'intents-surplus',
    severity: 'warning',
    says: /does not need: Message Content Intent/,
    cure: /Switch it off at .*Privileged Gateway Intents/,
  },
  {
    title: 'the bot is on no server',
    make: stage => stage.leaveAllServers(),
    id: 'no-server',
    severity: 'warning',
    says: /on no Discord server/,
    cure: /oauth2\/authorize\?client_id=\d+&scope=bot\+applications\.commands&permissions=\d+/,
  },
  {
    title: 'Discord has older commands',
    make: stage => stage.registerCommand('', 'oldstory'),
    id: 'discord-differ',
    severity: 'warning',
    says: /\/lawsuit is missing.*“Check this quote” is missing.*\/oldstory is no longer ours/,
    cure: /Start nutgraf/,
  },
  {
    title: 'the commands are registered globally and on a server',
    make: stage => {
      for (const scope of [GUILD, '']) stage.registerCommand(scope, 'quote')
    },
    id: 'discord-twice',
    severity: 'warning',
    after: ['discord-differ'],
    says: /shows each of these commands twice.*\/quote/,
    cure: /curl -X PUT .*applications\/\d+\/guilds\/\d+\/commands/,
  },
  {
    title: 'the bot may not read the history of a channel on Discord',
    make: stage => stage.setPermissions(ALL_PERMISSIONS & ~PERMISSION_BITS.history),
    id: 'place-no-history',
    severity: 'warning',
    says: /may not read the history of #general/,
    cure: /Read Message History/,
  },
  {
    title: 'the bot may not attach files in a channel on Discord',
    make: stage => stage.setPermissions(ALL_PERMISSIONS & ~PERMISSION_BITS.attach),
    id: 'place-no-pictures',
    severity: 'warning',
    says: /may not attach files in #general/,
    cure: /the permission Attach Files/,
  },
  {
    title: 'the bot may not post in a channel that gets a digest',
    make: stage => stage.setPermissions(ALL_PERMISSIONS & ~PERMISSION_BITS.send),
    id: 'place-no-post',
    says: /may not post in #general \(discord:/,
    cure: /Send Messages/,
  },
]
