import { randomUUID } from 'node:crypto'
import type { WebSocket, WebSocketServer } from 'ws'
import { APP, BOT, GUILD, guildBody, type Json } from './payloads.ts'

/** The gateway's operations that are used here. */
const OP = { dispatch: 0, heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalid: 9, hello: 10, ack: 11 }

type Session = { id: string; sent: { s: number; t: string; d: Json }[]; socket?: WebSocket }

/**
 * Creates the gateway of a loopback Discord: it identifies, heartbeats, and resumes with all events that were missed.
 */
export function createGateway(
  server: WebSocketServer,
  options: { url: string; tokens: Set<string>; guilds: string[]; heartbeat: number; identifyWindow: number },
) {
  const { url, tokens, guilds, heartbeat, identifyWindow } = options
  const sessions = new Map<string, Session>()
  const sockets = new Set<WebSocket>()
  const counts = { accepted: 0, identified: 0, resumed: 0 }
  let refusedIdentifies = 0
  let lastIdentifyAt = Number.NEGATIVE_INFINITY
  /** Codes with which the next connections are closed when they identify, such as 4014 for intents not allowed. */
  const refusals: number[] = []
  let silent = false

  server.on('connection', socket => {
    counts.accepted++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    const send = (op: number, d: unknown) => socket.send(JSON.stringify({ op, d }))
    if (!silent) send(OP.hello, { heartbeat_interval: heartbeat })
    socket.on('message', data => {
      const { op, d } = JSON.parse(String(data))
      if (op === OP.heartbeat) return send(OP.ack, null)
      const refusal = op === OP.identify ? refusals.shift() : undefined
      if (refusal !== undefined) return socket.close(refusal)
      if ((op === OP.identify || op === OP.resume) && !tokens.has(d.token)) return socket.close(4004)
      if (op === OP.identify) {
        // One identify a window (max_concurrency is 1): docs.discord.com/developers/events/gateway#identifying.
        if (performance.now() - lastIdentifyAt < identifyWindow) {
          refusedIdentifies++
          return send(OP.invalid, false)
        }
        lastIdentifyAt = performance.now()
        counts.identified++
        const session: Session = { id: randomUUID(), sent: [], socket }
        sessions.set(session.id, session)
        const servers = guilds.map((name, index) => ({ id: String(BigInt(GUILD) + BigInt(index)), name }))
        dispatch(session, 'READY', {
          v: 10,
          user: BOT,
          guilds: servers.map(({ id }) => ({ id, unavailable: true })),
          session_id: session.id,
          resume_gateway_url: url,
          shard: [0, 1],
          application: { id: APP, flags: 0 },
        })
        for (const { id, name } of servers) dispatch(session, 'GUILD_CREATE', guildBody(id, name))
      }
      if (op === OP.resume) {
        const session = sessions.get(d.session_id)
        if (!session) return send(OP.invalid, false)
        counts.resumed++
        session.socket = socket
        for (const event of session.sent.filter(({ s }) => s > d.seq)) write(session, event)
        dispatch(session, 'RESUMED', {})
      }
    })
  })

  function dispatch(session: Session, t: string, d: Json) {
    const event = { s: session.sent.length + 1, t, d }
    session.sent.push(event)
    return write(session, event)
  }

  /** Sends an event on the connection of its session; false if there is none now. */
  const write = ({ socket }: Session, event: object): boolean => {
    if (socket === undefined || socket.readyState !== socket.OPEN) return false
    socket.send(JSON.stringify({ op: OP.dispatch, ...event }))
    return true
  }

  const each = (act: (socket: WebSocket) => void) => [...sockets].forEach(act)

  return {
    counts,
    refusals,
    connections: () => sockets.size,
    /** How many identifies came too soon after another. */
    refusedIdentifies: () => refusedIdentifies,
    /**
     * Sends an event to every session, as Discord does; whether one was connected. A session without a connection gets it
     * when it resumes.
     */
    deliver: (t: string, d: Json): boolean =>
      [...sessions.values()].map(session => dispatch(session, t, d)).includes(true),
    /** Asks to reconnect, as Discord does now and then. */
    reconnect: () => each(socket => socket.send(JSON.stringify({ op: OP.reconnect, d: null }))),
    /** Ends every connection without a word, as a broken network does. */
    dropSockets: () => each(socket => socket.terminate()),
    closeSockets: (code: number) => each(socket => socket.close(code)),
    /** Says that the session of every connection is not valid any more, as Discord does when it restarts. */
    invalidate: () => each(socket => socket.send(JSON.stringify({ op: OP.invalid, d: false }))),
    /** Forgets every session: none can be resumed any more. */
    forgetSessions: () => sessions.clear(),
    /** Makes the next connections hang: they are accepted, and nothing is sent. */
    setSilent: (on: boolean) => {
      silent = on
    },
  }
}
