import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cause } from '../../../src/store/causes.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import {
  editedMessageId,
  type FailingProxy,
  type ProxiedRequest,
  type ProxyOutcome,
  startFailingProxy,
} from '../loopback/failing-proxy.ts'
import { createRateLimitWindows } from '../loopback/rate-limit-windows.ts'
import { postCorrectionMessages, waitUntilDelivered } from './correction-messages.ts'
import { openCorrectionPlatform } from './correction-platform.ts'
import {
  type ContentStage,
  WITHDRAWN_STORY,
  WRONG_STORY,
  WRONG_WORD,
  writeStage,
} from './correction-stories.ts'
import { startDeliveryProcess } from './start-delivery-process.ts'

/** How much stands when the correction comes, and how hard it is made for it. */
export type CorrectionRunOptions = {
  platform: 'slack' | 'discord'
  messages: number
  /** With it, several workers share a PostgreSQL, each with a content folder of its own. */
  databaseUrl?: string
  workers?: number
  /** So much later all workers but the first get what is new. */
  contentDelayMs?: number
  /** So many processes are killed while the correction is on its way, and while the withdrawal is. */
  kills?: { corrected: number; withdrawn: number }
  workspaces?: number
  /** How long a request may take; a row that a killed process held is taken up again after two and a half of these. */
  postMs?: number
  /** The correction is told at once in the thread of each message that was wrong. */
  notice?: boolean
  /** Nothing is cut off, limited or answered with an error. */
  withoutFaults?: boolean
  /** What waits to be tried again waits as long as it really would, and the platform's limits are kept. */
  realPace?: boolean
}

/** What became of the messages for one cause. */
export type CauseResult = {
  cause: Cause
  /** Messages that showed it before, and how many of them were edited. */
  wrong: number
  edited: number
  /** Edited although they showed nothing of it, and edited twice although the first edit was confirmed. */
  wronglyEdited: string[]
  editedTwice: string[]
  /** What still shows what was wrong, and what does not say that it was changed. */
  stillWrong: string[]
  limited: number
  /** Requests above the platform's own limits, where those are kept. */
  overLimit: number
  tookMs: number
}

/** What was seen in a whole session. */
export type CorrectionRunResult = {
  messages: number
  threads: number
  corrected: CauseResult
  /** What was told at once, by the message or thread that it stands under. */
  notices: string[]
  /** Edits after the content was touched, changed elsewhere, and all processes were started anew. */
  laterEdits: number
  withdrawn: CauseResult
  deskMessages: string[]
}

const PATIENCE_MS = 90_000
const DESK = 90_000
/** What an edit takes on Slack, where they are slowest. */
const SLOWEST_MS = 2_000
const ONE_EACH = { corrected: 1, withdrawn: 1 }

/** Lets messages be posted, corrects and withdraws what they show while processes are killed, and counts what stands. */
export async function runCorrections(options: CorrectionRunOptions): Promise<CorrectionRunResult> {
  const { platform, databaseUrl, kills = ONE_EACH, postMs = 2_000 } = options
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-correct-'))
  const data = join(folder, 'data')
  const stage = await openCorrectionPlatform(platform, options.workspaces)
  const engine =
    databaseUrl === undefined
      ? createSqliteEngine(storeFile(data))
      : createPostgresEngine(databaseUrl, { most: 2 })
  const store = await openStore(engine)
  /** Edits of which nobody can know that they were done, by message. */
  const unsure = new Map<string, number>()
  /** Messages that cannot be changed. */
  const lost = new Set<string>()
  const troubled = new Set<string>()
  let faults: ProxyOutcome[] = []
  let untilKill = Number.POSITIVE_INFINITY
  let calm = false
  let limited = 0
  let overLimit = 0
  let edits = 0
  const fits = createRateLimitWindows(platform)

  const fate = (knock: ProxiedRequest): ProxyOutcome => {
    const id = editedMessageId(knock)
    if (options.realPace && !fits(knock)) {
      overLimit++
      return 'limited'
    }
    if (id === undefined || calm) return 'passes'
    if (--untilKill === 0) return 'killed after'
    // Each has trouble once at most, or the last of them would take the longer the fewer they are.
    if (troubled.has(id) || ++edits % FAULT_INTERVAL > 0) return 'passes'
    const given = faults.shift()
    if (given === undefined) return 'passes'
    troubled.add(id)
    if (given === 'limited') limited++
    if (given.endsWith('after')) unsure.set(id, (unsure.get(id) ?? 0) + 1)
    return given
  }
  const all: Process[] = await Promise.all(
    Array.from({ length: databaseUrl === undefined ? 1 : (options.workers ?? 2) }, async (_, index) => {
      const one: Process = {
        content: join(folder, `content-${index}`),
        door: await startFailingProxy(stage.apiUrl, { fate, kill: () => one.child?.kill('SIGKILL') }),
        dead: Promise.resolve(),
        said: '',
        ready: false,
      }
      return one
    }),
  )
  const write = (to: ContentStage) => {
    const [first, ...others] = all
    writeStage(first!.content, to, options.notice)
    const rest = () => {
      for (const one of others) writeStage(one.content, to, options.notice)
    }
    if (options.contentDelayMs === undefined || to === 'new') rest()
    else setTimeout(rest, options.contentDelayMs)
  }

  function run(one: Process) {
    one.said = ''
    one.ready = false
    const { child, dead } = startDeliveryProcess(
      {
        ...{ platform, databaseUrl, data, postMs, env: stage.env },
        ...{ apiUrl: one.door.apiUrl, content: one.content, desk: stage.placeOf(DESK) },
      },
      piece => {
        one.said = `${one.said}${piece}`.slice(-6_000)
        one.ready ||= READY.test(one.said)
      },
    )
    one.child = child
    one.dead = dead
  }

  const ready = () => waitForAll('started', () => all.every(one => one.ready))

  /** Waits until a process has ended, and starts it again; what it had under way may be done twice. */
  async function revive() {
    for (const one of all) {
      if (one.child && isAlive(one)) continue
      await one.dead
      await one.door.whenIdle()
      const held = await engine.query<{ message: string }>(
        `select message from deliveries where state = 'sending' and message is not null`,
      )
      for (const { message } of held) {
        const { id } = JSON.parse(message) as { id: string }
        unsure.set(id, (unsure.get(id) ?? 0) + 1)
      }
      // As if it had been dead for a minute: what it held is free, the content too.
      if (databaseUrl !== undefined) await store.revisions.releaseContentLease()
      else if (!options.realPace)
        await engine.query(`update deliveries set lease_until = 1 where state = 'sending'`)
      run(one)
    }
  }

  /** As if time went by faster for those that wait to be tried again. */
  const hasten = async () =>
    engine.query(
      `update deliveries set due_at = due_at - 60000 where state = 'due' and error is not null and due_at > $1`,
      [(await store.clock()) + HASTE_MS],
    )

  /** Puts another stage of the content into the folder, and follows it until its cause is settled. */
  async function reach(
    to: ContentStage,
    shows: (text: string) => boolean,
    told: RegExp,
    given: ProxyOutcome[],
  ): Promise<CauseResult> {
    const most = kills[to === 'withdrawn' ? 'withdrawn' : 'corrected']
    const before = stage.editCounts()
    const wrong = new Set(
      stage
        .messages()
        .filter(one => shows(one.text))
        .map(one => one.id),
    )
    unsure.clear()
    troubled.clear()
    faults = options.withoutFaults ? [] : [...given]
    limited = 0
    overLimit = 0
    const known = new Set((await store.corrections.causes()).map(one => one.cause))
    let killed = 0
    untilKill = most > 0 ? Math.ceil(wrong.size / (most + 2)) : Number.POSITIVE_INFINITY
    write(to)
    const from = Date.now()
    let cause: Cause | undefined
    for (
      const end = from + PATIENCE_MS + (options.realPace ? wrong.size * SLOWEST_MS : 0);
      ;
      await sleep(25)
    ) {
      if (all.some(one => !isAlive(one))) {
        killed++
        await revive()
        untilKill = killed < most ? Math.ceil(wrong.size / (most + 2)) : Number.POSITIVE_INFINITY
      }
      if (!options.realPace) await hasten()
      cause = (await store.corrections.causes()).find(one => !known.has(one.cause))
      if (cause?.doneAt !== undefined) break
      if (Date.now() > end) throw new Error(`${to} did not come to its end: ${JSON.stringify(cause)}`)
    }
    if (killed < most) throw new Error(`${to}: only ${killed} of ${most} processes were killed`)
    const after = stage.editCounts()
    const editsOf = (id: string) => (after.get(id) ?? 0) - (before.get(id) ?? 0)
    const standing = stage.messages()
    const changed = standing.filter(({ id }) => editsOf(id) > 0)
    return {
      cause,
      wrong: wrong.size,
      edited: changed.filter(({ id }) => wrong.has(id)).length,
      wronglyEdited: changed.filter(({ id }) => !wrong.has(id)).map(one => one.text),
      editedTwice: changed.filter(({ id }) => editsOf(id) > 1 + (unsure.get(id) ?? 0)).map(({ id }) => id),
      stillWrong: standing
        .filter(({ id, text }) => wrong.has(id) && !lost.has(id) && (!told.test(text) || shows(text)))
        .map(one => one.text),
      limited,
      overLimit,
      tookMs: cause.doneAt - cause.seenAt,
    }
  }

  try {
    write('new')
    await postCorrectionMessages(store, stage, options.messages)
    const messages = stage.messages()
    for (const one of all) run(one)
    await ready()

    const corrected = await reach(
      'corrected',
      text => text.includes(WRONG_WORD),
      /CORRECTED.*Mittwoch.*Donnerstag/,
      ALL,
    )
    await waitUntilDelivered(store)
    // What is changed before it is watched for would not be heard of.
    await ready()
    const stood = new Set(messages.map(one => one.id))
    const notices = stage
      .messages()
      .filter(one => !stood.has(one.id) && one.text.includes('Donnerstag'))
      .map(one => one.under ?? '')
    calm = true
    const count = () => [...stage.editCounts().values()].reduce((sum, one) => sum + one, 0)
    const before = count()
    for (const one of all) one.said = ''
    write('corrected')
    write('unrelated')
    await waitForAll('the new content', () => all.every(one => /the new content is in use/.test(one.said)))
    await sleep(QUIET_MS)
    for (const one of all) one.child?.kill('SIGTERM')
    await Promise.all(all.map(one => one.dead))
    for (const one of all) run(one)
    await ready()
    await sleep(QUIET_MS)
    const laterEdits = count() - before
    calm = false

    // The first shows the story in an edition, the second in an answer.
    const [gone, forbidden] = stage
      .messages()
      .filter(one => one.text.includes(`The ${WITHDRAWN_STORY}`) && !one.text.includes(`The ${WRONG_STORY}`))
      .map(one => one.id)
    stage.deleteMessage(gone!)
    stage.removeBot(forbidden!)
    lost.add(forbidden!)
    const withdrawn = await reach(
      'withdrawn',
      text => text.includes(`The ${WITHDRAWN_STORY}`),
      /WITHDRAWN\W+6 May 2026/,
      LIMITED_ONLY,
    )
    const channel = stage.placeOf(DESK).split('/')[1]
    const desk = () =>
      stage
        .messages()
        .filter(one => one.channel === channel)
        .map(one => one.text)
    for (let look = 0; look < 100 && !desk().some(text => text.includes('Withdrawn:')); look++)
      await sleep(50)
    for (const one of all) one.child?.kill('SIGTERM')
    await Promise.all(all.map(one => one.dead))
    return {
      messages: messages.length,
      threads: messages.filter(one => one.under !== undefined).length,
      ...{ corrected, notices, laterEdits, withdrawn, deskMessages: desk() },
    }
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${all.map(one => one.said).join('\n')}`, { cause })
  } finally {
    for (const one of all) one.child?.kill('SIGKILL')
    await Promise.all(all.map(one => one.dead))
    await Promise.all([...all.map(one => one.door.close()), stage.close(), store.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}

type Process = {
  content: string
  door: FailingProxy
  child?: ChildProcess
  dead: Promise<void>
  said: string
  ready: boolean
}

/** Resolves once all processes are as far as that. */
async function waitForAll(what: string, so: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !so(); await sleep(25))
    if (Date.now() > end) throw new Error(`not all processes have ${what}`)
}

/** On the first screen. */
const READY = /Health/
/** Nobody waits longer than this where the wait itself is not what is tested. */
const HASTE_MS = 1_500
/** Long enough for a row that is due to be taken up and edited. */
const QUIET_MS = 400

/** One edit of so many is cut off, limited or answered with an error: first what is waited for longest. */
const FAULT_INTERVAL = 6
const LIMITED: ProxyOutcome[] = Array.from({ length: 8 }, () => 'limited')
const ALL: ProxyOutcome[] = [
  'broken before',
  'broken after',
  'cut before',
  'cut after',
  ...LIMITED,
  ...LIMITED,
]
const LIMITED_ONLY: ProxyOutcome[] = [...LIMITED]

const isAlive = ({ child }: Process) =>
  child !== undefined && child.exitCode === null && child.signalCode === null
