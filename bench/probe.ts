// Loaded into every contender before its own code: on each message it reports what the process has used so far, and it ends
// the process when the bench ends.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: (user + system) / 1000, memory: process.memoryUsage().rss })
})
process.on('disconnect', () => process.exit())
process.channel?.unref()
