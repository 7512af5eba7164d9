import { afterEachTest } from '../after-each.ts'
import { startDigestBot } from '../conversations/digest-bot.ts'
import { type Loopback, startSlack } from '../loopback/slack.ts'
import { recordingLog } from '../recording-log.ts'
import { slackPlatformFor } from './connected-platform.ts'

const open: { loopback: Loopback; bot: Awaited<ReturnType<typeof startDigestBot>> }[] = []
afterEachTest(async () => {
  for (const { loopback, bot } of open.splice(0)) {
    await bot.stop()
    await loopback.close()
  }
})

/** Starts a bot with all its commands and a loopback that it is connected to; both stop with the test. */
export async function startDigestBotOnSlack() {
  const loopback = await startSlack()
  const log = recordingLog()
  const bot = await startDigestBot(
    () => slackPlatformFor(loopback, { log, appToken: loopback.appToken }),
    log,
  )
  open.push({ loopback, bot })
  return { loopback, log, bot }
}

export type SlackDigestBot = Awaited<ReturnType<typeof startDigestBotOnSlack>>
