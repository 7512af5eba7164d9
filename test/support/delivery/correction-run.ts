import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cause } from '../../../src/store/causes.ts'
import { storeFile } from '../../../src/store/connect.ts'
import { postgres } from '../../../src/store/postgres.ts'
import { sqlite } from '../../../src/store/sqlite.ts'
import { openStore } from '../../../src/store/store.ts'
import { type Door, editedBy, type Fate, type Knock, openDoor } from '../loopback/failing-door.ts'
import { windows } from '../loopback/rate-limit-windows.ts'
import { delivered, seed } from './correction-messages.ts'
import { openCorrectStage } from './correction-platform.ts'
import { MISTAKEN, type Stage, WITHDRAWN, WRONG, writeStage } from './correction-stories.ts'
import { startedWith } from './start-with.ts'

/** How much stands when the correction comes, and how hard it is made for it. */
export type Correcting = {
  platform: 'slack' | 'discord'
  messages: number
  /** With it, several workers share a PostgreSQL, each with a content folder of its own. */
  databaseUrl?: string
  workers?: number
  /** So much later all workers but the first get what is new. */
  lateMs?: number
  /** So many processes are killed while the correction is on its way, and while the withdrawal is. */
  kills?: { corrected: number; withdrawn: number }
  workspaces?: number
  /** How long a request may take; a row that a killed process held is taken up again after two and a half of these. */
  postMs?: number
  /** The correction is told at once in the thread of each message that was wrong. */
  notice?: boolean
  /** Nothing is cut off, limited or answered with an error. */
  calm?: boolean
  /** What waits to be tried again waits as long as it really would, and the platform's limits are kept. */
  real?: boolean
}

/** What became of the messages for one cause. */
export type Reached = {
  cause: Cause
  /** Messages that showed it before, and how many of them were edited. */
  wrong: number
  edited: number
  /** Edited although they showed nothing of it, and edited twice although the first edit was confirmed. */
  astray: string[]
  twice: string[]
  /** What still shows what was wrong, and what does not say that it was changed. */
  left: string[]
  limited: number
  /** Requests above the platform's own limits, where those are kept. */
  over: number
  took: number
}

/** What was seen in a whole session. */
export type Corrected = {
  messages: number
  threads: number
  corrected: Reached
  /** What was told at once, by the message or thread that it stands under. */
  notices: string[]
  /** Edits after the content was touched, changed elsewhere, and all processes were started anew. */
  later: number
  withdrawn: Reached
  desk: string[]
}

const PATIENCE_MS = 90_000
const DESK = 90_000
/** What an edit takes on Slack, where they are slowest. */
const SLOWEST_MS = 2_000
const ONE_EACH = { corrected: 1, withdrawn: 1 }

/** Lets messages be posted, corrects and withdraws what they show while processes are killed, and counts what stands. */
export async function correcting(options: Correcting): Promise<Corrected> {
  const { platform, databaseUrl, kills = ONE_EACH, postMs = 2_000 } = options
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-correct-'))
  const data = join(folder, 'data')
  const stage = await openCorrectStage(platform, options.workspaces)
  const engine = databaseUrl === undefined ? sqlite(storeFile(data)) : postgres(databaseUrl, { most: 2 })
  const store = await openStore(engine)
  /** Edits of which nobody can know that they were done, by message. */
  const unsure = new Map<string, number>()
  /** Messages that cannot be changed. */
  const lost = new Set<string>()
  const troubled = new Set<string>()
  let faults: Fate[] = []
  let untilKill = Number.POSITIVE_INFINITY
  let calm = false
  let limited = 0
  let over = 0
  let edits = 0
  const fits = windows(platform)

  const fate = (knock: Knock): Fate => {
    const id = editedBy(knock)
    if (options.real && !fits(knock)) {
      over++
      return 'limited'
    }
    if (id === undefined || calm) return 'passes'
    if (--untilKill === 0) return 'killed after'
    // Each has trouble once at most, or the last of them would take the longer the fewer they are.
    if (troubled.has(id) || ++edits % EVERY > 0) return 'passes'
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
        door: await openDoor(stage.apiUrl, { fate, kill: () => one.child?.kill('SIGKILL') }),
        dead: Promise.resolve(),
        said: '',
        ready: false,
      }
      return one
    }),
  )
  const write = (to: Stage) => {
    const [first, ...others] = all
    writeStage(first!.content, to, options.notice)
    const rest = () => {
      for (const one of others) writeStage(one.content, to, options.notice)
    }
    if (options.lateMs === undefined || to === 'new') rest()
    else setTimeout(rest, options.lateMs)
  }

  function run(one: Process) {
    one.said = ''
    one.ready = false
    const { child, dead } = startedWith(
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

  const ready = () => until('started', () => all.every(one => one.ready))

  /** Waits until a process has ended, and starts it again; what it had under way may be done twice. */
  async function revive() {
    for (const one of all) {
      if (one.child && alive(one)) continue
      await one.dead
      await one.door.quiet()
      const held = await engine.query<{ message: string }>(
        `select message from deliveries where state = 'sending' and message is not null`,
      )
      for (const { message } of held) {
        const { id } = JSON.parse(message) as { id: string }
        unsure.set(id, (unsure.get(id) ?? 0) + 1)
      }
      // As if it had been dead for a minute: what it held is free, the content too.
      if (databaseUrl !== undefined) await store.letGo()
      else if (!options.real)
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
    to: Stage,
    shows: (text: string) => boolean,
    told: RegExp,
    given: Fate[],
  ): Promise<Reached> {
    const most = kills[to === 'withdrawn' ? 'withdrawn' : 'corrected']
    const before = stage.edits()
    const wrong = new Set(
      stage
        .standing()
        .filter(one => shows(one.text))
        .map(one => one.id),
    )
    unsure.clear()
    troubled.clear()
    faults = options.calm ? [] : [...given]
    limited = 0
    over = 0
    const known = new Set((await store.causes()).map(one => one.cause))
    let killed = 0
    untilKill = most > 0 ? Math.ceil(wrong.size / (most + 2)) : Number.POSITIVE_INFINITY
    write(to)
    const from = Date.now()
    let cause: Cause | undefined
    for (const end = from + PATIENCE_MS + (options.real ? wrong.size * SLOWEST_MS : 0); ; await sleep(25)) {
      if (all.some(one => !alive(one))) {
        killed++
        await revive()
        untilKill = killed < most ? Math.ceil(wrong.size / (most + 2)) : Number.POSITIVE_INFINITY
      }
      if (!options.real) await hasten()
      cause = (await store.causes()).find(one => !known.has(one.cause))
      if (cause?.doneAt !== undefined) break
      if (Date.now() > end) throw new Error(`${to} did not come to its end: ${JSON.stringify(cause)}`)
    }
    if (killed < most) throw new Error(`${to}: only ${killed} of ${most} processes were killed`)
    const after = stage.edits()
    const editsOf = (id: string) => (after.get(id) ?? 0) - (before.get(id) ?? 0)
    const standing = stage.standing()
    const changed = standing.filter(({ id }) => editsOf(id) > 0)
    return {
      cause,
      wrong: wrong.size,
      edited: changed.filter(({ id }) => wrong.has(id)).length,
      astray: changed.filter(({ id }) => !wrong.has(id)).map(one => one.text),
      twice: changed.filter(({ id }) => editsOf(id) > 1 + (unsure.get(id) ?? 0)).map(({ id }) => id),
      left: standing
        .filter(({ id, text }) => wrong.has(id) && !lost.has(id) && (!told.test(text) || shows(text)))
        .map(one => one.text),
      limited,
      over,
      took: cause.doneAt - cause.seenAt,
    }
  }

  try {
    write('new')
    await seed(store, stage, options.messages)
    const messages = stage.standing()
    for (const one of all) run(one)
    await ready()

    const corrected = await reach(
      'corrected',
      text => text.includes(WRONG),
      /CORRECTED.*Mittwoch.*Donnerstag/,
      ALL,
    )
    await delivered(store)
    // What is changed before it is watched for would not be heard of.
    await ready()
    const stood = new Set(messages.map(one => one.id))
    const notices = stage
      .standing()
      .filter(one => !stood.has(one.id) && one.text.includes('Donnerstag'))
      .map(one => one.under ?? '')
    calm = true
    const count = () => [...stage.edits().values()].reduce((sum, one) => sum + one, 0)
    const before = count()
    for (const one of all) one.said = ''
    write('corrected')
    write('unrelated')
    await until('the new content', () => all.every(one => /the new content is in use/.test(one.said)))
    await sleep(QUIET_MS)
    for (const one of all) one.child?.kill('SIGTERM')
    await Promise.all(all.map(one => one.dead))
    for (const one of all) run(one)
    await ready()
    await sleep(QUIET_MS)
    const later = count() - before
    calm = false

    // The first shows the story in an edition, the second in an answer.
    const [gone, forbidden] = stage
      .standing()
      .filter(one => one.text.includes(`The ${WITHDRAWN}`) && !one.text.includes(`The ${MISTAKEN}`))
      .map(one => one.id)
    stage.remove(gone!)
    stage.expel(forbidden!)
    lost.add(forbidden!)
    const withdrawn = await reach(
      'withdrawn',
      text => text.includes(`The ${WITHDRAWN}`),
      /WITHDRAWN\W+6 May 2026/,
      SHORT,
    )
    const channel = stage.placeOf(DESK).split('/')[1]
    const desk = () =>
      stage
        .standing()
        .filter(one => one.channel === channel)
        .map(one => one.text)
    for (let look = 0; look < 100 && !desk().some(text => text.includes('Withdrawn:')); look++)
      await sleep(50)
    for (const one of all) one.child?.kill('SIGTERM')
    await Promise.all(all.map(one => one.dead))
    return {
      messages: messages.length,
      threads: messages.filter(one => one.under !== undefined).length,
      ...{ corrected, notices, later, withdrawn, desk: desk() },
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
  door: Door
  child?: ChildProcess
  dead: Promise<void>
  said: string
  ready: boolean
}

/** Resolves once all processes are as far as that. */
async function until(what: string, so: () => boolean): Promise<void> {
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
const EVERY = 6
const LIMITED: Fate[] = Array.from({ length: 8 }, () => 'limited')
const ALL: Fate[] = ['broken before', 'broken after', 'cut before', 'cut after', ...LIMITED, ...LIMITED]
const SHORT: Fate[] = [...LIMITED]

const alive = ({ child }: Process) =>
  child !== undefined && child.exitCode === null && child.signalCode === null
