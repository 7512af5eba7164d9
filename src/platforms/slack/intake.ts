import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Log } from '../../chat/platform.ts'
import type { WorkTracker } from '../work-tracker.ts'
import { hasPayloadShape } from './payload-shape.ts'

/** An event as a receiver of Bolt's gives it to the app. */
type ReceivedEvent = { body: unknown; ack(response?: unknown): Promise<void>; customProperties?: object }
type App = { processEvent(event: ReceivedEvent): Promise<void> }
type Receiver = { init(app: App): void }

/** Slack asks to refuse requests that are more than five minutes old; we refuse those from the future too. */
const MAX_CLOCK_SKEW_S = 300
/** What is refused for the same reason is logged once in this time. */
const QUIET_MS = 60_000
/** How Bolt answers a request whose signature is missing, wrong or old. */
const UNAUTHORIZED = 401
const UNREADABLE =
  'slack: something with a right signature arrived that is no payload of Slack’s; it was refused'
/** A body as short as this is no payload of Slack's: it is looked at before Bolt, which fails on one that is no object. */
const SHORT_BYTES = 64

/**
 * Makes a receiver of Bolt's track each event from its arrival to its end, so that a stop waits for all that has arrived,
 * also for an event that was acknowledged before its answer was made. `onUnhandled` gets an event that nothing of ours
 * has acknowledged: Bolt would let Slack wait for three seconds. Once `mayAck` is false, no acknowledgement is sent. What
 * cannot be read as a payload of Slack's is refused.
 */
export function trackEvents<Tracked extends Receiver>(
  receiver: Tracked,
  track: WorkTracker['track'],
  options: { onUnhandled(event: ReceivedEvent): void; mayAck(): boolean; log: Log },
): Tracked {
  const { onUnhandled, mayAck } = options
  const warnOnce = createQuietWarning(options.log)
  const init = receiver.init.bind(receiver)
  receiver.init = app =>
    init({
      processEvent: async event => {
        let acked = false
        const ack = async (response?: unknown) => {
          acked = true
          if (mayAck()) await event.ack(response)
        }
        // Our handlers report their own failures. What fails here is Bolt's reading, with errors that may quote the payload.
        const readable = hasPayloadShape(event.body)
        const read = () => app.processEvent({ ...event, ack }).catch(() => warnOnce(UNREADABLE))
        if (readable) await track(read)
        else warnOnce(UNREADABLE)
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
  const warnOnce = createQuietWarning(log)

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const refuse = (status: number) => void res.writeHead(status).end()
    if (!isReady()) return refuse(503)
    if (Number(req.headers['x-slack-request-timestamp'] ?? 0) > Date.now() / 1000 + MAX_CLOCK_SKEW_S) {
      warnOnce('slack: a request from the future was refused; is this clock right?')
      return refuse(401)
    }
    responses.set(req, res)
    res.once('finish', () => {
      if (res.statusCode === UNAUTHORIZED)
        warnOnce('slack: a request without a right signature was refused; is SLACK_SIGNING_SECRET right?')
    })
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

/** Makes warnings of which each sentence is in the log at most once a minute. */
function createQuietWarning(log: Log) {
  const warnedAt = new Map<string, number>()
  return (sentence: string) => {
    const now = performance.now()
    if (now - (warnedAt.get(sentence) ?? Number.NEGATIVE_INFINITY) < QUIET_MS) return
    warnedAt.set(sentence, now)
    log.warn({}, sentence)
  }
}
