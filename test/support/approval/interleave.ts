import { MINUTE, openApprovalRun, type PostOutcome } from './approval-run.ts'
import { createJudge } from './judge.ts'
import { lostIn } from './lost.ts'
import { randomFrom } from './random-from.ts'

const PEOPLE = ['ann', 'ben', 'cat'].map(name => ({
  ...{ who: `slack:T1/${name}`, name, place: 'slack:T1/C1' },
}))
const STEPS = [1, 5, 10, 29, 60, 150, 300, 700, 1_440]
const OUTCOMES: PostOutcome[] = ['works', 'cut after', 'cut before', 'limited']
const DAY = 24 * 60
/** Within how many awaits a process dies that is to die. */
const DIES_WITHIN = 60

/** What happened in an interleaving, to see that it was about something. */
export type Happened = Record<'posts' | 'late' | 'voids' | 'holds' | 'missed' | 'kills', number>

/**
 * Lets edits, approvals, holds, slots, steps of the clock and the death of the process follow each other at random, also
 * at the awaits of what the bot does. Then lets everything end, and returns what went wrong: posts that were not approved,
 * and news, editions or notices that were lost.
 */
export async function runInterleaving(
  seed: number,
  actions = 24,
): Promise<{ faults: string[]; happened: Happened }> {
  const { next, pick } = randomFrom(seed)
  let isRunning = false
  let isOutside = false
  let dieIn = Number.POSITIVE_INFINITY
  let isDead = false
  let kills = 0
  /** Whether the clock was moved while the bot was doing something: how late a post is was then decided before that. */
  let isStepped = false
  const seen: { key: string; hash: string }[] = []

  const run = await openApprovalRun({
    approvals: pick([1, 2]),
    onAwait: async inTransaction => {
      if (!isRunning || isOutside) return
      if (isDead || --dieIn <= 0) {
        if (!isDead) kills++
        isDead = true
        throw new Error('killed')
      }
      if (inTransaction || next() > 0.03) return
      isOutside = true
      await outside()
      isOutside = false
    },
    onBegun: async key => {
      isOutside = true
      if (!key.startsWith('notice')) await judge.begun(key)
      isOutside = false
    },
    onPost: message => {
      if (!message.key.startsWith('notice')) judge.posted(message, isStepped)
    },
  })
  const { store } = run
  const judge = createJudge(() => store)
  isRunning = true

  /** Somebody looks at an edition that waits. What they saw, they may approve later. */
  async function see() {
    const open = await store.approvals.open()
    if (open.length === 0) return
    const { key, hash } = pick(open)
    await judge.see(key, hash)
    seen.push({ key, hash })
  }

  async function approve() {
    if (seen.length === 0 || next() < 0.8) await see()
    const meant = next() < 0.85 ? seen.at(-1) : pick(seen)
    if (!meant) return
    const who = pick(PEOPLE)
    judge.approve(who.who, meant.hash)
    await store.approvals.approve(meant.key, meant.hash, who)
  }

  async function hold() {
    const open = await store.approvals.open()
    if (open.length > 0) await store.approvals.hold(pick(open).key, pick(PEOPLE))
  }

  function edit() {
    const { events, fact, river, isRiverGone } = run.content()
    const which = next()
    if (which < 0.4 && events < 5) run.edit({ events: events + 1 })
    else if (which < 0.7) run.edit({ fact: Math.abs(fact + pick([1, -1])) })
    else if (which < 0.85) run.edit({ isRiverGone: !isRiverGone })
    else if (which < 0.95 && !isRiverGone && river < 4) run.edit({ river: river + 1 })
    else run.edit({ approvals: pick([1, 2]) })
  }

  /** What others do, whatever the bot is doing. */
  async function outside() {
    const which = next()
    if (which < 0.45) await approve()
    else if (which < 0.55) await hold()
    else if (which < 0.85) edit()
    else {
      isStepped = true
      run.advance(pick(STEPS.slice(0, 4)) * MINUTE)
    }
  }

  /** Something that the bot does. If it dies, another one is started. */
  async function inside(work: () => Promise<unknown>) {
    isStepped = false
    await work().catch(cause => {
      if (!isDead) throw cause
    })
    if (!isDead) return
    dieIn = Number.POSITIVE_INFINITY
    isDead = false
    isOutside = true
    await run.restart()
    isOutside = false
  }

  async function act() {
    const which = next()
    if (which < 0.12) return edit()
    if (which < 0.3) return approve()
    if (which < 0.35) return hold()
    if (which < 0.5) return run.advance(pick(STEPS) * MINUTE)
    if (which < 0.54) return void run.outcomes.push(pick(OUTCOMES))
    if (which < 0.62) dieIn = Math.ceil(next() * DIES_WITHIN)
    if (which < 0.66) return inside(run.tick)
    if (which < 0.7) return inside(run.look)
    if (which < 0.74) return inside(run.work)
    return inside(run.round)
  }

  /** Everybody approves what is open, and time goes by until nothing is. */
  async function end() {
    isRunning = false
    isStepped = false
    run.outcomes.splice(0)
    await run.restart()
    await run.round()
    const [{ nextSlot = 0 } = {}] = await store.subscriptions.list()
    // Two more editions: the first may be about an hour that is over already.
    for (const minutes of [-20, 1, 10, DAY - 20, DAY + 1, DAY + 10]) {
      const until = nextSlot + minutes * MINUTE
      if (until > run.now()) run.advance(until - run.now())
      await run.round()
      for (const { key, hash } of await store.approvals.open()) {
        await judge.see(key, hash)
        for (const who of PEOPLE.slice(0, 2)) {
          judge.approve(who.who, hash)
          await store.approvals.approve(key, hash, who)
        }
      }
      await run.round()
    }
  }

  try {
    for (let count = 0; count < actions; count++) await act()
    await end()
    const log = (await store.editorLog.entries()).map(({ what }) => what)
    const count = (what: string) => log.filter(entry => entry === what).length
    return {
      faults: [...judge.faults, ...(await lostIn(run)), ...unexpectedErrors(run.log.errors)],
      happened: {
        posts: run.editions().length,
        late: run.editions().filter(({ reply }) => reply.label?.line.includes(' instead of ')).length,
        voids: count('approval void'),
        holds: count('hold'),
        missed: count('edition not approved'),
        kills,
      },
    }
  } finally {
    await run.close()
  }
}

/** Errors that have nothing to do with the death of a process, nor with content that is another one meanwhile. */
const unexpectedErrors = (errors: object[]): string[] =>
  errors
    .map(error => String((error as { err?: Error }).err?.stack))
    .filter(text => !/killed|content: |process has content/.test(text))
