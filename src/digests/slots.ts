import { addDays, localDate, momentOf, weekdayOf } from '../dates.ts'

/** The days of the week by the names that are stored, Monday first. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]

/** When a digest comes: at a local time (`07:30`) of a zone, on some days of the week. */
export type Rhythm = { time: string; zone: string; days: Day[] }

/**
 * One due moment, and the local date that it stands for. The clocks there show that date, except where they skip the
 * end of it (Nuuk, 23:30 on the last Saturday of March): then the slot comes with the first moment of the next.
 */
export type Slot = { at: number; date: string }

/** What a moment brings: the one slot to send, whether it comes late, the slots that were missed, and the next one. */
type DueSlots = { send?: Slot; late: boolean; missed: Slot[]; next: Slot }

const MINUTE_MS = 60_000

/** How long after its time a slot is still sent. */
export const GRACE_MS = 360 * MINUTE_MS
/** How long after its time a slot counts as late: a busy minute is no news to a reader. */
export const LATE_MS = 5 * MINUTE_MS

/**
 * The first slot after a moment. With `lastDate`, the first that stands for a later date than that: so a rhythm that
 * changes at noon brings no second edition for the same day.
 */
export function nextSlot(rhythm: Rhythm, after: number, lastDate = ''): Slot {
  for (const slot of slotsAfter(rhythm, after)) if (slot.date > lastDate) return slot
  throw new Error(`slots: no slot after ${after}`)
}

/** The slots after one moment, up to and including another, as they are asked for. */
export function* slotsBetween(rhythm: Rhythm, from: number, to: number): Generator<Slot, void> {
  for (const slot of slotsAfter(rhythm, from)) {
    if (slot.at > to) return
    yield slot
  }
}

/** The slot that stands for a local date, whatever day of the week that is; none where the zone skips that date. */
export function slotOn({ time, zone }: Rhythm, date: string): Slot | undefined {
  const at = momentOf(date, time, zone)
  return at === undefined ? undefined : { at, date }
}

/**
 * Decides what to do at a moment, given the slot that was noted as the next. At most one slot is sent: the latest,
 * and only within the grace; every older one was missed. The noted slot is reckoned again from its date, since the
 * rules of its zone may have changed after it was noted.
 */
export function dueSlots(rhythm: Rhythm, noted: Slot, now: number, graceMs = GRACE_MS): DueSlots {
  const first = slotOn(rhythm, noted.date) ?? noted
  if (first.at > now) return { late: false, missed: [], next: first }
  const due = [first, ...slotsBetween(rhythm, first.at, now)]
  const next = nextSlot(rhythm, now)
  const late = now - due.at(-1)!.at
  return late > graceMs
    ? { late: false, missed: due, next }
    : { send: due.pop(), late: late > LATE_MS, missed: due, next }
}

// A slot of an earlier date than the local one cannot lie ahead, so the walk begins with today's.
function* slotsAfter(rhythm: Rhythm, after: number): Generator<Slot, void> {
  if (rhythm.days.length === 0) throw new Error('slots: a rhythm needs a day of the week')
  for (let date = localDate(after, rhythm.zone); ; date = addDays(date, 1)) {
    if (!rhythm.days.includes(DAYS[weekdayOf(date)]!)) continue
    const slot = slotOn(rhythm, date)
    if (slot && slot.at > after) yield slot
  }
}
