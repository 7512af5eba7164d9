import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cause } from '../../../src/store/causes.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import type { ProxyOutcome } from '../loopback/failing-proxy.ts'
import { createCorrectionFaults } from './correction-faults.ts'
import { postCorrectionMessages, waitUntilDelivered } from './correction-messages.ts'
import type { CorrectionRunOptions } from './correction-options.ts'
import { openCorrectionPlatform } from './correction-platform.ts'
import { openCorrectionProcesses } from './correction-processes.ts'
import { type ContentStage, WITHDRAWN_STORY, WRONG_STORY, WRONG_WORD } from './correction-stories.ts'

/** What happened to the messages for one cause. */
export type CauseResult = {
  cause: Cause
  /** How many messages showed it before, and how many of those were edited. */
  wrong: number
  edited: number
  /** Messages that were edited although they showed nothing of it. */
  wronglyEdited: string[]
  /** Messages that were edited again although the first edit was confirmed. */
  editedTwice: string[]
  /** Messages that still show what was wrong, or do not say that they were changed. */
  stillWrong: string[]
  /** How many requests were refused as too many, as a fault. */
  limited: number
  /** How many requests were above the platform's own limits, where those are kept. */
  overLimit: number
  tookMs: number
}

/** The result of a whole run. */
export type CorrectionRunResult = {
  messages: number
  threads: number
  corrected: CauseResult
  /** For each announcement of the correction, the message or thread that it is under. */
  notices: string[]
  /** How many edits followed after the content was touched, changed elsewhere, and all processes were restarted. */
  laterEdits: number
  withdrawn: CauseResult
  deskMessages: string[]
}

const PATIENCE_MS = 90_000
/** How long an edit takes on Slack at its real pace, the slowest of all. */
const SLOWEST_MS = 2_000
const ONE_EACH = { corrected: 1, withdrawn: 1 }
/** A retry is made to wait no longer than this, where the wait itself is not tested. */
const MAX_RETRY_WAIT_MS = 1_500
/** Long enough for a due row to be claimed and edited. */
const QUIET_MS = 400

const LIMITED: ProxyOutcome[] = Array.from({ length: 8 }, () => 'limited')
const ALL_FAULTS: ProxyOutcome[] = [
  'broken before',
  'broken after',
  'cut before',
  'cut after',
  ...LIMITED,
  ...LIMITED,
]

/**
 * Posts messages, then corrects and withdraws what they show while requests fail and processes are killed, and counts
 * which messages were edited.
 */
export async function runCorrections(options: CorrectionRunOptions): Promise<CorrectionRunResult> {
  const { platform, databaseUrl } = options
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-correct-'))
  const data = join(folder, 'data')
  const loopback = await openCorrectionPlatform(platform, options.workspaces)
  const engine =
    databaseUrl === undefined
      ? createSqliteEngine(storeFile(data))
      : createPostgresEngine(databaseUrl, { maxConnections: 2 })
  const store = await openStore(engine)
  const faults = createCorrectionFaults(platform, options.realPace ?? false)
  const processes = await openCorrectionProcesses(options, { loopback, faults, store, engine, folder, data })
  /** Messages that cannot be changed. */
  const unchangeable = new Set<string>()

  /** Brings retries that wait for long forward, as if time went by faster for them. */
  const shortenRetries = async () =>
    engine.query(
      `update deliveries set due_at = due_at - 60000 where state = 'due' and error is not null and due_at > $1`,
      [(await store.clock()) + MAX_RETRY_WAIT_MS],
    )

  /** Writes the next stage of the content and kills processes until its cause is done; returns that cause. */
  async function followCause(to: ContentStage, wrong: number): Promise<Cause & { doneAt: number }> {
    const kills = (options.kills ?? ONE_EACH)[to === 'withdrawn' ? 'withdrawn' : 'corrected']
    const killEvery = Math.ceil(wrong / (kills + 2))
    const knownCauses = new Set((await store.corrections.causes()).map(({ cause }) => cause))
    let killed = 0
    faults.killAfter(kills > 0 ? killEvery : Number.POSITIVE_INFINITY)
    processes.write(to)
    const end = Date.now() + PATIENCE_MS + (options.realPace ? wrong * SLOWEST_MS : 0)
    for (; ; await sleep(25)) {
      if (processes.hasEnded()) {
        killed++
        await processes.revive()
        faults.killAfter(killed < kills ? killEvery : Number.POSITIVE_INFINITY)
      }
      if (!options.realPace) await shortenRetries()
      const cause = (await store.corrections.causes()).find(row => !knownCauses.has(row.cause))
      if (cause?.doneAt !== undefined) {
        if (killed < kills) throw new Error(`${to}: only ${killed} of ${kills} processes were killed`)
        return { ...cause, doneAt: cause.doneAt }
      }
      if (Date.now() > end) throw new Error(`${to} was not done in time: ${JSON.stringify(cause)}`)
    }
  }

  /** Brings the content to its next stage and counts what was edited; `corrected` matches messages that were changed. */
  async function reachStage(
    to: ContentStage,
    isWrong: (text: string) => boolean,
    corrected: RegExp,
    stageFaults: ProxyOutcome[],
  ): Promise<CauseResult> {
    const before = loopback.editCounts()
    const wrong = new Set(
      loopback
        .messages()
        .filter(({ text }) => isWrong(text))
        .map(({ id }) => id),
    )
    faults.begin(options.withoutFaults ? [] : stageFaults)
    const cause = await followCause(to, wrong.size)
    const after = loopback.editCounts()
    const editsOf = (id: string) => (after.get(id) ?? 0) - (before.get(id) ?? 0)
    const messages = loopback.messages()
    const edited = messages.filter(({ id }) => editsOf(id) > 0)
    return {
      cause,
      wrong: wrong.size,
      edited: edited.filter(({ id }) => wrong.has(id)).length,
      wronglyEdited: edited.filter(({ id }) => !wrong.has(id)).map(({ text }) => text),
      editedTwice: edited
        .filter(({ id }) => editsOf(id) > 1 + faults.unconfirmedEdits(id))
        .map(({ id }) => id),
      stillWrong: messages
        .filter(({ id }) => wrong.has(id) && !unchangeable.has(id))
        .filter(({ text }) => !corrected.test(text) || isWrong(text))
        .map(({ text }) => text),
      ...faults.counts(),
      tookMs: cause.doneAt - cause.seenAt,
    }
  }

  /** Counts the edits that follow if the content is touched, changed elsewhere, and all processes are restarted. */
  async function countLaterEdits(): Promise<number> {
    const countEdits = () => [...loopback.editCounts().values()].reduce((sum, count) => sum + count, 0)
    const before = countEdits()
    faults.setCalm(true)
    await processes.untilNewContent(() => {
      processes.write('corrected')
      processes.write('unrelated')
    })
    await sleep(QUIET_MS)
    await processes.stop()
    await processes.start()
    await sleep(QUIET_MS)
    faults.setCalm(false)
    return countEdits() - before
  }

  /** Deletes one message that shows the withdrawn story, and removes the bot from the channel of another. */
  function loseTwoMessages() {
    // The first of these is an edition, the second an answer.
    const [deleted, forbidden] = loopback
      .messages()
      .filter(({ text }) => text.includes(`The ${WITHDRAWN_STORY}`) && !text.includes(`The ${WRONG_STORY}`))
      .map(({ id }) => id)
    loopback.deleteMessage(deleted!)
    loopback.removeBot(forbidden!)
    unchangeable.add(forbidden!)
  }

  async function run(): Promise<CorrectionRunResult> {
    processes.write('new')
    await postCorrectionMessages(store, loopback, options.messages)
    const messages = loopback.messages()
    await processes.start()

    const corrected = await reachStage(
      'corrected',
      text => text.includes(WRONG_WORD),
      /CORRECTED.*Mittwoch.*Donnerstag/,
      ALL_FAULTS,
    )
    await waitUntilDelivered(store)
    // A process notices no change of the content that is made before it is ready.
    await processes.ready()
    const earlier = new Set(messages.map(({ id }) => id))
    const notices = loopback
      .messages()
      .filter(({ id, text }) => !earlier.has(id) && text.includes('Donnerstag'))
      .map(({ under }) => under ?? '')
    const laterEdits = await countLaterEdits()

    loseTwoMessages()
    const withdrawn = await reachStage(
      'withdrawn',
      text => text.includes(`The ${WITHDRAWN_STORY}`),
      /WITHDRAWN\W+6 May 2026/,
      LIMITED,
    )
    const isReported = () => processes.deskMessages().some(text => text.includes('Withdrawn:'))
    for (let look = 0; look < 100 && !isReported(); look++) await sleep(50)
    await processes.stop()
    return {
      messages: messages.length,
      threads: messages.filter(({ under }) => under !== undefined).length,
      corrected,
      notices,
      laterEdits,
      withdrawn,
      deskMessages: processes.deskMessages(),
    }
  }

  try {
    return await run()
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${processes.output()}`, { cause })
  } finally {
    await processes.close()
    await Promise.all([loopback.close(), store.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}
