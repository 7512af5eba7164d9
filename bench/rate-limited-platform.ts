import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * A platform that only accepts posts, in a process of its own, so that it is no bottleneck. With LIMITS=1 it keeps Discord's
 * and Slack's limits as sliding windows; with LATENCY_MS it answers after that time.
 */

/** Counts of posts, of channels with more than one, and of refused requests; the times of the first and the last post. */
export type PostCounts = { posts: number; doubled: number; limited: number; first: number; last: number }

/** At most `max` requests in any `inMs` milliseconds. */
type Limit = { max: number; inMs: number }
const DISCORD_BOT: Limit = { max: 50, inMs: 1_000 }
const DISCORD_CHANNEL: Limit = { max: 5, inMs: 5_000 }
const SLACK_CHANNEL: Limit = { max: 1, inMs: 1_000 }

const latency = Number(process.env.LATENCY_MS ?? 0)
const limits = process.env.LIMITS === '1'
const windows = new Map<string, number[]>()
const channels = new Map<string, number>()
const postCounts: PostCounts = { posts: 0, doubled: 0, limited: 0, first: 0, last: 0 }
let id = 0

/** Whether one more request fits into all these windows; it is counted only if it does. */
function fits(named: [string, Limit][], now: number): boolean {
  const used = named.map(([name, limit]) => {
    const times = windows.get(name) ?? []
    windows.set(name, times)
    while (times.length > 0 && times[0]! <= now - limit.inMs) times.shift()
    return { times, limit }
  })
  if (used.some(({ times, limit }) => times.length >= limit.max)) return false
  for (const { times } of used) times.push(now)
  return true
}

function countPost(channel: string, now: number) {
  const count = (channels.get(channel) ?? 0) + 1
  channels.set(channel, count)
  if (count === 2) postCounts.doubled++
  postCounts.posts++
  postCounts.first ||= now
  postCounts.last = now
}

const sendAnswer = (res: ServerResponse, status: number, body: object, headers = {}) =>
  setTimeout(
    () => res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body)),
    latency,
  )

const sendRateLimited = (res: ServerResponse, seconds: number) => {
  postCounts.limited++
  sendAnswer(
    res,
    429,
    { message: 'You are being rate limited.', retry_after: seconds, global: true },
    { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'global' },
  )
}

const server = createServer(async (req, res) => {
  const now = Date.now()
  const body = await text(req)
  const path = (req.url ?? '').replace(/\?.*/s, '')
  const channel = /\/channels\/(\d+)\/messages$/.exec(path)?.[1]
  if (req.method === 'POST' && channel !== undefined) {
    const windowsOfPost: [string, Limit][] = [
      ['bot', DISCORD_BOT],
      [channel, DISCORD_CHANNEL],
    ]
    if (limits && !fits(windowsOfPost, now)) return void sendRateLimited(res, 0.5)
    countPost(channel, now)
    return void sendAnswer(res, 200, { id: String(++id), channel_id: channel })
  }
  if (path.endsWith('/chat.postMessage')) {
    const to = new URLSearchParams(body).get('channel') ?? ''
    if (limits && !fits([[to, SLACK_CHANNEL]], now)) return void sendRateLimited(res, 1)
    countPost(to, now)
    return void sendAnswer(res, 200, { ok: true, channel: to, ts: `${++id}.000001` })
  }
  if (path === '/counts') return void res.end(JSON.stringify(postCounts))
  if (path.endsWith('/users/@me'))
    return void sendAnswer(res, 200, { id: '100000000000000001', username: 'nutgraf' })
  if (path.endsWith('/auth.test'))
    return void sendAnswer(res, 200, {
      ok: true,
      url: 'https://loopback.slack.com/',
      team: 'Loopback',
      team_id: 'T1',
      user: 'nutgraf',
      user_id: 'UBOT',
      bot_id: 'BBOT',
    })
  sendAnswer(res, 404, { message: 'loopback: unknown request' })
})

server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
)
