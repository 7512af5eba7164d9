// Loaded into every contender before its own code: says what the process has used so far, when asked, and ends it
// with the bench.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: (user + system) / 1000, memory: process.memoryUsage().rss })
})
process.on('disconnect', () => process.exit())
process.channel?.unref()
