import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Handlers, Log } from '../../../src/chat/platform.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import { oneInstallation } from '../../../src/platforms/slack/installations.ts'
import { createSlack, type SlackOptions, type SlackPlatform } from '../../../src/platforms/slack/slack.ts'
import { createEchoAnswer } from '../echo-answer.ts'
import type { Loopback } from '../loopback/slack.ts'
import { recordingLog } from '../recording-log.ts'
import { SECRET } from './payloads.ts'

/** Starts the Slack platform against a loopback, with the real publish; over Socket Mode unless the options differ. */
export async function connectSlack(loopback: Loopback, options: Partial<SlackOptions> = {}) {
  const log = recordingLog()
  const { answer, calls } = createEchoAnswer()
  const platform = slackPlatformFor(loopback, { log, appToken: loopback.appToken, ...options })
  const handlers: Handlers = {
    answer,
    suggest: () => [],
    publish: createPublish({ platforms: () => [platform], log }),
  }
  await platform.start(handlers)
  return { platform, calls, log }
}

/** Starts it over HTTP, on a port of its own. */
export async function connectSlackOverHttp(loopback: Loopback) {
  const log = recordingLog()
  const { answer, calls } = createEchoAnswer()
  const platform = slackPlatformFor(loopback, { log, signingSecret: SECRET })
  const server = createServer((req, res) => platform.requestListener?.(req, res))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  await platform.start({
    answer,
    suggest: () => [],
    publish: createPublish({ platforms: () => [platform], log }),
  })
  const stop = async () => {
    await platform.stop()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return { platform, calls, log, url, stop }
}

/** Creates a Slack platform with the loopback's address and token, without starting it. */
export function slackPlatformFor(
  loopback: Loopback,
  options: Partial<SlackOptions> & { log: Log },
): SlackPlatform {
  return createSlack({
    installations: oneInstallation(loopback.botToken),
    apiUrl: loopback.apiUrl,
    ...options,
  })
}
