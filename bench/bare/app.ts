/**
 * A bot as the SDKs' own first pages show it: it answers everything with one constant reply.
 * `node bench/bare/app.ts slack discord` connects to both in one process and then prints one line.
 */
const PLATFORMS: Record<string, () => Promise<string>> = {
  slack: async () => (await import('./slack.ts')).startBareSlack(),
  discord: async () => (await import('./discord.ts')).startBareDiscord(),
}

// Ends by exit, so that the compile cache is written as it is for any program that ends by itself.
process.on('SIGTERM', () => process.exit(0))

const said = await Promise.all(process.argv.slice(2).map(name => PLATFORMS[name]!()))
process.stdout.write(`${said.join(' ')}\n`)
