import { schedule as cron, type ScheduledTask } from 'node-cron'
import type { Log, Place } from '../chat/platform.ts'
import { phrases } from '../phrases/phrases.ts'
import type { NewDelivery } from '../store/delivery.ts'
import type { Store } from '../store/store.ts'
import type { Advance, Subscription } from '../store/subscriptions.ts'
import { type Day, dueSlots, GRACE_MS, type Rhythm, type Slot } from './slots.ts'

/** What the schedule needs; `lane` is what a place shares its platform's rate limit with. */
type ScheduleOptions = {
  store: Store
  lane(place: Place): string
  graceMs?: number
  log: Log
}

/** The schedule: `tick` makes rows of all that is due and returns how many; `start` does so now and every minute. */
export type Schedule = { tick(): Promise<number>; start(): void; stop(): Promise<void> }

const BATCH = 500
/** So many missed slots of one subscription get a row each; the oldest of them tells of those before. */
const MAX_MISSED = 10

/** Makes the schedule. node-cron only wakes it: what is due, and whether it was done, stands in the store. */
export function createSchedule({ store, lane, graceMs = GRACE_MS, log }: ScheduleOptions): Schedule {
  let task: ScheduledTask | undefined
  let running: Promise<number> | undefined

  async function tickOnce(): Promise<number> {
    let rows = 0
    for (;;) {
      const { now, due } = await store.subscriptions.listDue(BATCH)
      if (due.length === 0) return rows
      const decided: Advance[] = []
      for (const subscription of due) {
        try {
          decided.push(planDeliveries(subscription, now, lane(subscription.place), graceMs))
        } catch (cause) {
          // A zone that no longer exists, say: it must not come up again and again, nor stop the others.
          log.error(
            { err: cause, place: subscription.place, digest: subscription.digest },
            'schedule: paused',
          )
          await store.subscriptions.setState(subscription, 'paused', phrases.digestStatus.timeUnknown)
        }
      }
      rows += await store.subscriptions.advance(decided)
      await store.notify()
    }
  }

  const tick = (): Promise<number> => {
    // A tick that takes longer than a minute is not joined by a second one.
    running ??= tickOnce().finally(() => {
      running = undefined
    })
    return running
  }
  const quietly = () =>
    tick().then(
      rows => rows > 0 && log.info({ rows }, 'schedule: digests are due'),
      cause => log.error({ err: cause }, 'schedule: the tick failed; the next one tries again'),
    )

  return {
    tick,
    start: () => {
      void quietly()
      task = cron('* * * * *', quietly, { timezone: 'UTC', suppressMissedWarning: true })
    },
    stop: async () => {
      await task?.destroy()
      await running?.catch(() => {})
    },
  }
}

/** What a moment brings for one subscription: rows for the ledger, and the next slot. Pure. */
export function planDeliveries(
  subscription: Subscription,
  now: number,
  lane: string,
  graceMs = GRACE_MS,
): Advance {
  const { place, digest } = subscription
  const noted: Slot = { at: subscription.nextSlot, date: subscription.nextDate }
  const { send, missed, next } = dueSlots(rhythmOf(subscription), noted, now, graceMs)
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
  const told = missed.slice(-MAX_MISSED)
  const before = missed.length - told.length
  const deliveries = told.map((slot, index) => {
    const also = index === 0 && before > 0 ? `; so were ${before} before it` : ''
    return row(slot, { state: 'missed', error: `missed: nutgraf was not running${also}` })
  })
  if (send) deliveries.push(row(send, { state: 'due' }))
  return { subscription, deliveries, next }
}

/** How many slots were missed before the one whose row has this error: it alone tells of those without a row. */
export const missedBefore = (error = ''): number => Number(/; so were (\d+) before it$/.exec(error)?.[1] ?? 0)

/** The identity of an edition at a place; `number` 2 is its thread reply. */
export const editionKey = ({ place, digest }: { place: string; digest: string }, slot: number, number = 1) =>
  `${place} ${digest} ${new Date(slot).toISOString()} #${number}`

/** When a subscription comes. */
export const rhythmOf = ({ time, zone, days }: Pick<Subscription, 'time' | 'zone' | 'days'>): Rhythm => ({
  time,
  zone,
  days: days.split(',') as Day[],
})
