import { plural } from '../plural.ts'

/** What the editors' channel is told: troubles, their ends, and how far a correction has come. */
export const notices = {
  trouble: (subject: Subject, message: string) => `Trouble with ${named(subject)}: ${message}`,
  inDoubt: (message: string) =>
    `In doubt: nobody can say whether it was posted, and I may not look. ${message}`,
  mended: (subject: Subject) =>
    `Mended: ${named(subject)} ${subject.kind === 'edit' ? 'went through' : 'arrived again'}.`,

  corrected: (part: string, became: Became) => `Corrected: ${part}. ${messages(became)}`,
  withdrawn: (story: string, became: Became) => `Withdrawn: ${story}. ${messages(became)}`,
  cannotBeChanged: 'That message can’t be changed any more.',
}

/** What a trouble is with. */
type Subject = { place: string } & ({ kind: 'digest'; digest: string } | { kind: 'post' | 'edit' })
/** What became of the messages that showed something; `after` is how long after it was known the last was changed. */
type Became = { changed: number; afterMs: number; impossible: number; why: string }

function named(subject: Subject): string {
  if (subject.kind === 'digest') return `the digest “${subject.digest}” in ${subject.place}`
  return subject.kind === 'edit' ? `a change of a message in ${subject.place}` : `a post in ${subject.place}`
}

function messages({ changed, afterMs, impossible, why }: Became): string {
  const took = changed > 0 ? `, the last ${span(afterMs)} after it was known` : ''
  const left = impossible > 0 ? ` ${impossible} can’t be changed: ${why}` : ''
  return `${plural(changed, 'message was', 'messages were')} changed${took}.${left}`
}

function span(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.round(ms / 60_000)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
