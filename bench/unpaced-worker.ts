import { createLog } from '../src/bot/log.ts'
import { openLiveContent } from '../src/check/live-content.ts'
import { commandLinesFor } from '../src/commands/digest/command-lines.ts'
import { readConfig } from '../src/config.ts'
import { createPipeline } from '../src/delivery/pipeline.ts'
import { oneInstallation } from '../src/platforms/slack/installations.ts'
import { createSlack } from '../src/platforms/slack/slack.ts'
import { connect } from '../src/store/connect.ts'

/** A worker like `start --role worker`, but without its pace: it shows how fast workers are if no platform limits them. */

const read = readConfig(process.env)
if ('problems' in read) throw new Error(read.problems.join('\n'))
const { config } = read
const log = createLog('warn')
const { library } = await openLiveContent(config.contentDir)
const store = await connect(config, cause => log.warn({ err: cause }, 'bench: a database connection broke'))
const { pace: _, ...platform } = createSlack({
  ...config.slack!,
  installations: oneInstallation(config.slack!.token),
  log,
})
const pipeline = createPipeline({
  store,
  library,
  platforms: () => [platform],
  commandLines: commandLinesFor,
  redraw: () => Promise.reject(new Error('nothing is redrawn here')),
  zone: config.zone,
  size: { inFlight: 8 },
  log,
})
await platform.start()
await pipeline.start()
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await pipeline.stop()
  await platform.stop()
  await store.close()
  process.exit(0)
})
