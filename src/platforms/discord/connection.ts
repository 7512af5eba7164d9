import type { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../chat/platform.ts'
import type { Packet } from './account.ts'
import { fatalCloseReason, startFailure } from './start-errors.ts'

/** The part of discord.js's client that is used here. */
type GatewayClient = Pick<EventEmitter, 'on'> & {
  login(token: string): Promise<unknown>
  destroy(): Promise<void>
}

/** `start`: how long a connection may take; `patience`: how long it may be lost before it is made anew; then back-off. */
export type ConnectionTiming = {
  startTimeout: number
  resumeTimeout: number
  backOff: number
  backOffMax: number
}

const TIMING: ConnectionTiming = {
  startTimeout: 20_000,
  resumeTimeout: 60_000,
  backOff: 1_000,
  backOffMax: 300_000,
}

const CLOSE_TIMEOUT_MS = 1_000

/** A connection to the gateway that is there until it is stopped. */
export type Connection = { start(): Promise<void>; stop(): Promise<void> }

/**
 * Keeps one client connected. It resumes by itself what can be resumed; what ended for good, or stays lost for too
 * long, is given up and made anew with back-off.
 */
export function createConnection(options: {
  /** Makes a client; once `over` says so, it must not connect any more. */
  connect(over: () => boolean): GatewayClient
  token: string
  log: Log
  report(now: 'connected' | 'lost', why?: string): void
  onPacket(packet: Packet): void
  timing?: Partial<ConnectionTiming>
}): Connection {
  const { connect, token, log, report, onPacket } = options
  const timing = { ...TIMING, ...options.timing }
  let client: GatewayClient | undefined
  let stopped = false
  let waiting: NodeJS.Timeout | undefined
  let failures = 0
  let since = 0

  /** Connects a new client. Rejects with a sentence when it is not ready in time, or never will be. */
  async function open(): Promise<void> {
    const made = connect(() => !mine())
    const mine = () => client === made && !stopped
    client = made
    let ready = false
    let code: number | undefined
    let trouble: unknown
    made.on('error', cause => log.warn({ err: cause }, 'discord: the client failed'))
    made.on('shardError', cause => {
      trouble = cause
      log.debug({ err: cause }, 'discord: the connection failed')
    })
    made.on('shardDisconnect', (event: { code: number }) => {
      code = event.code
      if (mine() && ready)
        lostForGood(fatalCloseReason(event.code) ?? `the gateway closed with ${event.code}`)
    })
    made.on('shardReconnecting', () => {
      if (mine() && ready) lost()
    })
    made.on('raw', (packet: Packet) => {
      if (!mine()) return
      if (packet.t === 'READY' || packet.t === 'RESUMED') {
        ready = true
        connected()
      }
      onPacket(packet)
    })
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => late.reject(trouble ?? new Error('no answer in time')),
      timing.startTimeout,
    )
    try {
      await Promise.race([made.login(token), late.promise])
    } catch (cause) {
      if (client === made) client = undefined
      await ended(made)
      throw startFailure(cause, code)
    } finally {
      clearTimeout(timer)
    }
  }

  function connected() {
    since = Date.now()
    clearTimeout(waiting)
    report('connected')
  }

  function lost() {
    report('lost')
    clearTimeout(waiting)
    waiting = setTimeout(
      () => lostForGood('the connection could not be taken up again'),
      timing.resumeTimeout,
    )
  }

  function lostForGood(why: string) {
    report('lost', why)
    clearTimeout(waiting)
    const old = client
    client = undefined
    if (old) void ended(old)
    // Whoever identifies too often loses the token, since Discord allows 1,000 a day: only a connection that held
    // for a while ends the back-off.
    if (since > 0 && Date.now() - since > timing.resumeTimeout) failures = 0
    since = 0
    const pause = Math.min(timing.backOff * 2 ** failures++, timing.backOffMax)
    waiting = setTimeout(() => {
      open().catch((cause: Error) => {
        if (!stopped && client === undefined) lostForGood(cause.message)
      })
    }, pause)
  }

  /** The SDK may wait for ever for a connection that it lost while it was being made: not longer than this. */
  async function ended(old: GatewayClient): Promise<void> {
    const destroyed = old
      .destroy()
      .catch(cause => log.debug({ err: cause }, 'discord: a client did not end cleanly'))
    await Promise.race([destroyed, wait(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
  }

  return {
    start: open,
    async stop() {
      stopped = true
      clearTimeout(waiting)
      if (client) await ended(client)
    },
  }
}
