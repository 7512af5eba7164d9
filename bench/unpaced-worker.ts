import { createLog } from '../src/bot/log.ts'
import { openLiveContent } from '../src/check/live-content.ts'
import { commandLinesFor } from '../src/commands/digest/command-lines.ts'
import { readConfig } from '../src/config.ts'
import { createPipeline } from '../src/delivery/pipeline.ts'
import { oneInstallation } from '../src/platforms/slack/installations.ts'
import { createSlack } from '../src/platforms/slack/slack.ts'
import { connect } from '../src/store/connect.ts'

/** A worker as `start --role worker` has it, but for the pace: what it can do when no platform limits it. */
const read = readConfig(process.env)
if ('problems' in read) throw new Error(read.problems.join('\n'))
const { config } = read
const log = createLog('warn')
const { library } = await openLiveContent(config.contentDir)
const store = await connect(config, cause => log.warn({ err: cause }, 'a connection broke'))
const { pace: _, ...platform } = createSlack({
  ...config.slack!,
  installations: oneInstallation(config.slack!.token),
  log,
})
const press = createPipeline({
  store,
  library,
  platforms: () => [platform],
  commandLines: commandLinesFor,
  redraw: () => Promise.reject(new Error('there are no answers here')),
  zone: config.zone,
  size: { inFlight: 8 },
  log,
})
await platform.start()
await press.start()
process.stdout.write('ready\n')
process.once('SIGTERM', async () => {
  await press.stop()
  await platform.stop()
  await store.close()
  process.exit(0)
})
