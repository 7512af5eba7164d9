import type { Place } from '../../../src/chat/platform.ts'
import { editionKey } from '../../../src/digests/schedule.ts'
import type { NewDelivery } from '../../../src/store/delivery.ts'
import type { Subscription } from '../../../src/store/subscriptions.ts'

/** An edition of the digest `morning` that is due at a place. */
export const dueEdition = (place: Place, slot: number, more: Partial<NewDelivery> = {}): NewDelivery => ({
  key: editionKey({ place, digest: 'morning' }, slot),
  kind: 'edition',
  place,
  lane: place.replace(/\/.*/s, ''),
  digest: 'morning',
  slot,
  date: new Date(slot).toISOString().slice(0, 10),
  number: 1,
  state: 'due',
  dueAt: slot,
  ...more,
})

/** A daily subscription of a place to the digest `morning`, in UTC, at the minute of its next slot. */
export const dailySubscription = (
  place: Place,
  nextSlot: number,
  more: Partial<Subscription> = {},
): Subscription => {
  const [nextDate = '', time = ''] = new Date(nextSlot).toISOString().split('T')
  return {
    place,
    digest: 'morning',
    time: time.slice(0, 5),
    zone: 'UTC',
    stories: '',
    setBy: 'test',
    days: 'mon,tue,wed,thu,fri,sat,sun',
    quiet: 'skip',
    state: 'on',
    setAt: 1,
    nextSlot,
    nextDate,
    ...more,
  }
}

/** The beginning of the minute that was this many minutes ago. */
export const minutesAgo = (minutes: number, now = Date.now()) => (Math.floor(now / 60_000) - minutes) * 60_000
