// Loaded into a program that ends by itself: at its end it writes the CPU time of all its threads and its most memory, as
// JSON, to file descriptor 3.
import { writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1000, most: maxRSS * 1024 }))
  })
