/**
 * A bot as the introductions of the SDKs show it: it answers everything with one constant reply.
 * `node bench/bare/app.ts slack discord` connects to both in one process and then prints one line.
 */

/** How a bot on each platform is started; resolves with what is printed of it. */
const PLATFORMS: Record<string, () => Promise<string>> = {
  slack: async () => (await import('./slack.ts')).startBareSlack(),
  discord: async () => (await import('./discord.ts')).startBareDiscord(),
}

// SIGTERM ends the process with exit, so that Node writes its compile cache as at any normal end.
process.on('SIGTERM', () => process.exit(0))

const lines = await Promise.all(process.argv.slice(2).map(name => PLATFORMS[name]!()))
process.stdout.write(`${lines.join(' ')}\n`)
