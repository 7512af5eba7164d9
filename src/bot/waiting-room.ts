import type { Log } from '../chat/platform.ts'
import type { Config } from '../config.ts'
import { createWebServer, type WebOptions, type WebServer } from '../web/server.ts'

/**
 * Serves /health and /ready while the database is waited for, so that nobody takes the process for dead; without
 * `serves` it only says that it waits. `leave` frees the port for the bot itself.
 */
export function createWaitingRoom({ host, port }: Config, { serves, ...facts }: WaitingFacts) {
  let server: WebServer | undefined
  let why = ''
  return {
    /** Says why we wait; serves from the first call on. */
    wait(sentence: string, log: Log): void {
      why = sentence
      log.warn({ why }, 'bot: waiting for the database')
      process.stdout.write(`Waiting for the database, and starting once it is there. ${sentence}\n`)
      if (server || !serves) return
      const health = () => ({ ok: true, ...facts, store: `waiting: ${why}` })
      server = createWebServer({ host, port, health, ready: () => false, hooks: refuseCall, log })
      server.start().then(
        ({ port }) => log.info({ port }, 'bot: /health is served meanwhile'),
        cause => log.warn({ err: cause }, 'bot: /health cannot be served meanwhile'),
      )
    },
    leave: async (): Promise<void> => server?.stop(),
  }
}

/** Nothing can be kept now, so whoever calls is to try again. */
const refuseCall: WebOptions['hooks'] = (_, res) => {
  res.writeHead(503, { 'retry-after': '30', connection: 'close' })
  res.end()
}

type WaitingFacts = { serves: boolean; version: string; role: string }
