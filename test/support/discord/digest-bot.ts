import { eachEnd } from '../after-each.ts'
import { digestBot } from '../conversations/digest-bot.ts'
import { type Loopback, startDiscord } from '../loopback/discord.ts'
import { keptLog } from '../recording-log.ts'
import { until } from '../wait-until.ts'
import { discordOn } from './connected-platform.ts'

const open: { loopback: Loopback; bot: Awaited<ReturnType<typeof digestBot>> }[] = []
eachEnd(async () => {
  for (const { loopback, bot } of open.splice(0)) {
    await bot.stop()
    await loopback.close()
  }
})

/** A bot with all its commands, registered on a loopback that it is connected to; both end with the test. */
export async function digestBotOnDiscord() {
  const loopback = await startDiscord()
  const log = keptLog()
  const bot = await digestBot(handle => discordOn(loopback, { log, commands: handle.commands }), log)
  open.push({ loopback, bot })
  await until(() => loopback.called('PUT /applications/:id/commands').length > 0)
  return { loopback, bot }
}

export type OnDiscord = Awaited<ReturnType<typeof digestBotOnDiscord>>
