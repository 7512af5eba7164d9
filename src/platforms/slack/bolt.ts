import type { ServerResponse } from 'node:http'
import type { App, Logger, Receiver } from '@slack/bolt'
// Not from @slack/bolt itself, which loads Express and a hundred files more that nothing here needs: 4 MB.
import appModule from '@slack/bolt/dist/App.js'
import httpReceiverModule from '@slack/bolt/dist/receivers/HTTPReceiver.js'
import socketReceiverModule from '@slack/bolt/dist/receivers/SocketModeReceiver.js'
import { WebClient } from '@slack/web-api'
import type { Log } from '../../chat/platform.ts'
import type { Installation } from './installations.ts'
import type { SocketConnection } from './sockets/live-connection.ts'

const { default: BoltApp, LogLevel } = appModule
const { default: HTTPReceiver } = httpReceiverModule
const { default: SocketModeReceiver } = socketReceiverModule

const REQUEST_TIMEOUT_MS = 10_000

/** What Slack's SDK offers, with our options: no retries, a timeout, our log. */
export type Bolt = ReturnType<typeof createBolt>
export type { App, WebClient }

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
      return new WebClient(token, { ...clientOptions(), fetch: signal && abortableFetch })
    },

    /** Makes the receiver of requests. An event names the request that it came in, and what nobody handles is our affair. */
    httpReceiver: (signingSecret: string) =>
      new HTTPReceiver({
        signingSecret,
        logger,
        customPropertiesExtractor: request => ({ request }),
        unhandledRequestHandler: ({ response }) => refuseUnhandled(response),
      }),

    /** Makes one connection of Socket Mode, which does not reconnect by itself. */
    socketConnection(appToken: string) {
      const receiver = new SocketModeReceiver({
        appToken,
        autoReconnectEnabled: false,
        logger,
        // Shorter than the wait for hello, or a connection that we gave up could still open.
        installerOptions: { clientOptions: { ...clientOptions(), timeout: REQUEST_TIMEOUT_MS / 2 } },
      })
      return withoutAnswersInLog(receiver) as unknown as SocketConnection<App>
    },

    /** Makes the app that events are registered on, with the token of the workspace that an event is from. */
    app: (receiver: Receiver, installation: (teamId?: string) => Promise<Installation>) =>
      new BoltApp({
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

/** Refuses a request that nothing of ours handles. */
export const refuseUnhandled = (response: ServerResponse | undefined) => {
  if (response && !response.headersSent) response.writeHead(404).end()
}

/**
 * Spares Bolt the two debug lines that it makes of each answer, logged or not: they take as long as half of a command. Only
 * their text is another; what is sent has the answer's own fields.
 */
function withoutAnswersInLog<Socket extends Receiver>(receiver: Socket): Socket {
  const init = receiver.init.bind(receiver)
  receiver.init = app => {
    const processEvent: App['processEvent'] = event =>
      app.processEvent({ ...event, ack: answer => event.ack(unlogged(answer)) })
    init({ processEvent } as App)
  }
  return receiver
}

const UNLOGGED = { toJSON: () => 'an answer' }

const unlogged = <Answer>(answer: Answer): Answer =>
  typeof answer === 'object' && answer !== null ? Object.assign(Object.create(UNLOGGED), answer) : answer

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
