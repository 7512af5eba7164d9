import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { discordProblem, slackProblem, teamsProblem } from '../webhook/strict-bodies.ts'

/** A message that a webhook made: `id` is known to Discord's callers alone. */
export type HookMessage = {
  service: Service
  hook: string
  id: string
  body: Json
  edits: number
  text: string
}

/** How a request fails; `cut` ends the connection before or after the request was handled. */
export type HookFailure =
  | { status: number; body?: string; headers?: Record<string, string> }
  | { cut: 'before' | 'after' }

type Service = 'discord' | 'slack' | 'teams'
// biome-ignore lint/suspicious/noExplicitAny: the JSON of three services, read by tests
type Json = any
type Answer = { status: number; body: string }

const TOKEN = 'secret-token_of-the-hook'

/**
 * Starts a server for the webhooks of Discord, Slack and Teams on one port of 127.0.0.1. It is strict: a body that the
 * real service would refuse is refused, and kept in `refused`.
 */
export async function startWebhooks() {
  const messages: HookMessage[] = []
  const requests: { method: string; path: string; body: Json }[] = []
  const refused: string[] = []
  const failures: HookFailure[] = []
  const removed = new Set<string>()
  let count = 0
  let onRequest = (_: Service) => {}

  const store = (service: Service, hook: string, body: Json): HookMessage => {
    const id = String(1_400_000_000_000_000_000n + BigInt(++count))
    const message = { service, hook, id, body, edits: 0, text: JSON.stringify(body) }
    messages.push(message)
    return message
  }
  const refuse = (status: number, body: string, why: string): Answer => {
    refused.push(why)
    return { status, body }
  }

  function discord(method: string, url: URL, body: Json): Answer {
    const [, hook = '', token = '', id] =
      /^\/api\/webhooks\/(\d+)\/([\w-]+)(?:\/messages\/(\d+))?$/.exec(url.pathname) ?? []
    if (removed.has(hook)) return { status: 404, body: '{"message": "Unknown Webhook", "code": 10015}' }
    if (token !== TOKEN) return { status: 401, body: '{"message": "Invalid Webhook Token", "code": 50027}' }
    if (method === 'GET') return { status: 200, body: JSON.stringify({ id: hook, name: 'nutgraf' }) }
    const problem = discordProblem(body, { isEdit: method === 'PATCH' })
    if (problem !== undefined) return refuse(400, '{"message": "Invalid Form Body", "code": 50035}', problem)
    if (method === 'POST') {
      if (url.searchParams.get('wait') !== 'true') return { status: 204, body: '' }
      return { status: 200, body: JSON.stringify({ ...body, id: store('discord', hook, body).id }) }
    }
    const message = messages.find(known => known.id === id && known.hook === hook)
    if (!message) return { status: 404, body: '{"message": "Unknown Message", "code": 10008}' }
    message.body = { ...message.body, ...body }
    message.text = JSON.stringify(message.body)
    message.edits++
    return { status: 200, body: JSON.stringify({ ...message.body, id }) }
  }

  function slack(url: URL, body: Json): Answer {
    const hook = /^\/services\/T1\/(B\w+)\/\w+$/.exec(url.pathname)?.[1] ?? ''
    if (hook === '' || removed.has(hook)) return { status: 404, body: 'no_service' }
    const problem = slackProblem(body)
    if (problem !== undefined) return refuse(400, 'invalid_payload', problem)
    store('slack', hook, body)
    return { status: 200, body: 'ok' }
  }

  function teams(url: URL, body: Json): Answer {
    const hook = /^\/workflows\/(\w+)\/triggers\/manual\/paths\/invoke$/.exec(url.pathname)?.[1] ?? ''
    if (url.searchParams.get('sig') !== TOKEN)
      return { status: 401, body: '{"error": {"code": "DirectApiAuthorizationRequired"}}' }
    if (hook === '' || removed.has(hook))
      return { status: 404, body: '{"error": {"code": "WorkflowTriggerNotFound"}}' }
    const problem = teamsProblem(body)
    if (problem !== undefined)
      return refuse(400, '{"error": {"code": "TriggerInputSchemaMismatch"}}', problem)
    store('teams', hook, body)
    return { status: 202, body: '' }
  }

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://127.0.0.1')
    const raw = await text(req)
    const body: Json = raw === '' ? undefined : JSON.parse(raw)
    const { method = '' } = req
    const service = serviceOf(url.pathname)
    onRequest(service)
    requests.push({ method, path: url.pathname + url.search, body })
    const failure = failures.shift()
    if (failure && 'status' in failure) {
      res.writeHead(failure.status, failure.headers).end(failure.body)
      return
    }
    if (failure && failure.cut === 'before') return void req.socket.destroy()
    if (method !== 'GET' && req.headers['content-type'] !== 'application/json') {
      res.writeHead(415).end()
      return
    }
    const answer =
      service === 'discord'
        ? discord(method, url, body)
        : service === 'slack'
          ? slack(url, body)
          : teams(url, body)
    if (failure) return void req.socket.destroy()
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  }

  const server = createServer((req, res) => void handle(req, res).catch(() => res.writeHead(500).end()))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    messages,
    requests,
    /** Why bodies were refused; a test that posts only good ones expects none. */
    refused,
    /** The address of a webhook; `number` tells those of one service apart. */
    addressOf: (service: Service, number: number | string = 1): string =>
      ({
        discord: `${origin}/api/webhooks/9${number}/${TOKEN}`,
        slack: `${origin}/services/T1/B${number}/${TOKEN.replaceAll('-', '')}`,
        teams: `${origin}/workflows/w${number}/triggers/manual/paths/invoke?api-version=1&sig=${TOKEN}`,
      })[service],
    /** What nothing may print: the secret in all addresses. */
    secrets: [TOKEN, TOKEN.replaceAll('-', '')],
    failNext: (...next: HookFailure[]) => void failures.push(...next),
    /** Deletes a webhook, as a person does: `91`, `B1` or `w1`. */
    remove: (hook: string) => void removed.add(hook),
    onRequest(listener: (service: Service) => void) {
      onRequest = listener
    },
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const serviceOf = (path: string): Service =>
  path.startsWith('/api/') ? 'discord' : path.startsWith('/services/') ? 'slack' : 'teams'

/** A running server for webhooks. */
export type LoopbackWebhooks = Awaited<ReturnType<typeof startWebhooks>>
