import { afterEachTest } from '../after-each.ts'
import { startDigestBot } from '../conversations/digest-bot.ts'
import { type Loopback, startDiscord } from '../loopback/discord.ts'
import { recordingLog } from '../recording-log.ts'
import { waitUntil } from '../wait-until.ts'
import { discordPlatformFor } from './connected-platform.ts'

const open: { loopback: Loopback; bot: Awaited<ReturnType<typeof startDigestBot>> }[] = []
afterEachTest(async () => {
  for (const { loopback, bot } of open.splice(0)) {
    await bot.stop()
    await loopback.close()
  }
})

/** Starts a bot with all its commands, registered on a loopback that it is connected to; both stop with the test. */
export async function startDigestBotOnDiscord() {
  const loopback = await startDiscord()
  const log = recordingLog()
  const bot = await startDigestBot(
    handle => discordPlatformFor(loopback, { log, commands: handle.commands }),
    log,
  )
  open.push({ loopback, bot })
  await waitUntil(() => loopback.callsTo('PUT /applications/:id/commands').length > 0)
  return { loopback, bot }
}

export type DiscordDigestBot = Awaited<ReturnType<typeof startDigestBotOnDiscord>>
