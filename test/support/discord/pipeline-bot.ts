import { startPipelineBotOn } from '../delivery/pipeline-bot.ts'
import { type LoopbackOptions, startDiscord } from '../loopback/discord.ts'
import { discordPlatformFor } from './connected-platform.ts'

/** Starts a bot with a ledger and its worker on a loopback Discord; both stop with the test. */
export async function startPipelineBot(options: LoopbackOptions = {}) {
  const loopback = await startDiscord(options)
  return startPipelineBotOn(loopback, platformOptions => discordPlatformFor(loopback, platformOptions))
}
