import { Client, type InteractionReplyOptions } from 'discord.js'

/** Starts a bot with discord.js alone, on the gateway; resolves once it is connected. */
export async function startBareDiscord(): Promise<string> {
  const { DISCORD_TOKEN, DISCORD_API_URL, REPLY = '{}' } = process.env
  const client = new Client({ intents: [], rest: { api: DISCORD_API_URL } })
  const reply: InteractionReplyOptions = JSON.parse(REPLY)
  client.on('interactionCreate', async interaction => {
    if (interaction.isChatInputCommand()) await interaction.reply(reply)
  })
  const ready = new Promise(resolve => client.once('clientReady', resolve))
  await client.login(DISCORD_TOKEN)
  await ready
  return 'connected'
}
