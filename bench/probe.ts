// Loaded into every contender before its own code: on each message it reports what the process has used so far, or how long
// the event loop was held, and it ends the process when the bench ends.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

// Worker threads load this file as well, and have no parent to talk to.
if (isMainThread) {
  /** Watches the loop only while it is asked to: a timer every millisecond costs CPU time that would be counted. */
  const loop = monitorEventLoopDelay({ resolution: 1 })
  process.on('message', message => {
    if (message === 'watch') {
      loop.enable()
      loop.reset()
    }
    const held = message === 'held' ? loop.max / 1e6 : undefined
    if (message === 'held') loop.disable()
    const { user, system } = process.cpuUsage()
    const most = process.resourceUsage().maxRSS * 1024
    process.send?.({ cpu: (user + system) / 1000, memory: process.memoryUsage().rss, most, held })
  })
  process.on('disconnect', () => process.exit())
  process.channel?.unref()
}
