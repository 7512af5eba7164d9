import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cause } from '../../../src/store/causes.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { createCorrectionFaults } from './correction-faults.ts'
import { postCorrectionMessages, waitUntilDelivered } from './correction-messages.ts'
import type { CorrectionRunOptions } from './correction-options.ts'
import { openCorrectionPlatform } from './correction-platform.ts'
import { openCorrectionProcesses } from './correction-processes.ts'
import { WITHDRAWN_STORY, WRONG_WORD } from './correction-stories.ts'

/** What was found after a correction and a withdrawal were taken back while processes were killed. */
export type TakeBackResult = {
  messages: number
  causes: Cause[]
  /** How many messages had been corrected, and how many had been taken down. */
  corrected: number
  withdrawn: number
  /** Texts of messages that do not say that their correction was taken back, or still show it. */
  notTakenBack: string[]
  /** Texts of messages that are not the words that they had before their story was taken down. */
  notRestored: string[]
  /** Messages that showed neither and were edited all the same. */
  wronglyEdited: string[]
}

const PATIENCE_MS = 90_000
/** A caution that processes add today, and that the messages were posted without. */
const CAUTION = ' · not checked since 5 May 2026'
const TAKEN_BACK = /CORRECTION TAKEN BACK/

/** Corrects and withdraws what messages show, takes both back while processes are killed, and reads the messages. */
export async function runTakeBack(
  options: CorrectionRunOptions & { kills?: never; times: number },
): Promise<TakeBackResult> {
  const { platform, databaseUrl } = options
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-take-back-'))
  const data = join(folder, 'data')
  const loopback = await openCorrectionPlatform(platform, options.workspaces)
  const engine =
    databaseUrl === undefined
      ? createSqliteEngine(storeFile(data))
      : createPostgresEngine(databaseUrl, { maxConnections: 2 })
  const store = await openStore(engine)
  const faults = createCorrectionFaults(platform, false)
  const processes = await openCorrectionProcesses(options, { loopback, faults, store, engine, folder, data })

  /** Waits until causes are as they should be; meanwhile, starts processes again that were killed. */
  async function follow(
    holds: (causes: Cause[]) => boolean,
    kills = 0,
    killEvery = Number.POSITIVE_INFINITY,
  ) {
    let killed = 0
    faults.killAfter(kills > 0 ? killEvery : Number.POSITIVE_INFINITY)
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(25)) {
      if (processes.hasEnded()) {
        killed++
        await processes.revive()
        faults.killAfter(killed < kills ? killEvery : Number.POSITIVE_INFINITY)
      }
      const causes = await store.corrections.causes()
      if (holds(causes)) {
        if (killed < kills) throw new Error(`only ${killed} of ${kills} processes were killed`)
        return causes
      }
      if (Date.now() > end) throw new Error(`not done in time: ${JSON.stringify(causes)}`)
    }
  }
  const areDone = (count: number) => (causes: Cause[]) =>
    causes.length === count && causes.every(({ doneAt, pending }) => doneAt !== undefined && pending === 0)

  try {
    processes.write('new')
    await postCorrectionMessages(store, loopback, options.messages)
    await processes.start()
    const before = new Map(loopback.messages().map(({ id, text }) => [id, text]))
    processes.write('corrected')
    await follow(areDone(1))
    await processes.ready()
    processes.write('withdrawn')
    await follow(areDone(2))
    await waitUntilDelivered(store)
    const wrong = loopback.messages().filter(({ text }) => /CORRECTED.*Mittwoch/.test(text))
    const down = loopback.messages().filter(({ text }) => text.includes('WITHDRAWN'))
    const editedBefore = loopback.editCounts()

    processes.write('new')
    const isBack = (causes: Cause[]) =>
      areDone(2)(causes) && causes.every(({ takenBackAt }) => takenBackAt !== undefined)
    const killEvery = Math.ceil((wrong.length + down.length) / (options.times + 2))
    const causes = await follow(isBack, options.times, killEvery)
    await waitUntilDelivered(store)
    await processes.stop()

    const after = new Map(loopback.messages().map(({ id, text }) => [id, text]))
    const edits = loopback.editCounts()
    const shown = new Set([...wrong, ...down].map(({ id }) => id))
    const textsOf = (list: { id: string }[], isWrong: (text: string, id: string) => boolean) =>
      list.flatMap(({ id }) => (isWrong(after.get(id) ?? '', id) ? [after.get(id) ?? id] : []))
    return {
      messages: before.size,
      causes,
      corrected: wrong.length,
      withdrawn: down.length,
      notTakenBack: textsOf(
        wrong,
        text => !TAKEN_BACK.test(text) || text.includes('Donnerstag') || !text.includes(WRONG_WORD),
      ),
      notRestored: textsOf(
        down,
        (text, id) => text.replaceAll(CAUTION, '') !== before.get(id) || !text.includes(WITHDRAWN_STORY),
      ),
      wronglyEdited: [...before.keys()].filter(
        id => !shown.has(id) && edits.get(id) !== editedBefore.get(id),
      ),
    }
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${processes.output()}`, { cause })
  } finally {
    await processes.close()
    await Promise.all([loopback.close(), store.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}
