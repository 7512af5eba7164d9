import type { Place } from '../../../src/chat/platform.ts'
import { markIn, markOf } from '../../../src/platforms/discord/mark.ts'
import { ALL_PERMISSIONS, PERMISSION_BITS } from '../discord/loopback-channels.ts'
import { GUILD } from '../discord/payloads.ts'
import { startDiscord } from '../loopback/discord.ts'
import { startSlack } from '../loopback/slack.ts'
import { SECRET } from '../slack/payloads.ts'

/** A message in a channel; `key` is the key of its row as the platform stores it. */
export type PostedMessage = {
  key: string | undefined
  id: string
  under: string | undefined
  channel: string
  text: string
}

/** The place of a channel of a session, by its number. */
export const placeOf = (platform: 'slack' | 'discord', index: number): Place =>
  platform === 'slack'
    ? `slack:T1/C${1000 + index}`
    : `discord:${GUILD}/${300000000000001000n + BigInt(index)}`

/** Opens a loopback platform for a session; with `historyHidden`, `hideHistory` keeps the bot from reading a channel. */
export async function openKillPlatform(platform: 'slack' | 'discord', historyHidden: boolean) {
  if (platform === 'slack') {
    const slack = await startSlack()
    return {
      apiUrl: slack.apiUrl,
      env: { SLACK_BOT_TOKEN: slack.botToken, SLACK_SIGNING_SECRET: SECRET } as Record<string, string>,
      platformKey: (key: string) => key,
      posts: (): PostedMessage[] =>
        slack.messages.map(({ metadata, ts, thread_ts, channel, text, blocks }) => ({
          key: metadata?.event_payload.key as string | undefined,
          id: ts,
          under: thread_ts,
          channel,
          text: text + JSON.stringify(blocks),
        })),
      forgetNonces: () => {},
      hideHistory: (_place: Place) => {},
      close: slack.close,
    }
  }
  const discord = await startDiscord()
  return {
    apiUrl: discord.apiUrl,
    env: { DISCORD_TOKEN: discord.token } as Record<string, string>,
    platformKey: markOf,
    posts: (): PostedMessage[] =>
      discord.messages.map(message => ({
        key: markIn(message as object),
        id: message.id,
        under: message.message_reference?.message_id,
        channel: message.channel_id,
        text: JSON.stringify([message.content, message.embeds]),
      })),
    forgetNonces: discord.forgetNonces,
    hideHistory: (place: Place) =>
      void (
        historyHidden &&
        discord.channelPermissions.set(place.split('/')[1]!, ALL_PERMISSIONS & ~PERMISSION_BITS.history)
      ),
    close: discord.close,
  }
}
