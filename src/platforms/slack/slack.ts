import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ButtonLines, Handlers, Log, MessageRef, Paint, Platform } from '../../chat/platform.ts'
import { createConnectionState } from '../connection-state.ts'
import { createWorkTracker } from '../work-tracker.ts'
import { createAccessCheck } from './access.ts'
import { type App, createBolt, refuseUnhandled } from './bolt.ts'
import { createLineSaver } from './controls/draw.ts'
import { registerEvents } from './events.ts'
import type { Installations } from './installations.ts'
import { guardRequests, trackEvents } from './intake.ts'
import { createMessages, splitPlace } from './messages.ts'
import { pace } from './pace.ts'
import { createUserGroupCheck } from './people/user-groups.ts'
import { createUserLookup } from './people/users.ts'
import { createPictures, type Upload } from './pictures/send.ts'
import { createSocket } from './sockets/socket.ts'
import type { SocketTiming } from './sockets/timing.ts'
import { socketFailure } from './start-errors.ts'
import { createWorkspace } from './workspace.ts'

/**
 * The settings of Slack. With `appToken` we connect over Socket Mode; otherwise Slack calls us over HTTP, signed with
 * `signingSecret`. Without `paint` pictures are sent as text; without `buttonLines` an option of a menu whose line is too
 * long for it says so. `commandPrefix` begins the
 * names of our commands, where another app has them. `ack` is how long a command may go without an answer.
 */
export type SlackOptions = {
  installations: Installations
  signingSecret?: string
  appToken?: string
  apiUrl?: string
  commandPrefix?: string
  buttonLines?: ButtonLines
  paint?: Paint
  log: Log
  timing?: Partial<SocketTiming & { ack: number }>
}

/** Slack as a platform. Where Slack calls us over HTTP, `requestListener` serves POST /slack/events. */
export type SlackPlatform = Platform & {
  requestListener?: (req: IncomingMessage, res: ServerResponse) => void
}

/** How long the web server, which stops at the same time, may still take in requests that were on their way. */
const LAST_REQUESTS_MS = 100

/** Creates the Slack platform. Nothing is connected before `start`. */
export function createSlack(options: SlackOptions): SlackPlatform {
  const { installations, apiUrl, appToken, log } = options
  const connection = createConnectionState('slack', log)
  const isIn = (state: string) => connection.current().state === state
  const bolt = createBolt({ apiUrl, log, isStarting: () => isIn('connecting') })
  const workspace = createWorkspace(bolt, installations)
  const web = workspace.callWebApi
  const work = createWorkTracker('slack', log)
  /** Aborts when we stop: no picture is waited for any more. */
  const stopping = new AbortController()
  /** Aborts when all work has ended: no upload goes on. */
  const stopped = new AbortController()
  const pictures = createPictures({
    paint: options.paint,
    upload: untilAborted(workspace.upload, stopped.signal),
    stopping: stopping.signal,
    log,
  })
  const lookUpCaller = createUserLookup(web, () => workspace.self()?.enterpriseId)
  const http = appToken === undefined ? bolt.httpReceiver(options.signingSecret ?? '') : undefined
  const sockets =
    appToken === undefined
      ? undefined
      : createSocket<App>({
          connect: () => bolt.socketConnection(appToken),
          report: connection.report,
          log,
          timing: options.timing,
        })

  /** The response to each request that is under way. */
  const responses = new WeakMap<IncomingMessage, ServerResponse>()
  let isListening = false

  async function connect(handlers?: Handlers): Promise<void> {
    await workspace.identify()
    // A process that only posts needs no connection that stays open.
    if (!handlers) return connection.report('connected')
    if (!isListening) listen(handlers)
    isListening = true
    if (sockets) await sockets.start().catch(cause => Promise.reject(socketFailure(cause)))
    else connection.report('connected')
  }

  function listen(handlers: Handlers) {
    const mayAck = () => !sockets?.hasHungUp()
    const receiver = trackEvents(sockets ?? http!, work.track, {
      mayAck,
      log,
      onUnhandled({ customProperties }) {
        const { request } = (customProperties ?? {}) as { request?: IncomingMessage }
        refuseUnhandled(request && responses.get(request))
      },
    })
    registerEvents(bolt.app(receiver, workspace.installation), {
      handlers,
      trackWork: work.track,
      pictures,
      web,
      lookUpCaller,
      workspaceUrl: workspace.url,
      commandPrefix: options.commandPrefix,
      buttonLines: options.buttonLines,
      mayAck,
      ownTeam: () => workspace.self()?.teamId,
      ackMs: options.timing?.ack,
      log,
    })
  }

  return {
    name: 'slack',
    async start(handlers) {
      try {
        await connect(handlers)
      } catch (cause) {
        connection.report('connecting', (cause as Error).message)
        throw cause
      }
    },
    state: () => ({ ...connection.current(), account: workspace.account() }),
    // Never throws, whatever place is in the ledger: one bad place must not stop all others.
    pace,
    ...createMessages(web, () => workspace.self()?.botId, pictures.send, {
      commandPrefix: options.commandPrefix,
      saveLines: createLineSaver(options.buttonLines, log),
    }),
    lookUpCaller,
    isInGroup: createUserGroupCheck(web, log),
    checkAccess: createAccessCheck(web),
    link: message => messageLink(message, workspace.url(), workspace.self()?.teamId),
    ...(http && {
      // While we stop, what still arrives is answered: only the server decides when nothing arrives any more.
      requestListener: guardRequests(http.requestListener, {
        isReady: () => !isIn('connecting'),
        responses,
        log,
      }),
    }),
    async stop() {
      connection.stop()
      stopping.abort()
      await (sockets?.stop() ?? sleep(LAST_REQUESTS_MS))
      await work.idle()
      stopped.abort()
    },
  }
}

/** Aborts the uploads of `upload` with `signal`, too. */
const untilAborted =
  (upload: Upload, signal: AbortSignal): Upload =>
  (team, file, ownSignal) =>
    upload(team, file, AbortSignal.any([ownSignal, signal]))

/**
 * The address of a message in a browser; undefined in a workspace whose address we do not know. A reply opens in its
 * thread only if the address names that.
 */
function messageLink({ place, id, under }: MessageRef, workspaceUrl: string | undefined, ownTeam?: string) {
  const { team, channel } = splitPlace(place)
  if (workspaceUrl === undefined || team !== ownTeam) return undefined
  const thread = under === undefined || under === id ? '' : `?thread_ts=${under}&cid=${channel}`
  return `${workspaceUrl.replace(/\/*$/, '')}/archives/${channel}/p${id.replace('.', '')}${thread}`
}
