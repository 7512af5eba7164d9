import type { Log, Paint, PlatformRenderer, Publish } from '../chat/platform.ts'
import type { Reply } from '../chat/reply.ts'
import type { Handler } from '../commands/handler.ts'
import type { Config } from '../config.ts'
import type { Replays } from '../platforms/preview/replay-routes.ts'
import type { Terminal } from '../platforms/preview/terminal.ts'
import type { Store } from '../store/store.ts'
import type { Duties } from './roles.ts'

type Tools = { paint: Paint; log: Log }

/** What the preview is made of, beside the commands. */
type PreviewTools = Tools & {
  replays: Replays
  /** Called with the key of each message that is posted in the preview's channel. */
  onPreviewPost(key: string, reply: Reply): void
}

type PlatformsOptions = PreviewTools & {
  config: Config
  duties: Duties
  handler: Handler
  store: Pick<Store, 'buttonLines'>
}

/** Makes the platforms that are on; each SDK is loaded only where it is used. None is connected yet. */
export async function createPlatforms({ config, duties, handler, store, ...options }: PlatformsOptions) {
  const tools: Tools = { paint: options.paint, log: options.log }
  return {
    slack: duties.slack && (await createSlackPlatform(config.slack!, store, tools)),
    discord: duties.discord && (await createDiscordPlatform(config.discord!, handler, store, tools)),
    webhook: duties.webhook ? await createWebhookPlatform(config.webhooks, tools) : undefined,
    preview: duties.preview ? await createPreviewPlatform(handler, options) : undefined,
  }
}

/** Opens the prompt in the terminal. */
export async function openTerminal(handler: Handler, publish: Publish): Promise<Terminal> {
  const { createTerminal } = await import('../platforms/preview/terminal.ts')
  return createTerminal({ ...handler, publish, input: process.stdin, output: process.stdout })
}

async function createSlackPlatform(
  { token, ...settings }: NonNullable<Config['slack']>,
  { buttonLines }: Pick<Store, 'buttonLines'>,
  tools: Tools,
) {
  const { createSlack } = await import('../platforms/slack/slack.ts')
  const { oneInstallation } = await import('../platforms/slack/installations.ts')
  return createSlack({ installations: oneInstallation(token), ...settings, buttonLines, ...tools })
}

async function createDiscordPlatform(
  settings: NonNullable<Config['discord']>,
  { commands }: Handler,
  { buttonLines }: Pick<Store, 'buttonLines'>,
  tools: Tools,
) {
  const { createDiscord } = await import('../platforms/discord/discord.ts')
  return createDiscord({ ...settings, commands, buttonLines, ...tools })
}

/** Webhooks draw messages as Slack and Discord do: platforms never import each other. */
async function createWebhookPlatform(webhooks: Config['webhooks'], { log }: Tools) {
  const { createWebhooks } = await import('../platforms/webhook/webhook.ts')
  const { MESSAGE_OPTIONS, render: renderForSlack } = await import('../platforms/slack/render.ts')
  const { render: renderForDiscord } = await import('../platforms/discord/render.ts')
  const draw = {
    slack: (reply: Reply) => ({ ...renderForSlack(reply), ...MESSAGE_OPTIONS }),
    discord: renderForDiscord,
  }
  return createWebhooks({ webhooks, draw, log })
}

/** Makes the preview. It is not started yet. */
export async function createPreviewPlatform(
  { commands }: Pick<Handler, 'commands'>,
  { onPreviewPost: onPost, ...tools }: PreviewTools,
) {
  const { createPreview } = await import('../platforms/preview/preview.ts')
  const { render: renderForSlack } = await import('../platforms/slack/render.ts')
  const { renderWithPicture: renderForDiscord } = await import('../platforms/discord/pictures.ts')
  const draws: PlatformRenderer[] = [
    { name: 'Slack', render: renderForSlack },
    { name: 'Discord', render: renderForDiscord },
  ]
  return createPreview({ draws, commands, onPost, ...tools })
}
