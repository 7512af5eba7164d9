import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Log } from '../chat/platform.ts'
import { isAtOnce } from '../content/digest.ts'
import type { Store } from '../store/store.ts'
import type { Subscription } from '../store/subscriptions.ts'
import { type Rhythm, type Slot, slotsBetween } from './slots.ts'

/**
 * Plans the next slots again if the clock was set back since they were planned: it may have been a month ahead, and no
 * digest waits for a month. A date that has its edition gets no other one.
 */
export async function planAgainAfterSetBack(
  { subscriptions }: Pick<Store, 'subscriptions'>,
  rhythmOf: (subscription: Subscription) => Rhythm,
  log: Log,
): Promise<void> {
  const setBack = await subscriptions.setBackSincePlanned()
  if (!setBack) return
  const { now, setBacks } = setBack
  for (const subscription of await subscriptions.list()) {
    if (subscription.state !== 'on' || subscription.nextSlot <= now || isAtOnce(subscription)) continue
    try {
      const done = await subscriptions.datesDone(subscription, now)
      const next = firstNotDone(rhythmOf(subscription), now, subscription.nextSlot, done)
      if (next) await subscriptions.planEarlier({ subscription, next }, now)
    } catch (cause) {
      const { place, digest } = subscription
      log.error({ err: cause, place, digest }, 'schedule: the next slot stays as it was')
    }
    await letOthersRun()
  }
  await subscriptions.notePlanned(setBacks)
}

function firstNotDone(rhythm: Rhythm, now: number, before: number, done: Set<string>): Slot | undefined {
  for (const slot of slotsBetween(rhythm, now, before - 1)) if (!done.has(slot.date)) return slot
  return undefined
}
