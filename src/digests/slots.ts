import { addDays, localDate, momentOf, weekdayOf } from '../dates/dates.ts'

/** The days of the week by the names that are stored, Monday first. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]

/** When a digest is sent: at a local time (`07:30`) in a zone, on some days of the week. */
export type Rhythm = { time: string; zone: string; days: Day[] }

/**
 * One due moment, and its local date. Local clocks show that date at that moment, unless they skip the
 * end of it (Nuuk, 23:30 on the last Saturday of March): then the slot is the first moment of the next date.
 */
export type Slot = { at: number; date: string }

/**
 * What to do at a moment: the one slot to send and whether it is late, the slots that were missed, and the next one.
 */
type DueSlots = { send?: Slot; late: boolean; missed: Slot[]; next: Slot }

const MINUTE_MS = 60_000

/** The next slot of a place that gets items as they come, and so has no slots. */
export const NO_SLOT: Slot = { at: Date.parse('9999-12-31T00:00:00Z'), date: '9999-12-31' }

/** How long after its time a slot is still sent. */
export const GRACE_MS = 360 * MINUTE_MS
/** How long after its time a slot counts as late: a busy minute is no news to a reader. */
export const LATE_MS = 5 * MINUTE_MS

/**
 * The first slot after a moment. With `lastDate`, the first for a later date than that, so that a rhythm which changes
 * at noon gets no second edition for the same day.
 */
export function nextSlot(rhythm: Rhythm, after: number, lastDate = ''): Slot {
  for (const slot of slotsAfter(rhythm, after)) if (slot.date > lastDate) return slot
  throw new Error(`slots: no slot after ${after}`)
}

/** Generates the slots after one moment, up to and including another, one at a time. */
export function* slotsBetween(rhythm: Rhythm, from: number, to: number): Generator<Slot, void> {
  for (const slot of slotsAfter(rhythm, from)) {
    if (slot.at > to) return
    yield slot
  }
}

/** The slot for a local date, whatever day of the week that is; undefined if the zone skips that date. */
export function slotOn({ time, zone }: Rhythm, date: string): Slot | undefined {
  const at = momentOf(date, time, zone)
  return at === undefined ? undefined : { at, date }
}

/**
 * Decides what to do at a moment, from the slot that was stored as the next. At most one slot is sent: the latest, and
 * only within the grace period. All older ones are missed. The stored slot is computed again from its date, since the
 * rules of its zone may have changed since.
 */
export function dueSlots(rhythm: Rhythm, stored: Slot, now: number, graceMs = GRACE_MS): DueSlots {
  const first = slotOn(rhythm, stored.date) ?? stored
  if (first.at > now) return { late: false, missed: [], next: first }
  const due = [first, ...slotsBetween(rhythm, first.at, now)]
  const next = nextSlot(rhythm, now)
  const latenessMs = now - due.at(-1)!.at
  if (latenessMs > graceMs) return { late: false, missed: due, next }
  const send = due.pop()
  return { send, late: latenessMs > LATE_MS, missed: due, next }
}

// Starts with today's local date: no slot of an earlier date can be in the future.
function* slotsAfter(rhythm: Rhythm, after: number): Generator<Slot, void> {
  if (rhythm.days.length === 0) throw new Error('slots: a rhythm needs a day of the week')
  for (let date = localDate(after, rhythm.zone); ; date = addDays(date, 1)) {
    if (!rhythm.days.includes(DAYS[weekdayOf(date)]!)) continue
    const slot = slotOn(rhythm, date)
    if (slot && slot.at > after) yield slot
  }
}
