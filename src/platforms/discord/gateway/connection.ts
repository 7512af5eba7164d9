import type { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../../chat/platform.ts'
import type { Packet } from './account.ts'
import { fatalCloseReason, startFailure } from './start-errors.ts'

/** The part of discord.js's client that is used here. */
export type GatewayClient = Pick<EventEmitter, 'on'> & {
  login(token: string): Promise<unknown>
  destroy(): Promise<void>
}

/**
 * Times in milliseconds. A client must be ready within `startTimeout`. One that has been lost for `resumeTimeout` is
 * replaced by a new one, after a pause that grows from `backOff` to `backOffMax`.
 */
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

/** The SDK may wait for ever for a connection that it lost while it was opening: we wait no longer than this. */
const CLOSE_TIMEOUT_MS = 1_000

/** A connection to the gateway, kept up until it is stopped. */
export type Connection = { start(): Promise<void>; stop(): Promise<void> }

/**
 * Creates a connection that keeps one client connected. The client resumes by itself where it can. One that has ended
 * for good, or has been lost for too long, is replaced by a new client, with back-off.
 */
export function createConnection(options: {
  /** Makes a client; once `isOver` is true, it must not connect any more. */
  connect(isOver: () => boolean): GatewayClient
  token: string
  log: Log
  report(state: 'connected' | 'lost', detail?: string): void
  onPacket(packet: Packet): void
  timing?: Partial<ConnectionTiming>
}): Connection {
  const { connect, token, log, report, onPacket } = options
  const timing = { ...TIMING, ...options.timing }
  let client: GatewayClient | undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let connectedAt = 0

  /** Connects a new client. Rejects with a sentence when it is not ready in time, or never will be. */
  async function open(): Promise<void> {
    const opened = connect(() => !isCurrent())
    const isCurrent = () => client === opened && !stopped
    client = opened
    let isReady = false
    let closeCode: number | undefined
    let lastError: unknown
    opened.on('error', cause => log.warn({ err: cause }, 'discord: the client failed'))
    opened.on('shardError', cause => {
      lastError = cause
      log.debug({ err: cause }, 'discord: the connection failed')
    })
    opened.on('shardDisconnect', (event: { code: number }) => {
      closeCode = event.code
      if (isCurrent() && isReady)
        replaceClient(fatalCloseReason(event.code) ?? `the gateway closed with ${event.code}`)
    })
    opened.on('shardReconnecting', () => {
      if (isCurrent() && isReady) waitForResume()
    })
    opened.on('raw', (packet: Packet) => {
      // What arrives while a connection is being closed is handled too.
      if (client !== opened) return
      if (!stopped && (packet.t === 'READY' || packet.t === 'RESUMED')) {
        isReady = true
        handleConnected()
      }
      onPacket(packet)
    })
    const timeout = Promise.withResolvers<never>()
    const startTimer = setTimeout(
      () => timeout.reject(lastError ?? new Error('no answer in time')),
      timing.startTimeout,
    )
    try {
      await Promise.race([opened.login(token), timeout.promise])
    } catch (cause) {
      if (client === opened) client = undefined
      await destroy(opened)
      throw startFailure(cause, closeCode)
    } finally {
      clearTimeout(startTimer)
    }
  }

  function handleConnected() {
    connectedAt = performance.now()
    clearTimeout(timer)
    report('connected')
  }

  function waitForResume() {
    report('lost')
    clearTimeout(timer)
    timer = setTimeout(() => replaceClient('the connection could not be resumed'), timing.resumeTimeout)
  }

  function replaceClient(why: string) {
    report('lost', why)
    clearTimeout(timer)
    const old = client
    client = undefined
    if (old) void destroy(old)
    // Discord allows 1,000 identifies a day, and resets the token of a bot that exceeds them: so only a connection that
    // lasted for a while ends the back-off.
    if (connectedAt > 0 && performance.now() - connectedAt > timing.resumeTimeout) failures = 0
    connectedAt = 0
    const pause = Math.min(timing.backOff * 2 ** failures++, timing.backOffMax)
    timer = setTimeout(() => {
      open().catch((cause: Error) => {
        if (!stopped && client === undefined) replaceClient(cause.message)
      })
    }, pause)
  }

  async function destroy(old: GatewayClient): Promise<void> {
    const destroyed = old
      .destroy()
      .catch(cause => log.debug({ err: cause }, 'discord: a client did not close cleanly'))
    await Promise.race([destroyed, sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
  }

  return {
    start: open,
    async stop() {
      stopped = true
      clearTimeout(timer)
      if (client) await destroy(client)
    },
  }
}
