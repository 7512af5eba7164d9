import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  App,
  HTTPReceiver,
  type Logger,
  LogLevel,
  type Receiver,
  SocketModeReceiver,
  webApi,
} from '@slack/bolt'
import type { Log } from '../../chat/platform.ts'
import type { Installation } from './installations.ts'
import type { SocketConnection } from './socket.ts'

const REQUEST_TIMEOUT_MS = 10_000
/** Slack asks to refuse requests that are more than five minutes old; we refuse those from the future too. */
const MAX_CLOCK_SKEW_S = 300

/** What Slack's SDK offers, with our options: no retries, a timeout, our log. */
export type Bolt = ReturnType<typeof createBolt>
export type WebClient = webApi.WebClient
export type { App }

/** Configures Slack's SDK. `isStarting` is true until the platform has started: the start itself reports its errors. */
export function createBolt({
  apiUrl,
  log,
  isStarting,
}: {
  apiUrl?: string
  log: Log
  isStarting(): boolean
}) {
  const logger = boltLogger(log, isStarting)
  // A fresh object for each use: Bolt and the socket client write into the options they get.
  const clientOptions = () => ({
    slackApiUrl: apiUrl?.replace(/\/*$/, '/'),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
    allowAbsoluteUrls: false,
    logger,
  })

  return {
    /** Makes a client of the Web API; its requests end when `signal` aborts. */
    webClient(token: string, signal?: AbortSignal): WebClient {
      const abortableFetch = (url: string | URL | Request, init?: RequestInit) =>
        fetch(url, {
          ...init,
          signal: AbortSignal.any([init?.signal, signal].filter(each => each != null)),
        })
      return new webApi.WebClient(token, { ...clientOptions(), fetch: signal && abortableFetch })
    },

    httpReceiver: (signingSecret: string) => new HTTPReceiver({ signingSecret, logger }),

    /** Makes one connection of Socket Mode, which does not reconnect by itself. */
    socketConnection: (appToken: string) =>
      new SocketModeReceiver({
        appToken,
        autoReconnectEnabled: false,
        logger,
        // Shorter than the wait for hello, or a connection that we gave up could still open.
        installerOptions: { clientOptions: { ...clientOptions(), timeout: REQUEST_TIMEOUT_MS / 2 } },
      }) as unknown as SocketConnection<App>,

    /** Makes the app that events are registered on, with the token of the workspace that an event is from. */
    app: (receiver: Receiver, installation: (teamId?: string) => Promise<Installation>) =>
      new App({
        receiver,
        authorize: async ({ teamId }) => {
          const { token, botId, botUserId } = await installation(teamId)
          return { botToken: token, botId, botUserId }
        },
        // respond() has no timeout of its own.
        clientOptions: {
          ...clientOptions(),
          fetch: (url, init) =>
            fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(REQUEST_TIMEOUT_MS) }),
        },
        convoStore: false,
        logger,
      }),
  }
}

/** Guards Bolt's request listener with a check that it lacks: it accepts a signature from any point in the future. */
export function guardRequests(receiver: HTTPReceiver, isReady: () => boolean, log: Log) {
  return (req: IncomingMessage, res: ServerResponse) => {
    const refuse = (status: number) => void res.writeHead(status).end()
    if (!isReady()) return refuse(503)
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

/** Sends Bolt's log lines to our log, one level down: what matters is logged by us. */
function boltLogger(log: Log, isStarting: () => boolean): Logger {
  // Bolt's debug lines hold whole payloads. Its errors may quote addresses, of which only the start is needed.
  const detailsOf = (parts: unknown[]) => ({
    bolt: parts.map(part => (part instanceof Error ? part.message : String(part))).join(' '),
  })
  return {
    debug() {},
    info: (...parts) => log.debug(detailsOf(parts), 'slack: bolt'),
    warn: (...parts) => log.debug(detailsOf(parts), 'slack: bolt warns'),
    // An error that keeps us from starting is reported by the start itself, in a sentence.
    error: (...parts) => log[isStarting() ? 'debug' : 'warn'](detailsOf(parts), 'slack: bolt failed'),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  }
}
