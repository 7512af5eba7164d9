import type { Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'
import { render as drawForDiscord } from '../../../src/platforms/discord/render.ts'
import { render as drawForSlack, MESSAGE_OPTIONS } from '../../../src/platforms/slack/render.ts'
import { createWebhooks } from '../../../src/platforms/webhook/webhook.ts'
import { readWebhookSettings } from '../../../src/web/webhook-settings.ts'
import { recordingLog } from '../recording-log.ts'

/** The platform of the webhooks in an environment, drawing as a bot does. Throws where an address is wrong. */
export function postingWebhooks(env: Record<string, string>): Platform {
  const { webhooks, problems } = readWebhookSettings(env)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  const draw = {
    discord: drawForDiscord,
    slack: (reply: Reply) => ({ ...drawForSlack(reply), ...MESSAGE_OPTIONS }),
  }
  return createWebhooks({ webhooks, draw, log: recordingLog() })
}
