import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { createGateway } from '../discord/loopback-gateway.ts'
import { createDiscordServer as discordServer, type Upload } from '../discord/loopback-server.ts'
import {
  APP,
  commandBody,
  type Json,
  messageBody,
  type OptionValues,
  pickedBody,
  pressBody,
  submitBody,
  TOKEN,
  typingBody,
} from '../discord/payloads.ts'

/** One request to the HTTP API; in `route`, ids are `:id` and tokens `:token`. */
type RestCall = {
  route: string
  path: string
  body: Json
  files: Upload[]
  authorization: string | undefined
}

/** How a request is made to fail; `cut` ends the connection before or after its work was done. */
export type InjectedFailure =
  | { status: number; code?: number; retryAfter?: number }
  | { cut: 'before' | 'after' }
  | { hang: true }

/** `guilds`: names of the servers that the bot is on. `heartbeat`: what the gateway asks for, in milliseconds. */
export type LoopbackOptions = { guilds?: string[]; heartbeat?: number }

/** Starts a loopback Discord: HTTP API and gateway on one port of 127.0.0.1. */
export async function startDiscord(options: LoopbackOptions = {}) {
  const { guilds = ['Loopback'], heartbeat = 40_000 } = options
  const tokens = new Set([TOKEN])
  const calls: RestCall[] = []
  const failures = new Map<string, InjectedFailure[]>()
  const { handleRequest: work, pendingInteractions: expecting, ...state } = discordServer()

  const http = createServer((req, res) => void serve(req, res).catch(() => res.destroy()))
  const sockets = new WebSocketServer({ server: http, path: '/gw' })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const origin = `127.0.0.1:${(http.address() as AddressInfo).port}`
  const { deliver, ...link } = createGateway(sockets, { url: `ws://${origin}/gw`, tokens, guilds, heartbeat })

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? '/', `http://${origin}`)
    const path = decodeURIComponent(pathname.replace(/^\/api\/v\d+/, ''))
    const route = `${req.method} ${path.replace(/\/\d{17,19}/g, '/:id').replace(/\/interaction-\d+/, '/:token')}`
    const { authorization } = req.headers
    const { body, files } = await readBody(req)
    calls.push({ route, path, body, files, authorization })
    const failure = failures.get(route)?.shift()
    const send = (status: number, answer?: object) => {
      // A 204 with a content type would be read as JSON, which nothing is.
      if (answer === undefined) return void res.writeHead(status).end()
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    }
    if (failure && 'hang' in failure) return
    if (failure && 'status' in failure) return fail(failure)
    if (failure?.cut === 'before') return void res.destroy()
    // Interactions carry a token of their own.
    const allowed =
      /^\/(interactions|webhooks)\//.test(path) || tokens.has(authorization?.replace(/^Bot /, '') ?? '')
    const answer = allowed
      ? routed(req.method ?? 'GET', path, searchParams, body, files)
      : { status: 401, body: { code: 0, message: '401: Unauthorized' } }
    if (failure?.cut === 'after') return void res.destroy()
    send(answer.status, answer.body)

    function fail({ status, code = 0, retryAfter }: { status: number; code?: number; retryAfter?: number }) {
      if (retryAfter !== undefined)
        res.setHeader('retry-after', String(retryAfter)).setHeader('x-ratelimit-scope', 'user')
      const limited = retryAfter === undefined ? {} : { retry_after: retryAfter, global: false }
      send(status, { code, message: `loopback: ${status}`, ...limited })
    }
  }

  const routed = (method: string, path: string, query: URLSearchParams, body: Json, files: Upload[]) =>
    path === '/gateway/bot'
      ? {
          status: 200,
          body: {
            url: `ws://${origin}/gw`,
            shards: 1,
            session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
          },
        }
      : work(method, path, query, body, files)

  /** Sends an interaction and resolves with its first response, or rejects after 3 s, as Discord gives up then. */
  function interact(interaction: Json): Promise<Json> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        expecting.delete(interaction.id)
        reject(new Error('loopback: the application did not respond'))
      }, 3_000)
      expecting.set(interaction.id, response => {
        clearTimeout(timer)
        resolve(response)
      })
      deliver('INTERACTION_CREATE', interaction)
    })
  }

  return {
    apiUrl: `http://${origin}/api`,
    token: TOKEN,
    appId: APP,
    tokens,
    calls,
    ...state,
    ...link,
    deliver,
    interact,
    callsTo: (route: string) => calls.filter(call => call.route === route),
    /** Makes the next requests of a route (`POST /channels/:id/messages`) fail, one failure a request. */
    failNext: (route: string, ...next: InjectedFailure[]) =>
      void failures.set(route, [...(failures.get(route) ?? []), ...next]),
    /** Picks a command, `/lawsuit summary`, with the values of its options. */
    command: (path: string, values: OptionValues = {}, fields: object = {}) =>
      interact(commandBody(path, values, fields)),
    autocomplete: (path: string, values: OptionValues, focused: string, fields: object = {}) =>
      interact(typingBody(path, values, focused, fields)),
    /** Picks a command in the menu of a message. */
    pick: (name: string, message: Json, fields: object = {}) => interact(pickedBody(name, message, fields)),
    /** Submits a modal as it stands, with some of its fields filled in otherwise. */
    submit: (modal: Json, filled: Json = {}, fields: object = {}) =>
      interact(submitBody(modal, filled, fields)),
    press: (customId: string, fields: object = {}) => interact(pressBody(customId, fields)),
    /** An interaction that Discord has given up on by the time it is answered. */
    sendExpired: (path: string) => deliver('INTERACTION_CREATE', commandBody(path)),
    /** Somebody writes a message. */
    say(content: string, fields: object = {}): Json {
      const message = messageBody(content, fields)
      state.storeMessage(message)
      deliver('MESSAGE_CREATE', message)
      return message
    },
    async close() {
      link.dropSockets()
      sockets.close()
      http.closeAllConnections()
      await new Promise(resolve => http.close(resolve))
    },
  }
}

/** A loopback Discord that runs. */
export type Loopback = Awaited<ReturnType<typeof startDiscord>>

/** The body of a request; beside files it is one field of a form. */
async function readBody(req: IncomingMessage): Promise<{ body: Json; files: Upload[] }> {
  const pieces: Buffer[] = []
  for await (const piece of req) pieces.push(piece)
  const raw = Buffer.concat(pieces)
  const type = req.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data'))
    return { body: raw.length === 0 ? {} : JSON.parse(raw.toString('utf8')), files: [] }
  const form = await new Response(raw, { headers: { 'content-type': type } }).formData()
  const files: Upload[] = []
  for (const [name, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1]
    if (index === undefined || typeof value === 'string') continue
    const bytes = Buffer.from(await value.arrayBuffer())
    files.push({ index: Number(index), name: value.name, type: value.type, bytes })
  }
  return { body: JSON.parse(String(form.get('payload_json') ?? '{}')), files }
}
