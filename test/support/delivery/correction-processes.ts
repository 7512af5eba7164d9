import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../../../src/store/engine.ts'
import type { Store } from '../../../src/store/store.ts'
import { type FailingProxy, startFailingProxy } from '../loopback/failing-proxy.ts'
import type { CorrectionFaults } from './correction-faults.ts'
import type { CorrectionRunOptions } from './correction-options.ts'
import type { CorrectionPlatform } from './correction-platform.ts'
import { type ContentStage, writeStage } from './correction-stories.ts'
import { isAlive, startDeliveryProcess } from './start-delivery-process.ts'

const PATIENCE_MS = 90_000
/** The place of the desk on the platform, above those of all messages. */
const DESK_INDEX = 90_000
/** The startup screen ends with this. */
const READY = /Health/

/** A process with a content folder of its own, behind a proxy that can fail its requests and kill it. */
type CorrectionProcess = {
  content: string
  proxy: FailingProxy
  child?: ChildProcess
  ended: Promise<void>
  output: string
  ready: boolean
}

type CorrectionRunParts = {
  loopback: CorrectionPlatform
  faults: CorrectionFaults
  store: Store
  engine: Engine
  folder: string
  data: string
}

/** Opens the processes of a correction run, one or, on PostgreSQL, several; none of them is running yet. */
export async function openCorrectionProcesses(options: CorrectionRunOptions, parts: CorrectionRunParts) {
  const { loopback, faults, store, engine, folder, data } = parts
  const { platform, databaseUrl, postMs = 2_000 } = options
  const count = databaseUrl === undefined ? 1 : (options.workers ?? 2)
  const processes = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const opened: CorrectionProcess = {
        content: join(folder, `content-${index}`),
        proxy: await startFailingProxy(loopback.apiUrl, {
          fate: faults.outcomeOf,
          kill: () => opened.child?.kill('SIGKILL'),
        }),
        ended: Promise.resolve(),
        output: '',
        ready: false,
      }
      return opened
    }),
  )

  function run(bot: CorrectionProcess) {
    bot.output = ''
    bot.ready = false
    const { child, ended } = startDeliveryProcess(
      {
        platform,
        databaseUrl,
        data,
        postMs,
        env: loopback.env,
        apiUrl: bot.proxy.apiUrl,
        content: bot.content,
        desk: loopback.placeOf(DESK_INDEX),
      },
      piece => {
        bot.output = `${bot.output}${piece}`.slice(-6_000)
        bot.ready ||= READY.test(bot.output)
      },
    )
    bot.child = child
    bot.ended = ended
  }

  /** Counts the edits that a killed process had under way: each may be done twice. */
  async function countEditsUnderWay() {
    const rows = await engine.query<{ message: string }>(
      `select message from deliveries where state = 'sending' and message is not null`,
    )
    for (const { message } of rows) faults.addUnconfirmed((JSON.parse(message) as { id: string }).id)
  }

  /** Releases what killed processes held, as if they had been dead for a minute: their rows, or the content lease. */
  async function releaseHeld() {
    if (databaseUrl !== undefined) await store.revisions.releaseContentLease()
    else if (!options.realPace)
      await engine.query(`update deliveries set lease_until = 1 where state = 'sending'`)
  }

  /** Waits until a condition holds for all processes. */
  async function waitForAll(what: string, holds: (bot: CorrectionProcess) => boolean): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !processes.every(holds); await sleep(25))
      if (Date.now() > end) throw new Error(`not all processes have ${what}`)
  }

  const signalAll = async (signal: NodeJS.Signals) => {
    for (const { child } of processes) child?.kill(signal)
    await Promise.all(processes.map(({ ended }) => ended))
  }

  return {
    /** Writes a stage of the content to the folders: with a content delay, workers but the first get it later. */
    write(to: ContentStage) {
      const [first, ...others] = processes
      writeStage(first!.content, to, options.notice)
      const writeOthers = () => {
        for (const { content } of others) writeStage(content, to, options.notice)
      }
      if (options.contentDelayMs === undefined || to === 'new') writeOthers()
      else setTimeout(writeOthers, options.contentDelayMs)
    },
    /** Starts all processes and waits until they are ready. */
    async start() {
      for (const bot of processes) run(bot)
      await waitForAll('started', ({ ready }) => ready)
    },
    ready: () => waitForAll('started', ({ ready }) => ready),
    hasEnded: () => processes.some(bot => !isAlive(bot)),
    /** Starts the processes again that have ended. */
    async revive() {
      for (const bot of processes) {
        if (isAlive(bot)) continue
        await bot.ended
        await bot.proxy.whenIdle()
        await countEditsUnderWay()
        await releaseHeld()
        run(bot)
      }
    },
    /** Does something and waits until all processes say after it that they use new content. */
    async untilNewContent(work: () => void) {
      for (const bot of processes) bot.output = ''
      work()
      await waitForAll('the new content', ({ output }) => /content: reloaded/.test(output))
    },
    /** Lets all processes end by themselves. */
    stop: () => signalAll('SIGTERM'),
    output: () => processes.map(({ output }) => output).join('\n'),
    /** The text of every message in the channel of the desk. */
    deskMessages() {
      const channel = loopback.placeOf(DESK_INDEX).split('/')[1]
      return loopback
        .messages()
        .filter(message => message.channel === channel)
        .map(({ text }) => text)
    },
    async close() {
      await signalAll('SIGKILL')
      await Promise.all(processes.map(({ proxy }) => proxy.close()))
    },
  }
}
