import type { Correction } from './story.ts'

/** An entry of corrections.yml as it is written. Fields with their default value are left out. */
export type CorrectionEntry = Pick<Correction, 'on' | 'part' | 'was' | 'now' | 'why'> & {
  repeat?: false
  notice?: true
}

/** What tells whether two entries say the same. */
type Said = Pick<Correction, 'on' | 'part' | 'was' | 'now'> & { repeat?: boolean }

/**
 * Whether a correction is among entries already, as when somebody confirms it twice: one of the same day says the same,
 * or the newest one of its part does. After another one of the part, the same words may be wrong once more.
 */
export function isAmong(correction: Said, entries: Said[]): boolean {
  const same = entries.filter(entry => saysTheSame(entry, correction))
  const newest = entries.findLast(({ part }) => part === correction.part)
  return same.some(entry => entry.on === correction.on || entry === newest)
}

const saysTheSame = (a: Said, b: Said): boolean =>
  a.part === b.part &&
  isSameText(a.was, b.was) &&
  isSameText(a.now, b.now) &&
  (a.repeat ?? true) === (b.repeat ?? true)

/** Whether two texts are the same but for their spaces. */
export const isSameText = (a: string, b: string): boolean => squeeze(a) === squeeze(b)

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim()
