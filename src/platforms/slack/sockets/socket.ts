import { setImmediate as afterNetwork } from 'node:timers/promises'
import type { Log } from '../../../chat/platform.ts'
import { answerElsewhere } from './answer-elsewhere.ts'
import {
  hangUp,
  type LiveConnection,
  newLiveConnection,
  type SocketConnection,
  watchFrames,
} from './live-connection.ts'
import { createOtherProcessWarning } from './other-processes.ts'
import { backOffDelay, pause, rejectAfterTimeout, SOCKET_TIMING, type SocketTiming } from './timing.ts'

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

/** How long Slack waits for an answer: what is not answered by then never will be. */
const ANSWER_TIMEOUT_MS = 3_000
/**
 * The part of its life after which we replace a connection ourselves. Slack warns only about ten seconds before it closes
 * one, which is less than a slow hello may take.
 */
const RENEW_AFTER = 0.8
/** How often a stop looks whether something has arrived before it takes it for quiet. */
const QUIET_STEPS = 10
/** How often we look whether a new connection is up over which an answer can be sent. */
const LOOK_AGAIN_MS = 20
/** A turn of the event loop that takes longer than this has missed what arrived meanwhile. */
const SHORT_TURN_MS = 10
/** The longest that a timer can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1
/** Slack's reason for closing a connection where the app has as many as it allows (python-slack-sdk #1940). */
const TOO_MANY = 'too_many_websockets'

/**
 * Creates a receiver for Bolt that misses nothing while Slack refreshes its connections: on a `disconnect` frame it
 * opens a new connection before it closes the old one. Bolt's own receiver closes first and then waits five seconds.
 * After a connection has ended for good it reconnects for ever, with back-off; only the first attempt may fail, and
 * then `start` rejects.
 */
export function createSocket<App>({ connect, report, log, timing }: SocketOptions<App>) {
  const times = { ...SOCKET_TIMING, ...timing }
  const warnOfOthers = createOtherProcessWarning(log)
  const live = new Set<LiveConnection<App>>()
  const halt = new AbortController()
  let app: App
  let current: LiveConnection<App> | undefined
  let failures = 0
  let isRenewing = false
  let isCrowded = false
  let onAllAnswered = () => {}

  async function open(): Promise<void> {
    const opened = newLiveConnection(connect())
    answerElsewhere(opened, findOpen)
    watchFrames(opened, {
      hello({ connections, lastsMs }) {
        warnOfOthers(connections, live.size + 1)
        if (lastsMs !== undefined) renewAfter(opened, RENEW_AFTER * lastsMs)
      },
      disconnect(reason) {
        log.debug({ reason }, 'slack: the connection is to be replaced')
        if (reason === TOO_MANY) warnOfCrowd()
        opened.isClosing = true
        if (opened === current) replace(opened)
        else if (live.has(opened)) void retire(opened)
      },
      answered: () => hasAllAnswered() && onAllAnswered(),
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
    opened.connectedAt = opened.lastFrameAt = performance.now()
    current = opened
    live.add(opened)
    void opened.closed.then(() => handleClose(opened))
    report('connected')
    // One that we replaced by ourselves serves on until Slack closes it: what Slack sends meanwhile would be lost.
    if (old?.isClosing) void retire(old)
    // Its disconnect frame may have arrived together with the hello.
    if (opened.isLeaving || opened.isClosing) replace(opened)
  }

  /** Finds the newest connection that is open, or waits for one as long as Slack waits for an answer. */
  async function findOpen(): Promise<LiveConnection<App> | undefined> {
    const until = performance.now() + ANSWER_TIMEOUT_MS
    const find = () => [...live].findLast(({ connection }) => connection.client.websocket?.isActive())
    while (!find() && !halt.signal.aborted && performance.now() < until)
      await pause(LOOK_AGAIN_MS, halt.signal)
    return find()
  }

  function replace(leaving: LiveConnection<App>) {
    leaving.isLeaving = true
    if (leaving === current) void renew()
  }

  function renewAfter(opened: LiveConnection<App>, ms: number) {
    opened.renewal = setTimeout(() => replace(opened), Math.min(ms, MAX_TIMER_MS))
    opened.renewal.unref()
    void opened.closed.then(() => clearTimeout(opened.renewal))
  }

  function warnOfCrowd() {
    isCrowded = true
    log.warn(
      { waitMs: times.crowded },
      'slack: Slack has as many connections with this SLACK_APP_TOKEN as it allows; stop other processes that use it. It is tried again',
    )
  }

  const lastFrameAt = () => Math.max(0, ...[...live].map(connection => connection.lastFrameAt))
  const hasAllAnswered = () => [...live].every(({ pending }) => pending.size === 0)

  async function renew(): Promise<void> {
    if (isRenewing) return
    isRenewing = true
    // A connection to be replaced as soon as it is up counts as a failure, or two of them would chase each other.
    failures = current && performance.now() - current.connectedAt < times.settled ? failures + 1 : 0
    while (!halt.signal.aborted && (!current || current.isLeaving || !live.has(current))) {
      const waitMs = isCrowded ? times.crowded : failures > 0 ? backOffDelay(failures, times) : 0
      isCrowded = false
      if (waitMs > 0) await pause(waitMs, halt.signal)
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
    const idleMs = () => performance.now() - old.lastFrameAt
    while (
      live.has(old) &&
      (idleMs() < times.quiet || (old.pending.size > 0 && idleMs() < ANSWER_TIMEOUT_MS))
    ) {
      await Promise.race([old.closed, pause(Math.max(20, times.quiet / 10), halt.signal)])
      if (halt.signal.aborted) return
    }
    if (live.has(old)) await close(old)
  }

  /**
   * Waits until nothing has arrived for `lastFrames`. It looks in several steps: on a busy machine a single timer may end
   * before what has arrived is read.
   */
  async function untilQuiet(): Promise<void> {
    const until = performance.now() + times.closeTimeout
    let last = lastFrameAt()
    for (let step = 0; step < QUIET_STEPS && performance.now() < until; step++) {
      await pause(times.lastFrames / QUIET_STEPS, halt.signal)
      if (lastFrameAt() > last) step = 0
      last = lastFrameAt()
    }
  }

  /**
   * Waits until everything is answered and a look at the network brings nothing more. Without that look, what arrived while
   * this process was busy would still lie unread, and could not be acknowledged any more.
   */
  async function untilAllAnswered(): Promise<void> {
    const until = performance.now() + times.closeTimeout
    for (let isDone = false; !isDone && performance.now() < until; ) {
      const last = lastFrameAt()
      if (!hasAllAnswered())
        await Promise.race([
          new Promise<void>(resolve => {
            onAllAnswered = resolve
          }),
          pause(until - performance.now(), halt.signal),
        ])
      // Timers come before the network in a turn of the event loop, and this comes after it. What arrives while something
      // else, such as a slow disk, holds up a turn is read in the next one.
      const lookedAt = performance.now()
      await pause(1, halt.signal)
      await afterNetwork()
      const wasHeldUp = performance.now() - lookedAt > SHORT_TURN_MS
      isDone = hasAllAnswered() && lastFrameAt() === last && !wasHeldUp
    }
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
    /**
     * Reads on for a moment, answers what has arrived, hangs up at the first moment when nothing is unanswered, and reads
     * what was on its way.
     */
    async stop() {
      await untilQuiet()
      await untilAllAnswered()
      halt.abort()
      const ending = [...live].map(connection =>
        rejectAfterTimeout(times.closeTimeout, hangUp(connection), 'Slack did not close').catch(() =>
          close(connection),
        ),
      )
      await Promise.all(ending)
    },
    /** Whether we have hung up: no acknowledgement reaches Slack any more. */
    hasHungUp: () => halt.signal.aborted,
  }
}

const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : 'the connection ended')
