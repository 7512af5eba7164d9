import type { MessageRef, Place, Platform, PostOptions } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { markOf, withMark } from '../../../src/platforms/discord/mark.ts'
import { render as renderDiscord } from '../../../src/platforms/discord/render.ts'
import { render as renderSlack } from '../../../src/platforms/slack/render.ts'
import { GUILD } from '../discord/payloads.ts'
import { startDiscord } from '../loopback/discord.ts'
import { startSlack } from '../loopback/slack.ts'
import { BOT, SECRET } from '../slack/payloads.ts'

/** A message on a platform, with everything that a reader sees of it as one text. */
type PostedMessage = { id: string; channel: string; under: string | undefined; text: string }

/** A loopback platform with messages that are edited later. */
export type CorrectionPlatform = {
  apiUrl: string
  env: Record<string, string>
  /** Posts messages straight into the loopback, without a request and at any pace. */
  platform: Platform
  placeOf(index: number): Place
  messages(): PostedMessage[]
  /** How often each message was edited. */
  editCounts(): Map<string, number>
  /** Deletes a message, as a person does. */
  deleteMessage(id: string): void
  /** Removes the bot from the channel of a message. */
  removeBot(id: string): void
  close(): Promise<void>
}

/** Slack limits edits by workspace: with this many workspaces, its real pace takes seconds instead of minutes. */
const WORKSPACES = 400

/** Opens a loopback platform; places on Slack are spread over this many workspaces. */
export async function openCorrectionPlatform(
  name: 'slack' | 'discord',
  workspaces = WORKSPACES,
): Promise<CorrectionPlatform> {
  return name === 'slack' ? openSlack(workspaces) : openDiscord()
}

async function openSlack(workspaces: number): Promise<CorrectionPlatform> {
  const server = await startSlack()
  const { messages } = server
  const platform = createPostOnlyPlatform('slack', (channel, reply, { key, under }) => {
    const metadata = { event_type: 'nutgraf_post', event_payload: { key } }
    const message = { ...renderSlack(reply), channel, metadata, user: BOT.user_id, bot_id: BOT.bot_id }
    return server.storeMessage({ ...message, thread_ts: under }).ts
  })
  return {
    apiUrl: server.apiUrl,
    env: { SLACK_BOT_TOKEN: server.botToken, SLACK_SIGNING_SECRET: SECRET },
    platform,
    placeOf: index => `slack:T${1 + (index % workspaces)}/C${1000 + index}`,
    messages: () =>
      messages.map(({ ts, channel, thread_ts, text, blocks }) => ({
        id: ts,
        channel,
        under: thread_ts,
        text: text + JSON.stringify(blocks),
      })),
    editCounts: () => countById(server.callsTo('chat.update').map(({ args }) => String(args.ts))),
    deleteMessage: id =>
      void messages.splice(
        messages.findIndex(message => message.ts === id),
        1,
      ),
    removeBot: id =>
      void server.channelErrors.set(
        messages.find(message => message.ts === id)!.channel,
        'channel_not_found',
      ),
    close: server.close,
  }
}

async function openDiscord(): Promise<CorrectionPlatform> {
  const server = await startDiscord()
  const { messages } = server
  const platform = createPostOnlyPlatform('discord', (channel_id, reply, { key, under }) => {
    return server.storeMessage({
      ...withMark(renderDiscord(reply), markOf(key)),
      channel_id,
      ...(under !== undefined && { message_reference: { message_id: under } }),
    }).id
  })
  return {
    apiUrl: server.apiUrl,
    env: { DISCORD_TOKEN: server.token },
    platform,
    placeOf: index => `discord:${GUILD}/${300000000000001000n + BigInt(index)}`,
    messages: () =>
      messages.map(({ id, channel_id, message_reference, content, embeds }) => ({
        id,
        channel: channel_id,
        under: message_reference?.message_id,
        text: JSON.stringify([content, embeds]),
      })),
    editCounts: () =>
      countById(
        server.calls
          .filter(({ route }) => route === 'PATCH /channels/:id/messages/:id')
          .map(({ path }) => path.replace(/.*\//, '')),
      ),
    deleteMessage: id =>
      void messages.splice(
        messages.findIndex(message => message.id === id),
        1,
      ),
    removeBot: id =>
      void server.channelErrors.set(messages.find(message => message.id === id)!.channel_id, [
        403,
        50001,
        'Missing Access',
      ]),
    close: server.close,
  }
}

/** Creates a platform that stores what is posted at once; edits and searches are refused. */
function createPostOnlyPlatform(
  name: string,
  store: (channel: string, reply: Reply, options: PostOptions) => string,
): Platform {
  const refuse = () => Promise.reject(new Error('this platform only takes posts'))
  return {
    name,
    start: async () => {},
    state: () => ({ state: 'connected' }),
    stop: async () => {},
    edit: refuse,
    findPost: refuse,
    post: async (place, reply, options): Promise<MessageRef> => {
      const id = store(place.replace(/.*\//, ''), reply, options)
      return { place, id, under: options.under }
    },
  }
}

function countById(ids: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
