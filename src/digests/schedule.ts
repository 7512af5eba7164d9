import { schedule as cron, type ScheduledTask } from 'node-cron'
import type { Log, Place } from '../chat/platform.ts'
import { phrases } from '../phrases/phrases.ts'
import type { NewDelivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import type { Advance, Subscription } from '../store/subscriptions.ts'
import { planAgainAfterSetBack } from './plan-again.ts'
import { type Day, dueSlots, GRACE_MS, type Rhythm, type Slot } from './slots.ts'

/**
 * What the schedule needs. `lane` names the rate limit that a place shares with others. `needsApproval` says of which digests
 * the desk must approve editions: their rows wait for that.
 */
type ScheduleOptions = {
  store: Store
  lane(place: Place): string
  graceMs?: number
  needsApproval?(digest: string): boolean
  log: Log
}

/**
 * The schedule. `tick` adds rows for all digests that are due and returns how many; `start` ticks now and every minute.
 */
export type Schedule = { tick(): Promise<number>; start(): void; stop(): Promise<void> }

/** How many subscriptions are read and moved at a time. */
const BATCH = 500
const MINUTE_MS = 60_000
/** How many missed slots of one subscription get a row each. The oldest row counts the slots before it. */
const MAX_MISSED = 10

/**
 * Creates the schedule. node-cron only wakes it at full minutes: the store knows what is due and whether it was done. Where
 * the clock was set back, node-cron waits until its next minute has come again; the timer beside it does not.
 */
export function createSchedule({
  store,
  lane,
  graceMs = GRACE_MS,
  needsApproval = () => false,
  log,
}: ScheduleOptions): Schedule {
  let task: ScheduledTask | undefined
  let backstop: NodeJS.Timeout | undefined
  let waking: NodeJS.Immediate | undefined
  let running: Promise<number> | undefined

  async function tickOnce(): Promise<number> {
    let rows = 0
    await planAgainAfterSetBack(store, rhythmOf, log)
    for (;;) {
      const { now, due } = await store.subscriptions.listDue(BATCH)
      if (due.length === 0) return rows
      const advances: Advance[] = []
      for (const subscription of due) {
        try {
          const state = needsApproval(subscription.digest) ? 'held' : 'due'
          advances.push(planDeliveries(subscription, now, lane(subscription.place), { graceMs, state }))
        } catch (cause) {
          // A zone that no longer exists, for example. It must not fail at every tick, nor hold up the others.
          log.error(
            { err: cause, place: subscription.place, digest: subscription.digest },
            'schedule: subscription paused, its next slot cannot be computed',
          )
          await store.subscriptions.setState(subscription, 'paused', phrases.digestStatus.timeUnknown)
        }
      }
      rows += await store.subscriptions.advance(advances)
      await store.notify()
    }
  }

  const tick = (): Promise<number> => {
    // If a tick takes longer than a minute, no second one starts beside it.
    running ??= tickOnce().finally(() => {
      running = undefined
    })
    return running
  }
  const tickAndLog = () =>
    tick().then(
      rows => rows > 0 && log.info({ rows }, 'schedule: digests are due'),
      cause => log.error({ err: cause }, 'schedule: tick failed, the next one will try again'),
    )

  return {
    tick,
    start: () => {
      void tickAndLog()
      backstop = setInterval(tickAndLog, MINUTE_MS)
      // Its first look at the calendar takes 40 ms, for which nobody who asks should wait.
      waking = setImmediate(() => {
        task = cron('* * * * *', tickAndLog, { timezone: 'UTC', suppressMissedWarning: true })
      })
    },
    stop: async () => {
      clearInterval(backstop)
      clearImmediate(waking)
      await task?.destroy()
      await running?.catch(() => {})
    },
  }
}

/**
 * Plans one subscription at a moment: the rows for the ledger and the next slot. Pure. `state` is that of the row to send.
 */
export function planDeliveries(
  subscription: Subscription,
  now: number,
  lane: string,
  { graceMs = GRACE_MS, state = 'due' }: { graceMs?: number; state?: 'due' | 'held' } = {},
): Advance {
  const { place, digest } = subscription
  const stored: Slot = { at: subscription.nextSlot, date: subscription.nextDate }
  const { send, missed, next } = dueSlots(rhythmOf(subscription), stored, now, graceMs)
  const row = (slot: Slot, more: Pick<NewDelivery, 'state' | 'error'>): NewDelivery => ({
    key: editionKey(subscription, slot.at),
    kind: 'edition',
    place,
    lane,
    digest,
    slot: slot.at,
    date: slot.date,
    number: 1,
    dueAt: slot.at,
    ...more,
  })
  const recorded = missed.slice(-MAX_MISSED)
  const earlier = missed.length - recorded.length
  const deliveries = recorded.map((slot, index) => {
    const suffix = index === 0 && earlier > 0 ? `; so were ${earlier} before it` : ''
    return row(slot, { state: 'missed', error: `missed: nutgraf was not running${suffix}` })
  })
  if (send) deliveries.push(row(send, { state }))
  return { subscription, deliveries, next }
}

/** Why a row was missed that the desk did not approve, as the ledger stores it. */
export const NOT_APPROVED = 'missed: not approved'

/** Whether an edition was missed because the desk did not approve it. */
export const isNotApproved = ({ state, error }: { state: string; error?: string }): boolean =>
  state === 'missed' && error === NOT_APPROVED

/** Reads from the error of a missed row how many slots before it were missed and have no row. */
export const missedBefore = (error = ''): number => Number(/; so were (\d+) before it$/.exec(error)?.[1] ?? 0)

/** The identity of an edition at a place; `number` 2 is its thread reply. */
export const editionKey = ({ place, digest }: { place: string; digest: string }, slot: number, number = 1) =>
  `${place} ${digest} ${new Date(slot).toISOString()} #${number}`

/** The rhythm of a subscription. */
export const rhythmOf = ({ time, zone, days }: Pick<Subscription, 'time' | 'zone' | 'days'>): Rhythm => ({
  time,
  zone,
  days: days.split(',') as Day[],
})
