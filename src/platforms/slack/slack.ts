import type { IncomingMessage, ServerResponse } from 'node:http'
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt'
import type { Handlers, Log, Paint, Platform, PlatformState } from '../../chat/platform.ts'
import { createAccessCheck } from './access.ts'
import { deliveryError } from './errors.ts'
import { registerEvents } from './events.ts'
import type { Installation, Installations } from './installations.ts'
import { type CallWebApi, createMessages, splitPlace } from './messages.ts'
import { createPictures, type Upload } from './pictures.ts'
import { pace } from './rate-limit.ts'
import { createSocket, type SocketConnection, type SocketTiming } from './socket.ts'
import { noInstallation, socketFailure, tokenFailure } from './start-errors.ts'
import { createUserGroupCheck } from './user-groups.ts'
import { createUserLookup } from './users.ts'

/**
 * With `appToken` Slack is reached over Socket Mode, else it calls us over HTTP, signed with `signingSecret`. Without
 * `paint` words stand in the place of pictures.
 */
export type SlackOptions = {
  installations: Installations
  signingSecret?: string
  appToken?: string
  apiUrl?: string
  paint?: Paint
  log: Log
  timing?: Partial<SocketTiming & { ack: number }>
}

/** Slack as a platform; `requestListener` serves POST /slack/events where Slack calls us over HTTP. */
export type SlackPlatform = Platform & {
  requestListener?: (req: IncomingMessage, res: ServerResponse) => void
}

const REQUEST_TIMEOUT_MS = 10_000
const MAX_CLOCK_SKEW_S = 300

/** Makes the Slack platform; nothing is connected before `start`. */
export function createSlack(options: SlackOptions): SlackPlatform {
  const { installations, log, appToken, signingSecret } = options
  let state: PlatformState = { state: 'connecting' }
  let self: Installation | undefined
  let address: string | undefined
  const working = new Set<Promise<unknown>>()
  const stopping = new AbortController()
  const halt = new AbortController()
  const logger = boltLog(log, () => state.state === 'connecting')

  // A fresh object at each call: Bolt and the socket client write into what they are given.
  const clientOptions = () => ({
    ...(options.apiUrl !== undefined && { slackApiUrl: options.apiUrl.replace(/\/*$/, '/') }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
    allowAbsoluteUrls: false,
    logger,
  })

  const installation = async (teamId?: string): Promise<Installation> => {
    const found = await installations.get(teamId)
    if (!found) throw noInstallation()
    return found
  }

  // A client of its own for each call: it has neither a queue that others fill nor a pause that others caused.
  const clientFor = async (team: string, signal?: AbortSignal) => {
    const { token } = await installation(team)
    const abortable = (url: string | URL | Request, init?: RequestInit) =>
      fetch(url, { ...init, signal: AbortSignal.any([init?.signal, signal].filter(one => one != null)) })
    return new webApi.WebClient(token, { ...clientOptions(), ...(signal && { fetch: abortable }) })
  }

  const web: CallWebApi = async <Result>(
    team: string,
    method: string,
    args: Record<string, unknown>,
    signal?: AbortSignal,
  ) => (await (await clientFor(team, signal)).apiCall(method, args)) as Result

  const upload: Upload = async (team, { name, bytes }, signal) => {
    try {
      const client = await clientFor(team, AbortSignal.any([signal, halt.signal]))
      // Without a channel it is shared with nobody.
      const { files } = await client.filesUploadV2({ file: Buffer.from(bytes), filename: name })
      const id = files[0]?.files?.[0]?.id
      if (id === undefined) throw new Error('slack: an upload without an id')
      return id
    } catch (cause) {
      throw deliveryError(cause, 'files.uploadV2', team)
    }
  }

  const sendWithPicture = createPictures({ paint: options.paint, upload, stopping: stopping.signal, log })

  const lookUpCaller = createUserLookup(web)

  const report = (now: 'connected' | 'lost', detail?: string) => {
    if (state.state === 'stopped') return
    if (state.state !== now) log[now === 'lost' ? 'warn' : 'info']({ detail }, `slack: ${now}`)
    const { account } = state
    state = { state: now, ...(account !== undefined && { account }), ...(detail !== undefined && { detail }) }
  }

  const http =
    appToken === undefined ? new HTTPReceiver({ signingSecret: signingSecret ?? '', logger }) : undefined
  const sockets =
    appToken === undefined
      ? undefined
      : createSocket<App>({
          connect: () =>
            new SocketModeReceiver({
              appToken,
              autoReconnectEnabled: false,
              logger,
              // Shorter than the wait for hello, or a connection given up could still come to life.
              installerOptions: { clientOptions: { ...clientOptions(), timeout: REQUEST_TIMEOUT_MS / 2 } },
            }) as unknown as SocketConnection<App>,
          report,
          log,
          ...(options.timing && { timing: options.timing }),
        })

  async function start(handlers?: Handlers): Promise<void> {
    await identify()
    // Whoever only posts needs no connection that stays open.
    if (!handlers) return report('connected')
    const app = new App({
      receiver: sockets ?? http!,
      authorize: async ({ teamId }) => {
        const { token, botId, botUserId } = await installation(teamId)
        return { botToken: token, ...(botId && { botId }), ...(botUserId && { botUserId }) }
      },
      // respond() has no timeout of its own.
      clientOptions: {
        ...clientOptions(),
        fetch: (url, init) =>
          fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(REQUEST_TIMEOUT_MS) }),
      },
      convoStore: false,
      logger,
    })
    const ackMs = options.timing?.ack
    registerEvents(app, {
      ...{
        handlers,
        trackWork: during,
        sendWithPicture,
        web,
        about: lookUpCaller,
        workspaceUrl: () => address,
        log,
      },
      ...(ackMs !== undefined && { ackMs }),
    })
    if (sockets) await sockets.start().catch(cause => Promise.reject(socketFailure(cause)))
    else report('connected')
  }

  /** Asks Slack once who we are: with a bad token nothing would work, and it is better to hear that at the start. */
  async function identify(): Promise<void> {
    const found = await installations.get()
    if (!found) return
    const client = new webApi.WebClient(found.token, clientOptions())
    const me = await client.auth.test().catch(cause => Promise.reject(tokenFailure(cause)))
    self = {
      token: found.token,
      ...(me.bot_id && { botId: me.bot_id }),
      ...(me.user_id && { botUserId: me.user_id }),
      ...(me.team_id && { teamId: me.team_id }),
      ...(me.team && { teamName: me.team }),
    }
    address = me.url
    await installations.put(self)
    state = { ...state, account: `@${me.user ?? 'nutgraf'} in ${me.team ?? me.team_id ?? 'a workspace'}` }
  }

  /** Runs work that `stop` waits for. What fails is logged here, so that nothing is ever an unhandled rejection. */
  async function during(work: () => Promise<void>): Promise<void> {
    const running = work().catch(cause => log.error({ err: cause }, 'slack: an answer was not delivered'))
    working.add(running)
    await running
    working.delete(running)
  }

  return {
    name: 'slack',
    start,
    state: () => ({ ...state }),
    // Never fails, whatever a row of the ledger holds: one bad place must not stop all others.
    pace,
    ...createMessages(web, () => self?.botId, sendWithPicture),
    lookUpCaller,
    isInGroup: createUserGroupCheck(web, log),
    checkAccess: createAccessCheck(web),
    link({ place, id }) {
      const { team, channel } = splitPlace(place)
      if (address === undefined || team !== self?.teamId) return undefined
      return `${address.replace(/\/*$/, '')}/archives/${channel}/p${id.replace('.', '')}`
    },
    ...(http && { requestListener: guardRequests(http, () => state.state === 'connected', log) }),
    async stop() {
      const { account } = state
      state = { state: 'stopped', ...(account !== undefined && { account }) }
      stopping.abort()
      await Promise.allSettled([...working])
      halt.abort()
      await sockets?.stop()
    },
  }
}

/** Bolt's own listener behind a check that it lacks: it accepts a signature from any point in the future. */
function guardRequests(receiver: HTTPReceiver, ready: () => boolean, log: Log) {
  return (req: IncomingMessage, res: ServerResponse) => {
    const refuse = (status: number) => void res.writeHead(status).end()
    if (!ready()) return refuse(503)
    if (Number(req.headers['x-slack-request-timestamp'] ?? 0) > Date.now() / 1000 + MAX_CLOCK_SKEW_S) {
      log.warn({}, 'slack: a request from the future was refused; is this clock right?')
      return refuse(401)
    }
    try {
      receiver.requestListener(req, res)
    } catch {
      refuse(404)
    }
  }
}

function boltLog(log: Log, starting: () => boolean): Logger {
  // Bolt's debug lines hold whole payloads. Its errors may quote addresses, of which only the start is needed.
  const said = (parts: unknown[]) => ({
    bolt: parts.map(part => (part instanceof Error ? part.message : String(part))).join(' '),
  })
  return {
    debug() {},
    info: (...parts) => log.debug(said(parts), 'slack: bolt'),
    warn: (...parts) => log.debug(said(parts), 'slack: bolt warns'),
    // What keeps us from starting is told by the start itself, in a sentence.
    error: (...parts) => log[starting() ? 'debug' : 'warn'](said(parts), 'slack: bolt failed'),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  }
}
