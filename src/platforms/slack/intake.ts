import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Log } from '../../chat/platform.ts'
import type { WorkTracker } from '../work-tracker.ts'

/** An event as a receiver of Bolt's gives it to the app. */
type ReceivedEvent = { ack(response?: unknown): Promise<void>; customProperties?: object }
type App = { processEvent(event: ReceivedEvent): Promise<void> }
type Receiver = { init(app: App): void }

/** Slack asks to refuse requests that are more than five minutes old; we refuse those from the future too. */
const MAX_CLOCK_SKEW_S = 300
/** Requests that are refused for the same reason are logged once in this time. */
const QUIET_MS = 60_000
/** A body as short as this is no payload of Slack's: it is looked at before Bolt, which fails on one that is no object. */
const SHORT_BYTES = 64

/**
 * Makes a receiver of Bolt's track each event from its arrival to its end, so that a stop waits for all that has arrived,
 * also for an event that was acknowledged before its answer was made. `onUnhandled` gets an event that nothing of ours
 * has acknowledged: Bolt would let Slack wait for three seconds.
 */
export function trackEvents<Tracked extends Receiver>(
  receiver: Tracked,
  track: WorkTracker['track'],
  onUnhandled: (event: ReceivedEvent) => void = () => {},
): Tracked {
  const init = receiver.init.bind(receiver)
  receiver.init = app =>
    init({
      processEvent: async event => {
        let acked = false
        const ack = (response?: unknown) => {
          acked = true
          return event.ack(response)
        }
        await track(() => app.processEvent({ ...event, ack }))
        if (!acked) onUnhandled(event)
      },
    })
  return receiver
}

/**
 * Serves the requests of Slack with Bolt's listener, and checks what it does not: it accepts a signature from any point in
 * the future, and fails on a body that is no object. `responses` has the response to each request that is under way.
 */
export function guardRequests(
  listener: (req: IncomingMessage, res: ServerResponse) => void,
  options: { isReady(): boolean; responses: WeakMap<IncomingMessage, ServerResponse>; log: Log },
) {
  const { isReady, responses, log } = options
  let warnedAt = Number.NEGATIVE_INFINITY

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const refuse = (status: number) => void res.writeHead(status).end()
    if (!isReady()) return refuse(503)
    if (Number(req.headers['x-slack-request-timestamp'] ?? 0) > Date.now() / 1000 + MAX_CLOCK_SKEW_S) {
      if (performance.now() - warnedAt > QUIET_MS)
        log.warn({}, 'slack: a request from the future was refused; is this clock right?')
      warnedAt = performance.now()
      return refuse(401)
    }
    responses.set(req, res)
    try {
      if (Number(req.headers['content-length']) <= SHORT_BYTES) {
        const rawBody = await buffer(req)
        if (/null\s*$/.test(decodeURIComponent(rawBody.toString()))) return refuse(400)
        Object.assign(req, { rawBody })
      }
      listener(req, res)
    } catch {
      refuse(404)
    }
  }
}
