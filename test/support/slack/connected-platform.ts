import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Handlers, Log } from '../../../src/chat/platform.ts'
import { publishing } from '../../../src/delivery/publish.ts'
import { oneInstallation } from '../../../src/platforms/slack/installations.ts'
import { type SlackOptions, type SlackPlatform, slack } from '../../../src/platforms/slack/slack.ts'
import { echo } from '../echo-platform.ts'
import type { Loopback } from '../loopback/slack.ts'
import { keptLog } from '../recording-log.ts'
import { SECRET } from './payloads.ts'

/** The Slack platform against a loopback, started, with the real publish; over Socket Mode unless told otherwise. */
export async function connected(loopback: Loopback, options: Partial<SlackOptions> = {}) {
  const log = keptLog()
  const { answer, calls } = echo()
  const platform = slackOn(loopback, { log, appToken: loopback.appToken, ...options })
  const handlers: Handlers = {
    answer,
    suggest: () => [],
    publish: publishing({ platforms: () => [platform], log }),
  }
  await platform.start(handlers)
  return { platform, calls, log }
}

/** The same over HTTP, on a port of its own. */
export async function overHttp(loopback: Loopback) {
  const log = keptLog()
  const { answer, calls } = echo()
  const platform = slackOn(loopback, { log, signingSecret: SECRET })
  const server = createServer((req, res) => platform.requestListener?.(req, res))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`
  await platform.start({
    answer,
    suggest: () => [],
    publish: publishing({ platforms: () => [platform], log }),
  })
  const stop = async () => {
    await platform.stop()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return { platform, calls, log, url, stop }
}

/** A Slack platform with the loopback's address and token; nothing is started. */
export function slackOn(loopback: Loopback, options: Partial<SlackOptions> & { log: Log }): SlackPlatform {
  return slack({
    installations: oneInstallation(loopback.botToken),
    apiUrl: loopback.apiUrl,
    ...options,
  })
}
