import { Socket } from 'node:net'

/** Makes the sockets of all connections, so that they can be cut at once: a server that is silent never ends one. */
export function cuttableSockets() {
  const sockets = new Set<Socket>()
  let isCut = false
  return {
    isCut: () => isCut,
    make(): Socket {
      const socket = new Socket()
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      // The driver listens only once it connects, which it does at once.
      socket.on('error', () => {})
      if (isCut) setImmediate(() => socket.destroy(noAnswer()))
      return socket
    },
    /** Ends all connections, and each that is made from now on: what waits for an answer fails. */
    cut(): void {
      isCut = true
      for (const socket of sockets) socket.destroy(noAnswer())
    },
  }
}

const noAnswer = () => Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })
