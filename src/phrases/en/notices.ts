import { plural, thousands } from './counting.ts'

/** What the editors' channel is told: troubles, their ends, and how far a correction has come. */
export const notices = {
  /** `why` is a sentence, where there is one for people. */
  trouble: (subject: Subject, why: string | undefined) =>
    `Trouble with ${subjectName(subject)}: ${why ?? 'It does not go through. The log says why.'}`,
  /** `remedy` says what to do, so that I may look. */
  inDoubt: (remedy: string | undefined) =>
    ['In doubt: nobody can say whether it was posted, and I may not look.', remedy].filter(Boolean).join(' '),
  recovered: (subject: Subject) =>
    `Mended: ${subjectName(subject)} ${subject.kind === 'edit' ? 'went through' : 'arrived again'}.`,

  corrected: (part: string, became: RepairResult) => `Corrected: ${part}. ${messagesChanged(became)}`,
  withdrawn: (story: string, became: RepairResult) => `Withdrawn: ${story}. ${messagesChanged(became)}`,
}

/** What a trouble is with. */
type Subject = { place: string } & ({ kind: 'digest'; digest: string } | { kind: 'post' | 'edit' })
/** What became of the messages that showed something; `after` is how long after it was known the last was changed. */
type RepairResult = { changed: number; afterMs: number; impossible: number; why: string }

function subjectName(subject: Subject): string {
  if (subject.kind === 'digest') return `the digest “${subject.digest}” in ${subject.place}`
  return subject.kind === 'edit' ? `a change of a message in ${subject.place}` : `a post in ${subject.place}`
}

function messagesChanged({ changed, afterMs, impossible, why }: RepairResult): string {
  const took = changed > 0 ? `, the last ${duration(afterMs)} after it was known` : ''
  const left = impossible > 0 ? ` ${thousands(impossible)} can’t be changed: ${why}` : ''
  return `${plural(changed, 'message was', 'messages were')} changed${took}.${left}`
}

function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.round(ms / 60_000)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
