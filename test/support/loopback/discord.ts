import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { WebSocketServer } from 'ws'
import type { ApiResponse } from '../discord/api-response.ts'
import { pressedData } from '../discord/components.ts'
import { createGateway } from '../discord/loopback-gateway.ts'
import { createDiscordServer, type Upload } from '../discord/loopback-server.ts'
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
  withoutForeignContent,
} from '../discord/payloads.ts'
import { createPostLimits } from '../discord/post-limits.ts'

/** One request to the HTTP API. In `route`, ids are `:id` and tokens `:token`. */
type RestCall = {
  route: string
  path: string
  body: Json
  files: Upload[]
  authorization: string | undefined
}

/** How a request fails; `cut` ends the connection before or after the request was handled. */
export type InjectedFailure =
  | { status: number; code?: number; retryAfter?: number }
  | { cut: 'before' | 'after' }
  | { hang: true }

/**
 * `guilds` are the names of the bot's servers; `heartbeat` is the gateway's interval in milliseconds, and
 * `identifyWindow` the milliseconds in which it accepts one identify. With `postLimit` a channel takes so many posts in
 * `postWindow` milliseconds.
 */
export type LoopbackOptions = {
  guilds?: string[]
  heartbeat?: number
  identifyWindow?: number
  postLimit?: number
  postWindow?: number
}

/** Starts a loopback Discord: HTTP API and gateway on one port of 127.0.0.1. */
export async function startDiscord(options: LoopbackOptions = {}) {
  const { guilds = ['Loopback'], heartbeat = 40_000, identifyWindow = 5_000 } = options
  const limits = createPostLimits(options)
  const tokens = new Set([TOKEN])
  const calls: RestCall[] = []
  const failures = new Map<string, InjectedFailure[]>()
  const { handleRequest, pendingInteractions, pressedIn, ...state } = createDiscordServer()

  const http = createServer((req, res) => void serve(req, res).catch(() => res.destroy()))
  const sockets = new WebSocketServer({ server: http, path: '/gw' })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const origin = `127.0.0.1:${(http.address() as AddressInfo).port}`
  const { deliver, ...gateway } = createGateway(sockets, {
    url: `ws://${origin}/gw`,
    tokens,
    guilds,
    heartbeat,
    identifyWindow,
  })

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? '/', `http://${origin}`)
    const path = decodeURIComponent(pathname.replace(/^\/api\/v\d+/, ''))
    const route = `${req.method} ${path.replace(/\/\d{17,19}/g, '/:id').replace(/\/interaction-\d+/, '/:token')}`
    const { authorization } = req.headers
    const { body, files } = await readBody(req)
    calls.push({ route, path, body, files, authorization })
    const failure = failures.get(route)?.shift()
    const send = (status: number, answer?: object) => {
      // A client would read a 204 with a content type as JSON, which an empty body is not.
      if (answer === undefined) return void res.writeHead(status).end()
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    }
    if (failure && 'hang' in failure) return
    if (failure && 'status' in failure) return fail(failure)
    if (failure?.cut === 'before') return void res.destroy()
    // Interactions have a token of their own.
    const isAllowed =
      /^\/(interactions|webhooks)\//.test(path) || tokens.has(authorization?.replace(/^Bot /, '') ?? '')
    const limited = limits.check(route, path)
    for (const [name, value] of Object.entries(limits.headers(route, path))) res.setHeader(name, value)
    const answer: ApiResponse = isAllowed
      ? (limited ?? routeRequest(req.method ?? 'GET', path, searchParams, body, files))
      : { status: 401, body: { code: 0, message: '401: Unauthorized' } }
    if (failure?.cut === 'after') return void res.destroy()
    if (answer.retryAfter !== undefined) res.setHeader('retry-after', String(answer.retryAfter))
    send(answer.status, answer.body)

    function fail({ status, code = 0, retryAfter }: { status: number; code?: number; retryAfter?: number }) {
      if (retryAfter !== undefined)
        res.setHeader('retry-after', String(retryAfter)).setHeader('x-ratelimit-scope', 'user')
      const limited = retryAfter === undefined ? {} : { retry_after: retryAfter, global: false }
      send(status, { code, message: `loopback: ${status}`, ...limited })
    }
  }

  const routeRequest = (
    method: string,
    path: string,
    query: URLSearchParams,
    body: Json,
    files: Upload[],
  ): ApiResponse =>
    path === '/gateway/bot'
      ? {
          status: 200,
          body: {
            url: `ws://${origin}/gw`,
            shards: 1,
            session_start_limit: {
              total: 1000,
              remaining: Math.max(0, 1000 - gateway.counts.identified),
              reset_after: 14_400_000,
              max_concurrency: 1,
            },
          },
        }
      : handleRequest(method, path, query, body, files)

  /** Sends an interaction and resolves with its first response, or rejects after 3 s, as Discord gives up then. */
  function interact(interaction: Json): Promise<Json> {
    const response = expectResponse(interaction)
    deliver('INTERACTION_CREATE', interaction)
    return response
  }

  /** The same, but undefined where no client is connected any more: nothing was sent then. */
  function tryInteract(interaction: Json): Promise<Json> | undefined {
    const response = expectResponse(interaction)
    if (deliver('INTERACTION_CREATE', interaction)) return response
    response.catch(() => {})
    return undefined
  }

  function expectResponse({ id }: Json): Promise<Json> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        pendingInteractions.delete(id)
        reject(new Error('loopback: the application did not respond'))
      }, 3_000)
      pendingInteractions.set(id, response => {
        clearTimeout(timer)
        resolve(response)
      })
    })
  }

  return {
    apiUrl: `http://${origin}/api`,
    token: TOKEN,
    appId: APP,
    tokens,
    calls,
    ...state,
    ...gateway,
    deliver,
    interact,
    tryInteract,
    callsTo: (route: string) => calls.filter(call => call.route === route),
    /** Makes the next requests of a route (`POST /channels/:id/messages`) fail, each with one failure. */
    failNext: (route: string, ...next: InjectedFailure[]) =>
      void failures.set(route, [...(failures.get(route) ?? []), ...next]),
    /** Picks a command, `/lawsuit summary`, with the values of its options. */
    command: (path: string, values: OptionValues = {}, fields: object = {}) =>
      interact(commandBody(path, values, fields)),
    autocomplete: (path: string, values: OptionValues, focused: string, fields: object = {}) =>
      interact(typingBody(path, values, focused, fields)),
    /** Picks a command in the menu of a message. */
    pick: (name: string, message: Json, fields: object = {}) => interact(pickedBody(name, message, fields)),
    /** Submits a modal with its own values, except for the fields that are filled in. */
    submit: (modal: Json, filled: Json = {}, fields: object = {}) =>
      interact(submitBody(modal, filled, fields)),
    /** Lets the interaction with this id, perhaps a press in a message, be answered. Returns the id. */
    expectResponse(id: string, message?: Json): string {
      pendingInteractions.set(id, () => {})
      if (message) pressedIn.set(id, message)
      return id
    },
    press: (customId: string, fields: object = {}) => interact(pressBody(customId, fields)),
    /** Presses a button or picks an option, by its label, below a message that was shown. */
    pressIn(message: Json, label: string, fields: object = {}): Promise<Json> {
      const body = pressBody('', { message, data: pressedData(message.components, label), ...fields })
      pressedIn.set(body.id, message)
      return interact(body)
    },
    /** Sends a command that Discord has given up on before it is answered. */
    sendExpired: (path: string) => deliver('INTERACTION_CREATE', commandBody(path)),
    /** Sends a message that somebody wrote. */
    say(content: string, fields: object = {}): Json {
      const message = messageBody(content, fields)
      state.storeMessage(message)
      deliver('MESSAGE_CREATE', withoutForeignContent(message))
      return message
    },
    async close() {
      gateway.dropSockets()
      sockets.close()
      http.closeAllConnections()
      await new Promise(resolve => http.close(resolve))
    },
  }
}

/** A running loopback Discord. */
export type Loopback = Awaited<ReturnType<typeof startDiscord>>

/** Reads the body of a request. With files, the body is a form, and its JSON is one field. */
async function readBody(req: IncomingMessage): Promise<{ body: Json; files: Upload[] }> {
  const raw = await buffer(req)
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
