import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../chat/platform.ts'

/** One connection of Socket Mode: the parts of Bolt's SocketModeReceiver that are used here. */
export type SocketConnection<App> = {
  client: {
    listeners(event: 'ws_message'): ((data: unknown, binary: boolean) => unknown)[]
    removeAllListeners(event: 'ws_message'): unknown
    on(event: string, listener: (...args: never[]) => void): unknown
    disconnect(): Promise<unknown>
  }
  init(app: App): void
  start(): Promise<unknown>
}

/**
 * `connect` makes a new connection, which must not reconnect by itself. `report` is called when a connection is up, and
 * with the reason when there is none any more.
 */
type SocketOptions<App> = {
  connect(): SocketConnection<App>
  report(state: 'connected' | 'lost', detail?: string): void
  log: Log
  timing?: Partial<SocketTiming>
}

/**
 * Times in milliseconds. We wait for Slack's hello for `helloTimeout`. An old connection that Slack does not close is
 * closed by us when nothing has arrived over it for `quiet`. A connection that lasts less than `settled` counts as a
 * failure. After failures we wait from `backOff` to `backOffMax`. Closing takes at most `closeTimeout`.
 */
export type SocketTiming = {
  helloTimeout: number
  quiet: number
  settled: number
  backOff: number
  backOffMax: number
  closeTimeout: number
}

const TIMING: SocketTiming = {
  helloTimeout: 10_000,
  quiet: 10_000,
  settled: 1_000,
  backOff: 500,
  backOffMax: 60_000,
  closeTimeout: 2_000,
}

/** How long Slack waits for an answer: what is not answered by then never will be. */
const ANSWER_TIMEOUT_MS = 3_000

/**
 * A connection with its state: when its hello and its last frame arrived, the envelopes that we have not answered, and
 * whether Slack asked us to replace it.
 */
type LiveConnection<App> = {
  connection: SocketConnection<App>
  connectedAt: number
  lastFrameAt: number
  pending: Set<string>
  isLeaving: boolean
  closed: Promise<void>
}

/**
 * Creates a receiver for Bolt that misses nothing while Slack refreshes its connections: on a `disconnect` frame it
 * opens a new connection before it closes the old one. Bolt's own receiver closes first and then waits five seconds.
 * After a connection has ended for good it reconnects for ever, with back-off; only the first attempt may fail, and
 * then `start` rejects.
 */
export function createSocket<App>({ connect, report, log, timing }: SocketOptions<App>) {
  const times = { ...TIMING, ...timing }
  const live = new Set<LiveConnection<App>>()
  const halt = new AbortController()
  let app: App
  let current: LiveConnection<App> | undefined
  let failures = 0
  let isRenewing = false

  async function open(): Promise<void> {
    const opened = newLiveConnection(connect())
    watchFrames(opened, frame => {
      log.debug({ reason: frame.reason }, 'slack: the connection is to be replaced')
      opened.isLeaving = true
      if (opened === current) void renew()
    })
    opened.connection.init(app)
    try {
      await rejectAfterTimeout(times.helloTimeout, opened.connection.start(), 'Slack said no hello')
      if (halt.signal.aborted) throw new Error('slack: stopped')
    } catch (cause) {
      opened.connection.client.disconnect().catch(() => {})
      throw cause
    }
    const old = current
    opened.connectedAt = opened.lastFrameAt = Date.now()
    current = opened
    live.add(opened)
    void opened.closed.then(() => handleClose(opened))
    report('connected')
    if (old) void retire(old)
    // Its disconnect frame may have arrived together with the hello.
    if (opened.isLeaving) void renew()
  }

  async function renew(): Promise<void> {
    if (isRenewing) return
    isRenewing = true
    // A connection to be replaced as soon as it is up counts as a failure, or two of them would chase each other.
    failures = current && Date.now() - current.connectedAt < times.settled ? failures + 1 : 0
    while (!halt.signal.aborted && (!current || current.isLeaving || !live.has(current))) {
      if (failures > 0) await pause(backOffDelay(failures, times), halt.signal)
      if (halt.signal.aborted) break
      try {
        await open()
        // Replaced together with its hello: a failure as well, or this loop would never pause.
        if (current?.isLeaving) failures++
      } catch (cause) {
        failures++
        if (!halt.signal.aborted) log.warn({ err: cause, failures }, 'slack: no new connection yet')
        if (live.size === 0 && !halt.signal.aborted) report('lost', reasonOf(cause))
      }
    }
    isRenewing = false
  }

  /**
   * Closes an old connection once it is quiet: Slack may still send over it, and a frame during closing would be lost.
   */
  async function retire(old: LiveConnection<App>): Promise<void> {
    const idleMs = () => Date.now() - old.lastFrameAt
    while (
      live.has(old) &&
      (idleMs() < times.quiet || (old.pending.size > 0 && idleMs() < ANSWER_TIMEOUT_MS))
    ) {
      await Promise.race([old.closed, pause(Math.max(20, times.quiet / 10), halt.signal)])
      if (halt.signal.aborted) return
    }
    if (live.has(old)) await close(old)
  }

  const close = ({ connection }: LiveConnection<App>) =>
    rejectAfterTimeout(times.closeTimeout, connection.client.disconnect(), 'Slack did not close').catch(
      () => {},
    )

  function handleClose(closed: LiveConnection<App>) {
    live.delete(closed)
    if (halt.signal.aborted) return
    if (live.size === 0) report('lost', 'the connection ended')
    if (closed === current) void renew()
  }

  return {
    init(boltApp: App) {
      app = boltApp
    },
    start: () => open(),
    async stop() {
      const drained = [...live].map(({ pending }) => waitUntil(() => pending.size === 0, times.closeTimeout))
      await Promise.all(drained)
      halt.abort()
      await Promise.all([...live].map(close))
    },
  }
}

const newLiveConnection = <App>(connection: SocketConnection<App>): LiveConnection<App> => ({
  connection,
  connectedAt: 0,
  lastFrameAt: 0,
  pending: new Set(),
  isLeaving: false,
  closed: new Promise(resolve => connection.client.on('disconnected', () => resolve())),
})

type Frame = { type?: string; reason?: string; envelope_id?: string }

/**
 * Listens to the frames of a connection in place of the SDK's own listener, which would close it on the first
 * `disconnect` frame. All other frames are passed on to that listener.
 */
function watchFrames<App>(live: LiveConnection<App>, onDisconnectFrame: (frame: Frame) => void) {
  const { client } = live.connection
  const listeners = client.listeners('ws_message')
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, binary: boolean) => {
    const frame = binary || typeof data !== 'string' ? {} : parseFrame(data)
    live.lastFrameAt = Date.now()
    if (frame.type === 'disconnect') return onDisconnectFrame(frame)
    if (frame.envelope_id !== undefined) live.pending.add(frame.envelope_id)
    for (const listener of listeners) listener(data, binary)
  })
  client.on('outgoing_message', (message: { envelope_id: string }) =>
    live.pending.delete(message.envelope_id),
  )
}

function parseFrame(data: string): Frame {
  try {
    return Object(JSON.parse(data))
  } catch {
    return {}
  }
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : 'the connection ended')

// Partly random, so that many processes do not reconnect in the same moment.
const backOffDelay = (failures: number, { backOff, backOffMax }: SocketTiming) =>
  Math.min(backOffMax, backOff * 2 ** (failures - 1)) * (0.75 + Math.random() / 4)

/** Waits, or until `signal` aborts; never rejects. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {})

async function waitUntil(isDone: () => boolean, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs
  while (!isDone() && Date.now() < until) await sleep(20)
}

function rejectAfterTimeout<T>(ms: number, work: Promise<T>, problem: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`slack: ${problem} within ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
