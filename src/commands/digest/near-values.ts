import { fold } from '../../content/fold.ts'
import {
  closestNames,
  type NameIndex,
  nameIndex,
  nearestSpellings,
} from '../../content/names/closest-names.ts'

/** Shorter beginnings of a name could be any word. */
const MIN_BEGINNING = 4

/**
 * The values of a setting that a typed word resembles: misspelled by a letter or two, or the beginning of a value that is
 * not much longer. The time zones of the world have a name that is a little like any word, and none of them is meant by
 * `maybe`.
 */
export function nearValues(typed: string, values: string[] | NameIndex): string[] {
  const key = fold(typed)
  const near = closestNames(typed, Array.isArray(values) ? nameIndex(values) : values)
  return near.filter(value => {
    const name = fold(value)
    const isBeginning = key.length >= MIN_BEGINNING && name.startsWith(key) && name.length < 2 * key.length
    return isBeginning || (name[0] === key[0] && nearestSpellings(key, [name]).length > 0)
  })
}

/** The times that a bare number may mean: `8` in the morning or in the evening; none for what is no hour. */
export function hoursMeant(typed: string): string[] {
  const hour = /^\d{1,2}$/.test(typed) ? Number(typed) : 24
  if (hour > 23) return []
  return hour === 0 || hour > 12 ? [`${hour}:00`] : [`${hour}:00`, `${(hour % 12) + 12}:00`]
}
