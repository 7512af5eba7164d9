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
 * What the connections need. `connect` makes a fresh one that must not reconnect by itself; `report` hears whether
 * any connection serves, with the reason where none does.
 */
type SocketOptions<App> = {
  connect(): SocketConnection<App>
  report(state: 'connected' | 'lost', detail?: string): void
  log: Log
  timing?: Partial<SocketTiming>
}

/** `quiet`: an old connection is closed by us once nothing came over it for so long, if Slack does not close it. */
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

type LiveConnection<App> = {
  link: SocketConnection<App>
  since: number
  last: number
  pending: Set<string>
  leaving: boolean
  closed: Promise<void>
}

/**
 * A receiver for Bolt that is never deaf while Slack refreshes its connections: on a `disconnect` frame it makes a
 * new one before it lets the old one go. Bolt's own closes first and then waits five seconds. A connection that ended
 * for good is made anew, with back-off, for ever; only the first may fail, and then `start` rejects.
 */
export function createSocket<App>({ connect, report, log, timing }: SocketOptions<App>) {
  const times = { ...TIMING, ...timing }
  const live = new Set<LiveConnection<App>>()
  const halt = new AbortController()
  let app: App
  let current: LiveConnection<App> | undefined
  let failures = 0
  let renewing = false

  async function open(): Promise<void> {
    const link = connect()
    const serving: LiveConnection<App> = {
      link,
      since: 0,
      last: 0,
      pending: new Set(),
      leaving: false,
      closed: new Promise(resolve => link.client.on('disconnected', () => resolve())),
    }
    takeOver(serving)
    link.init(app)
    try {
      await rejectAfterTimeout(times.helloTimeout, link.start(), 'Slack said no hello')
      if (halt.signal.aborted) throw new Error('slack: stopped')
    } catch (cause) {
      link.client.disconnect().catch(() => {})
      throw cause
    }
    const old = current
    serving.since = serving.last = Date.now()
    current = serving
    live.add(serving)
    void serving.closed.then(() => ended(serving))
    report('connected')
    if (old) void retire(old)
    // It may have been sent away in the same breath as it was greeted.
    if (serving.leaving) void renew()
  }

  /** Stands before the SDK's own listener, which would close the connection on the very first warning. */
  function takeOver(serving: LiveConnection<App>) {
    const { client } = serving.link
    const serve = client.listeners('ws_message')
    client.removeAllListeners('ws_message')
    client.on('ws_message', (data: unknown, binary: boolean) => {
      const frame = binary || typeof data !== 'string' ? {} : parseFrame(data)
      serving.last = Date.now()
      if (frame.type === 'disconnect') {
        log.debug({ reason: frame.reason }, 'slack: the connection is to be replaced')
        serving.leaving = true
        if (serving === current) void renew()
        return
      }
      if (frame.envelope_id !== undefined) serving.pending.add(frame.envelope_id)
      for (const listener of serve) listener(data, binary)
    })
    client.on('outgoing_message', (message: { envelope_id: string }) =>
      serving.pending.delete(message.envelope_id),
    )
  }

  async function renew(): Promise<void> {
    if (renewing) return
    renewing = true
    // A connection that is sent away as soon as it is up counts as a failure, or two of them would chase each other.
    failures = current && Date.now() - current.since < times.settled ? failures + 1 : 0
    while (!halt.signal.aborted && (!current || current.leaving || !live.has(current))) {
      if (failures > 0) await pause(backOffDelay(failures, times), halt.signal)
      if (halt.signal.aborted) break
      try {
        await open()
        // Greeted and sent away in the same breath: a failure as well, or this would go round without a pause.
        if (current?.leaving) failures++
      } catch (cause) {
        failures++
        if (!halt.signal.aborted) log.warn({ err: cause, failures }, 'slack: no new connection yet')
        if (live.size === 0 && !halt.signal.aborted) report('lost', reason(cause))
      }
    }
    renewing = false
  }

  /** Slack may still send over the old connection, and what comes once we begin to close it would be lost. */
  async function retire(old: LiveConnection<App>): Promise<void> {
    const idle = () => Date.now() - old.last
    while (live.has(old) && (idle() < times.quiet || (old.pending.size > 0 && idle() < ANSWER_TIMEOUT_MS))) {
      await Promise.race([old.closed, pause(Math.max(20, times.quiet / 10), halt.signal)])
      if (halt.signal.aborted) return
    }
    if (live.has(old)) await close(old)
  }

  const close = (serving: LiveConnection<App>) =>
    rejectAfterTimeout(times.closeTimeout, serving.link.client.disconnect(), 'Slack did not close').catch(
      () => {},
    )

  function ended(serving: LiveConnection<App>) {
    live.delete(serving)
    if (halt.signal.aborted) return
    if (live.size === 0) report('lost', 'the connection ended')
    if (serving === current) void renew()
  }

  return {
    init(given: App) {
      app = given
    },
    start: () => open(),
    async stop() {
      const drained = [...live].map(serving =>
        waitUntil(() => serving.pending.size === 0, times.closeTimeout),
      )
      await Promise.all(drained)
      halt.abort()
      await Promise.all([...live].map(close))
    },
  }
}

function parseFrame(data: string): { type?: string; reason?: string; envelope_id?: string } {
  try {
    return Object(JSON.parse(data))
  } catch {
    return {}
  }
}

const reason = (cause: unknown) => (cause instanceof Error ? cause.message : 'the connection ended')

// Some of it is chance, so that many processes do not come back in the same moment.
const backOffDelay = (failures: number, { backOff, backOffMax }: SocketTiming) =>
  Math.min(backOffMax, backOff * 2 ** (failures - 1)) * (0.75 + Math.random() / 4)

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}

async function waitUntil(done: () => boolean, most: number): Promise<void> {
  const until = Date.now() + most
  while (!done() && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 20))
}

function rejectAfterTimeout<T>(ms: number, work: Promise<T>, late: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`slack: ${late} within ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
