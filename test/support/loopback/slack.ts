import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type WebSocket, WebSocketServer } from 'ws'
import { controlProblem } from '../slack/controls.ts'
import { createFiles } from '../slack/files.ts'
import { grantedScopes } from '../slack/granted-scopes.ts'
import { createWorkspace, type Json } from '../slack/loopback-workspace.ts'
import { METHOD_SCOPES, missingScope } from '../slack/method-scopes.ts'
import { eventBody, pressBody, shortcutBody, slashBody, submitBody } from '../slack/payloads.ts'
import { createPostLimit } from '../slack/post-limit.ts'
import { createPrivateMessages } from '../slack/private-messages.ts'
import type { StoredView } from '../slack/views.ts'

/** One call of the Web API, with its JSON arguments parsed. */
type WebCall = { method: string; token: string; args: Json }

/** How a call fails; `cut` ends the connection before or after the call was handled. */
export type InjectedFailure =
  | { error: string }
  | { status: number; retryAfter?: number }
  | { cut: 'before' | 'after' }
  | { hang: true }

/**
 * `grace` is how long, in milliseconds, the server keeps a connection open after its disconnect frame. Slack grants what
 * the manifest lists; with `optional: false` an administrator has left out the optional scopes.
 */
export type LoopbackOptions = { botToken?: string; appToken?: string; grace?: number; optional?: false }

/** Slack keeps at most this many connections of an app (docs.slack.dev/apis/events-api/using-socket-mode). */
const MAX_CONNECTIONS = 10
/** A response address can be used this often (docs.slack.dev/interactivity/handling-user-interaction). */
const MAX_RESPONSES = 5

const JSON_FIELDS = new Set(['blocks', 'metadata', 'view', 'include_all_metadata'])

/** Starts a loopback Slack: Web API, response addresses and Socket Mode on one port of 127.0.0.1. */
export async function startSlack(options: LoopbackOptions = {}) {
  const { botToken = 'xoxb-loopback', appToken = 'xapp-loopback', grace = 100 } = options
  const tokens = new Set([botToken, appToken])
  const calls: WebCall[] = []
  const responses: Json[] = []
  const failures = new Map<string, InjectedFailure[]>()
  const sockets = new Set<WebSocket>()
  /** The connections that have had their hello, and when: Slack sends only to those. */
  const ready = new Map<WebSocket, number>()
  const waiting = new Map<string, (payload: Json) => void>()
  /** The scopes of the token, which Slack lists with each answer. */
  const scopes = grantedScopes(options)
  const { handleMethod, ...workspace } = createWorkspace(scopes)
  const { handleFileMethod, receiveUpload, fileProblem, share, ...files } = createFiles(() => origin)
  const blockProblem = (blocks: Json[] | undefined, token: string) => {
    const problem = controlProblem(blocks)
    return problem ? { ok: false, error: 'invalid_blocks', errors: [problem] } : fileProblem(blocks, token)
  }
  /** A response address of its own for each thing that somebody does. */
  const responseUrl = () => `http://${origin}/response/${randomUUID()}`
  /** What one person sees that nobody else does. */
  const privately = createPrivateMessages(responseUrl)
  const isWithinLimit = createPostLimit(() => workspace.rules.postLimit)
  /** How often each response address was used. */
  const responseUses = new Map<string, number>()
  /** How long a new connection waits for its hello and will last, and how many connections other processes have. */
  const socketRules = { helloMs: 0, lastsMs: 18_060_000, others: 0 }
  let nextSocket = 0
  let accepted = 0
  let sendAwayCount = 0

  const server = createServer((req, res) => void serve(req, res).catch(() => res.destroy()))
  const link = new WebSocketServer({ server, path: '/link' })
  link.on('connection', (socket, { socket: wire }) => {
    accepted++
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      ready.delete(socket)
    })
    socket.on('error', () => {})
    // Over any connection: Slack does not say whether it takes an answer over another one, as its SDK for Python sends it.
    socket.on('message', data => {
      const { envelope_id, payload } = JSON.parse(String(data))
      waiting.get(envelope_id)?.(payload ?? {})
    })
    setTimeout(() => {
      const num_connections = sockets.size + socketRules.others
      const approximate_connection_time = socketRules.lastsMs / 1000
      wire.cork()
      socket.send(
        JSON.stringify({ type: 'hello', num_connections, debug_info: { approximate_connection_time } }),
      )
      if (num_connections > MAX_CONNECTIONS) sendAway(socket, 'too_many_websockets')
      else if (sendAwayCount-- > 0) sendAway(socket, 'warning')
      wire.uncork()
      ready.set(socket, performance.now())
    }, socketRules.helloMs)
  })
  const sendAway = (socket: WebSocket, reason: string) => {
    socket.send(JSON.stringify({ type: 'disconnect', reason }))
    setTimeout(() => socket.close(), grace)
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `127.0.0.1:${(server.address() as AddressInfo).port}`

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const raw = await buffer(req)
    const body = raw.toString('utf8')
    const [, kind, method = ''] = new URL(req.url ?? '/', `http://${origin}`).pathname.split('/')
    if (kind === 'response') {
      const message = JSON.parse(body)
      const failure = failures.get('response')?.shift()
      if (failure && 'cut' in failure) return void res.destroy()
      const uses = (responseUses.get(method) ?? 0) + 1
      responseUses.set(method, uses)
      const usedUp = uses > MAX_RESPONSES ? { ok: false, error: 'used_url' } : undefined
      const problem = failure ?? usedUp ?? blockProblem(message.blocks, botToken)
      if (problem) return void res.writeHead(404).end(JSON.stringify(problem))
      responses.push(message)
      privately.respond(`/response/${method}`, message)
      return void res.end('ok')
    }
    if (kind === 'upload') {
      const failure = failures.get('upload')?.shift()
      if (failure && 'hang' in failure) return
      const failed = failure && 'status' in failure ? failure.status : undefined
      const status = failed ?? (await receiveUpload(method, req.headers['content-type'] ?? '', raw))
      return void res.writeHead(status).end(status === 200 ? `OK - ${raw.length}` : 'no')
    }
    const form = Object.fromEntries(new URLSearchParams(body))
    const token = req.headers.authorization?.replace(/^Bearer /, '') ?? form.token ?? ''
    const args = Object.fromEntries(
      Object.entries(form)
        .filter(([name]) => name !== 'token')
        .map(([name, value]) => [name, JSON_FIELDS.has(name) ? JSON.parse(value) : value]),
    )
    calls.push({ method, token, args })
    const limited = isWithinLimit(method, args) ? undefined : { status: 429, retryAfter: 1 }
    const failure = failures.get(method)?.shift() ?? limited
    const answer = (value: object) =>
      void res
        .setHeader('content-type', 'application/json')
        .setHeader('x-oauth-scopes', [...scopes].join(','))
        .end(JSON.stringify(value))
    if (failure && 'hang' in failure) return
    if (failure && 'status' in failure) {
      if (failure.retryAfter !== undefined) res.setHeader('retry-after', String(failure.retryAfter))
      return void res.writeHead(failure.status).end('not today')
    }
    if (failure && 'error' in failure) return answer({ ok: false, error: failure.error })
    if (failure?.cut === 'before') return void res.destroy()
    const result = tokens.has(token) ? call(method, args, token) : { ok: false, error: 'invalid_auth' }
    if (failure?.cut === 'after') return void res.destroy()
    answer(result)
  }

  function call(method: string, args: Json, token: string): object {
    if (!Object.hasOwn(METHOD_SCOPES, method)) return { ok: false, error: 'unknown_method' }
    const needsAppToken = method === 'apps.connections.open'
    if (token.startsWith('xapp-') !== needsAppToken) return { ok: false, error: 'not_allowed_token_type' }
    if (needsAppToken) return { ok: true, url: `ws://${origin}/link?ticket=${randomUUID()}` }
    const refused =
      missingScope(method, workspace.kindOf(args.channel), scopes) ?? blockProblem(args.blocks, token)
    const result = refused ?? handleFileMethod(method, args, token) ?? handleMethod(method, args)
    const { ok, channel } = result as { ok: boolean; channel?: string }
    if (ok && channel !== undefined && method.startsWith('chat.')) share({ channel, blocks: args.blocks })
    return result
  }

  /** Sends an envelope over one of the open connections, in turn, and resolves with the acknowledgement's payload. */
  function deliver(type: string, payload: object): Promise<Json> {
    const open = [...ready.keys()].filter(socket => socket.readyState === socket.OPEN)
    const socket = open[nextSocket++ % open.length]
    const envelope_id = randomUUID()
    return new Promise((resolve, reject) => {
      if (!socket) return reject(new Error('loopback: no connection is open'))
      const timer = setTimeout(() => reject(new Error('loopback: operation_timeout')), 3_000)
      waiting.set(envelope_id, answer => {
        clearTimeout(timer)
        waiting.delete(envelope_id)
        resolve(answer)
      })
      socket.send(
        JSON.stringify({ envelope_id, type, accepts_response_payload: type !== 'events_api', payload }),
      )
    })
  }

  function withTrigger<T extends { trigger_id: string }>(body: T): T {
    workspace.views.triggers.set(body.trigger_id, Date.now())
    return body
  }

  return {
    apiUrl: `http://${origin}/api/`,
    botToken,
    appToken,
    tokens,
    calls,
    responses,
    ...workspace,
    scopes,
    socketRules,
    files,
    privately,
    deliver,
    /** How many Socket Mode connections are open now, and how many there ever were. */
    connections: () => sockets.size,
    accepted: () => accepted,
    callsTo: (method: string) => calls.filter(call => call.method === method),
    /** Makes the next calls of a method fail, each with one failure. `upload` is the address for files. */
    failNext: (method: string, ...next: InjectedFailure[]) =>
      void failures.set(method, [...(failures.get(method) ?? []), ...next]),
    /** Bodies as Slack sends them, to be delivered over a socket or posted with `postSignedRequest`. */
    slash: (line: string, fields: object = {}) => ({
      ...slashBody(line),
      response_url: responseUrl(),
      ...fields,
    }),
    event: eventBody,
    press: (value: string, fields: object = {}) => ({
      ...pressBody(value),
      response_url: responseUrl(),
      ...fields,
    }),
    command: (line: string, fields: object = {}) =>
      deliver('slash_commands', withTrigger({ ...slashBody(line), response_url: responseUrl(), ...fields })),
    shortcut: (text: string, fields: object = {}) =>
      withTrigger({ ...shortcutBody(text), response_url: responseUrl(), ...fields }),
    /** The body of a submitted modal, with its own values except for the fields that are filled in. */
    submit: (view: StoredView, filled: Json = {}, fields: object = {}) =>
      withTrigger({ ...submitBody(view, filled), ...fields }),
    /** Registers the trigger of a body, with which a modal can be opened for 3 s. */
    withTrigger,
    /** Asks every connection to reconnect, as Slack does every few hours, and closes them after the grace. */
    refresh(reason = 'refresh_requested') {
      for (const socket of sockets) sendAway(socket, reason)
    },
    /** Asks the connections to reconnect that are older than this, in milliseconds. */
    refreshOlderThan(ms: number) {
      for (const [socket, since] of ready) if (performance.now() - since > ms) sendAway(socket, 'warning')
    },
    /** Sends a frame as it is over every connection. */
    sendRaw: (frame: string) => ready.forEach((_, socket) => void socket.send(frame)),
    /** Sends the next connections away together with their hello. */
    sendAwayNext: (count: number) => {
      sendAwayCount = count
    },
    /** Closes the oldest connection, right after whatever was sent over it. */
    closeOldest: () => [...sockets][0]?.close(),
    /** Ends every connection without a word, as a broken network does. */
    dropSockets: () => sockets.forEach(socket => void socket.terminate()),
    async close() {
      for (const socket of sockets) socket.terminate()
      link.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** A running loopback Slack. */
export type Loopback = Awaited<ReturnType<typeof startSlack>>
