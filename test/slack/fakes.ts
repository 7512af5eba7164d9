import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer, Call, Handlers, Log } from '../../src/platform.ts'
import { publishing } from '../../src/publish.ts'
import { type Reply, refusal, text } from '../../src/reply.ts'
import { oneInstallation } from '../../src/slack/installations.ts'
import { type SlackOptions, type SlackPlatform, slack } from '../../src/slack/slack.ts'
import type { Loopback } from '../loopback/slack.ts'
import { cardReply } from '../onepicture.ts'
import { SECRET } from './payloads.ts'

/** A log that keeps its lines. */
export function keptLog(): Log & { lines: { level: string; message: string; details: object }[] } {
  const lines: { level: string; message: string; details: object }[] = []
  const at = (level: string) => (details: object, message: string) =>
    void lines.push({ level, message, details })
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** A reply of one sentence. */
export const said = (sentence: string, more: Partial<Reply> = {}): Reply => ({
  blocks: [text(sentence)],
  parts: [],
  audience: 'caller',
  ...more,
})

/** What a card of the echo shows: other words with a number. */
const wordsIn = ({ text }: Call) => ['see you in court', ...(/\d+/.exec(text) ?? [])].join(' ')

/** Echoes each call; `slow`, `huge` and `broken` do what their names say, `nothing` is refused, `card` is a picture. */
export function echo(): { answer: Answer; calls: Call[] } {
  const calls: Call[] = []
  const answer: Answer = async call => {
    calls.push(call)
    const open = call.audience === 'place' || /--public/.test(call.text)
    const audience = open ? 'place' : 'caller'
    if (call.command === 'slow') await new Promise(resolve => setTimeout(resolve, 4_000))
    if (call.command === 'broken') throw new Error('boom')
    if (call.command === 'card' || call.text.startsWith('card')) return cardReply(wordsIn(call), { audience })
    if (call.command === 'huge') return said('x'.repeat(5_000), { audience })
    if (call.command === 'nothing') return { ...refusal(['There is no such thing.']), audience }
    return said(`${call.command}: ${call.text}`, { audience })
  }
  return { answer, calls }
}

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

/** Waits until something holds, for at most two seconds. */
export async function until(holds: () => boolean, most = 2_000): Promise<void> {
  const end = Date.now() + most
  while (!holds()) {
    if (Date.now() > end) throw new Error(`until: still not so after ${most} ms: ${holds}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
