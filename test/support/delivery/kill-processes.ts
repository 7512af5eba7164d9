import type { ChildProcess } from 'node:child_process'
import { GUILD } from '../discord/payloads.ts'
import {
  type FailingProxy,
  type ProxiedRequest,
  type ProxyOutcome,
  startFailingProxy,
} from '../loopback/failing-proxy.ts'
import type { openKillPlatform } from './kill-platform.ts'
import { isAlive, startDeliveryProcess } from './start-delivery-process.ts'

/** How long a request may take: short, so that a row which a killed process held is soon free again. */
const POST_MS = 400

/** The channel of the desk on each platform. */
export const DESK_PLACES = {
  slack: 'slack:T1/CDESK',
  discord: `discord:${GUILD}/300000000000000999`,
} as const

/** A process behind a proxy that can fail its requests and kill it. */
type KillableProcess = {
  proxy: FailingProxy
  child?: ChildProcess
  ended: Promise<void>
  output: string
  kill(): void
}

type KillProcessOptions = { platform: 'slack' | 'discord'; databaseUrl?: string; workers?: number }

type KillProcessParts = {
  loopback: Awaited<ReturnType<typeof openKillPlatform>>
  outcomeOf(request: ProxiedRequest): ProxyOutcome
  data: string
  content: string
}

/** Opens the processes of a session, one or, on PostgreSQL, several; none of them is running yet. */
export async function openKillProcesses(
  { platform, databaseUrl, workers = 2 }: KillProcessOptions,
  { loopback, outcomeOf, data, content }: KillProcessParts,
) {
  const processes = await Promise.all(
    Array.from({ length: databaseUrl === undefined ? 1 : workers }, async () => {
      const opened: KillableProcess = {
        proxy: await startFailingProxy(loopback.apiUrl, { fate: outcomeOf, kill: () => opened.kill() }),
        kill() {
          if (opened.child?.pid !== undefined && opened.child.exitCode === null) opened.child.kill('SIGKILL')
        },
        ended: Promise.resolve(),
        output: '',
      }
      return opened
    }),
  )

  function run(bot: KillableProcess) {
    const { child, ended } = startDeliveryProcess(
      {
        platform,
        databaseUrl,
        data,
        content,
        env: loopback.env,
        apiUrl: bot.proxy.apiUrl,
        postMs: POST_MS,
        desk: DESK_PLACES[platform],
      },
      piece => {
        bot.output = `${bot.output}${piece}`.slice(-4_000)
      },
    )
    bot.child = child
    bot.ended = ended
  }

  const allEnded = () => Promise.all(processes.map(({ ended }) => ended))

  async function killAll() {
    for (const bot of processes) bot.kill()
    await allEnded()
  }

  return {
    /** Picks one of the processes. */
    pick: (random: () => number) => processes[Math.floor(random() * processes.length)]!,
    /** Starts the processes that do not run. */
    reviveEnded() {
      for (const bot of processes) if (!isAlive(bot)) run(bot)
    },
    /** Resolves once one of the processes has ended. */
    anyEnded: () => Promise.race(processes.map(({ ended }) => ended)),
    killAll,
    /** Resolves once no request is under way. */
    whenIdle: () => Promise.all(processes.map(({ proxy }) => proxy.whenIdle())),
    /** Lets all processes end by themselves. */
    async stop() {
      for (const { child } of processes) child?.kill('SIGTERM')
      await allEnded()
    },
    output: () => processes.map(({ output }) => output).join('\n'),
    async close() {
      await killAll()
      await Promise.all(processes.map(({ proxy }) => proxy.close()))
    },
  }
}
