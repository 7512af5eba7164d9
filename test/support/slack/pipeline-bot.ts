import type { SlackOptions } from '../../../src/platforms/slack/slack.ts'
import { startPipelineBotOn } from '../delivery/pipeline-bot.ts'
import { startSlack } from '../loopback/slack.ts'
import { slackPlatformFor } from './connected-platform.ts'

/** Starts a bot with a ledger and its worker on a loopback Slack; both stop with the test. */
export async function startPipelineBot(options: Partial<SlackOptions> = {}) {
  const loopback = await startSlack()
  return startPipelineBotOn(loopback, ({ log }) =>
    slackPlatformFor(loopback, { log, appToken: loopback.appToken, ...options }),
  )
}
