import { type Loopback, startDiscord } from '../test/support/loopback/discord.ts'

/** Starts a loopback Discord; `env` is the environment of a bot that connects to it. */
export async function startLoopbackDiscord(): Promise<{ loopback: Loopback; env: Record<string, string> }> {
  const loopback = await startDiscord()
  return { loopback, env: { DISCORD_TOKEN: loopback.token, DISCORD_API_URL: loopback.apiUrl } }
}
