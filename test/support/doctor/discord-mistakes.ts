import { ALL, BITS } from '../discord/loopback-server.ts'
import { GUILD } from '../discord/payloads.ts'
import type { Seed } from './mistake.ts'

/** What people get wrong about Discord. */
export const DISCORD_SEEDS: Seed[] = [
  {
    mistake: '“Bot ” stands before the token of Discord',
    look: ({ discord }) => ({ env: { DISCORD_TOKEN: `Bot ${discord.token}` } }),
    id: 'wrong-token',
    after: ['platform-off'],
    says: /DISCORD_TOKEN holds a token with “Bot” before it/,
    cure: /Take “Bot ” away/,
  },
  {
    mistake: 'the token of Discord was reset',
    look: ({ discord }) => ({ env: { DISCORD_TOKEN: discord.token.replace('L', 'M') } }),
    id: 'token-refused',
    says: /does not accept DISCORD_TOKEN \(401\)/,
    cure: /Reset Token .*DISCORD_TOKEN/,
  },
  {
    mistake: 'a server is named without a token',
    look: { env: { DISCORD_TOKEN: '', DISCORD_GUILD_ID: GUILD, DESK_USERS: '' } },
    id: 'guild-without-token',
    severity: 'warning',
    after: ['platform-off'],
    says: /DISCORD_TOKEN is not: Discord stays off/,
    cure: /Set DISCORD_TOKEN too/,
  },
  {
    mistake: 'commands are sent to an address instead',
    seed: stage => stage.portal('interactions_endpoint_url', 'https://example.org'),
    id: 'endpoint-set',
    says: /Interactions Endpoint URL: Discord sends commands there/,
    cure: /Empty “Interactions Endpoint URL”/,
  },
  {
    mistake: 'a privileged intent is on',
    seed: stage => stage.portal('flags', 1 << 19),
    id: 'intents-surplus',
    severity: 'warning',
    says: /does not need: Message Content Intent/,
    cure: /Switch it off at .*Privileged Gateway Intents/,
  },
  {
    mistake: 'the bot is on no server',
    seed: stage => stage.onNoServer(),
    id: 'no-server',
    severity: 'warning',
    says: /on no server/,
    cure: /oauth2\/authorize\?client_id=\d+&scope=bot\+applications\.commands&permissions=\d+/,
  },
  {
    mistake: 'Discord has older commands',
    seed: stage => stage.registered('', 'oldstory'),
    id: 'discord-differ',
    severity: 'warning',
    says: /\/lawsuit is missing.*“Check this quote” is missing.*\/oldstory is no longer ours/,
    cure: /Start nutgraf/,
  },
  {
    mistake: 'commands are there everywhere and on a server',
    seed: stage => {
      for (const scope of [GUILD, '']) stage.registered(scope, 'quote')
    },
    id: 'discord-twice',
    severity: 'warning',
    after: ['discord-differ'],
    says: /shows each of these commands twice.*\/quote/,
    cure: /curl -X PUT .*applications\/\d+\/guilds\/\d+\/commands/,
  },
  {
    mistake: 'Discord may not read back in a channel',
    seed: stage => stage.allow(ALL & ~BITS.history),
    id: 'place-no-history',
    severity: 'warning',
    says: /may not read back in #general/,
    cure: /Read Message History/,
  },
  {
    mistake: 'Discord may not attach files in a channel',
    seed: stage => stage.allow(ALL & ~BITS.attach),
    id: 'place-no-pictures',
    severity: 'warning',
    says: /may not attach files in #general/,
    cure: /the permission Attach Files/,
  },
  {
    mistake: 'the bot may not post in a channel that takes a digest',
    seed: stage => stage.allow(ALL & ~BITS.send),
    id: 'place-no-post',
    says: /may not post in #general \(discord:/,
    cure: /Send Messages/,
  },
]
