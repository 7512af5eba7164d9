import type { Socket } from 'node:net'

/** One connection of Socket Mode: the parts of Bolt's SocketModeReceiver that are used here. */
export type SocketConnection<App> = {
  client: {
    listeners(event: 'ws_message'): ((data: unknown, binary: boolean) => unknown)[]
    removeAllListeners(event: 'ws_message'): unknown
    on(event: string, listener: (...args: never[]) => void): unknown
    disconnect(): Promise<unknown>
    send(id: string, body?: unknown): Promise<void>
    websocket?: { isActive(): boolean; defaultSocket?: Pick<Socket, 'write' | 'writable'> | null }
  }
  init(app: App): void
  start(): Promise<unknown>
}

/**
 * A connection with its state: when its hello and its last frame arrived, the envelopes that we have not answered, and
 * whether it is to be replaced (`isLeaving`) and Slack is about to close it (`isClosing`). `renewal` is when we replace it
 * ourselves.
 */
export type LiveConnection<App> = {
  connection: SocketConnection<App>
  connectedAt: number
  lastFrameAt: number
  pending: Set<string>
  isLeaving: boolean
  isClosing?: true
  closed: Promise<void>
  renewal?: NodeJS.Timeout
}

/** Makes the state of a connection that is not open yet. */
export const newLiveConnection = <App>(connection: SocketConnection<App>): LiveConnection<App> => ({
  connection,
  connectedAt: 0,
  lastFrameAt: 0,
  pending: new Set(),
  isLeaving: false,
  closed: new Promise(resolve => connection.client.on('disconnected', () => resolve())),
})

/** What Slack says in its hello: how many connections the app has, and for how long about this one lasts. */
export type Hello = { connections: number; lastsMs?: number }

type Frame = {
  type?: string
  reason?: string
  envelope_id?: string
  num_connections?: number
  debug_info?: { approximate_connection_time?: number }
}

/**
 * Listens to the frames of a connection in place of the SDK's own listener, which would close it on the first
 * `disconnect` frame, and fails on a frame that is no object. All other frames are passed on to that listener.
 */
export function watchFrames<App>(
  live: LiveConnection<App>,
  on: { hello(hello: Hello): void; disconnect(reason: string | undefined): void; answered(): void },
) {
  const { client } = live.connection
  const listeners = client.listeners('ws_message')
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, binary: boolean) => {
    const frame = binary || typeof data !== 'string' ? {} : readFrame(data)
    live.lastFrameAt = performance.now()
    if (typeof frame.type !== 'string') return
    if (frame.type === 'disconnect') return on.disconnect(frame.reason)
    if (frame.type === 'hello') on.hello(readHello(frame))
    if (frame.envelope_id !== undefined) live.pending.add(frame.envelope_id)
    for (const listener of listeners) listener(data, binary)
  })
  client.on('outgoing_message', (message: { envelope_id: string }) => {
    live.pending.delete(message.envelope_id)
    on.answered()
  })
}

/** A close frame of WebSocket with the code 1000, masked by zeros (RFC 6455, 5.2 and 7.4). */
const CLOSE_FRAME = Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8])

/**
 * Tells Slack that a connection ends, and resolves once it has ended. Until then, what Slack had sent before it knew still
 * arrives, but cannot be acknowledged any more. The SDK's own way of closing drops it.
 */
export async function hangUp<App>({ connection, closed }: LiveConnection<App>): Promise<void> {
  const wire = connection.client.websocket?.defaultSocket
  if (!wire?.writable) return void (await connection.client.disconnect())
  wire.write(CLOSE_FRAME)
  await closed
}

/** How Slack begins an envelope. The rest, which is long, is read by the SDK, and need not be read here too. */
const ENVELOPE = /^\{"envelope_id":"([\w-]+)",/

function readFrame(data: string): Frame {
  const envelope = ENVELOPE.exec(data)
  if (envelope) return { type: 'envelope', envelope_id: envelope[1] }
  try {
    return Object(JSON.parse(data))
  } catch {
    return {}
  }
}

function readHello({ num_connections = 0, debug_info }: Frame): Hello {
  const seconds = debug_info?.approximate_connection_time
  return {
    connections: num_connections,
    ...(typeof seconds === 'number' && seconds > 0 && { lastsMs: seconds * 1_000 }),
  }
}
