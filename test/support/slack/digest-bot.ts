import { eachEnd } from '../after-each.ts'
import { digestBot } from '../conversations/digest-bot.ts'
import { type Loopback, startSlack } from '../loopback/slack.ts'
import { keptLog } from '../recording-log.ts'
import { slackOn } from './connected-platform.ts'

const open: { loopback: Loopback; bot: Awaited<ReturnType<typeof digestBot>> }[] = []
eachEnd(async () => {
  for (const { loopback, bot } of open.splice(0)) {
    await bot.stop()
    await loopback.close()
  }
})

/** A bot with all its commands, a loopback that it is connected to, and its log; both end with the test. */
export async function digestBotOnSlack() {
  const loopback = await startSlack()
  const log = keptLog()
  const bot = await digestBot(() => slackOn(loopback, { log, appToken: loopback.appToken }), log)
  open.push({ loopback, bot })
  return { loopback, log, bot }
}

export type OnSlack = Awaited<ReturnType<typeof digestBotOnSlack>>
