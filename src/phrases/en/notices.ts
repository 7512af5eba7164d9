import { plural, thousands } from './counting.ts'

/** Notices in the editors' channel: a problem starts or ends, a correction is done. */
export const notices = {
  /** `why` is a sentence for people, if there is one. */
  trouble: (subject: Subject, why: string | undefined) =>
    `Problem with ${subjectName(subject)}: ${why ?? 'It does not go through. The log says why.'}`,
  /** `remedy` says how to give the bot permission to read the channel. */
  inDoubt: (remedy: string | undefined) =>
    ['In doubt: I can’t tell whether it was posted, and I may not look.', remedy].filter(Boolean).join(' '),
  recovered: (subject: Subject) => `Resolved: ${subjectName(subject)} went through.`,

  corrected: (part: string, result: RepairResult) => `Corrected: ${part}. ${messagesChanged(result)}`,
  withdrawn: (story: string, result: RepairResult) => `Withdrawn: ${story}. ${messagesChanged(result)}`,
  /** `outlet` has changed a report on the wire, or took it back. */
  itemChanged: (outlet: string, isWithdrawn: boolean, result: RepairResult) =>
    `${isWithdrawn ? 'Withdrawn' : 'Changed'} by ${outlet}: a report on the wire. ${messagesChanged(result)}`,
  takenBack: (part: string, result: RepairResult) =>
    `Taken back: a correction of ${part}. ${messagesChanged(result)}`,
  restored: (story: string, result: RepairResult) => `Restored: ${story}. ${messagesChanged(result)}`,
}

/** What has a problem. */
type Subject = { place: string } & ({ kind: 'digest'; digest: string } | { kind: 'post' | 'edit' })
/** How the messages ended up; `afterMs` is the time from the correction to the last changed message. */
type RepairResult = {
  changed: number
  /** Messages that cannot be edited, and about which a second message was posted. */
  told: number
  afterMs: number
  impossible: number
  why: string
  /** What to type once people have done something about it; undefined where nothing can be done. */
  retryLine?: string
}

function subjectName(subject: Subject): string {
  if (subject.kind === 'digest') return `the digest “${subject.digest}” in ${subject.place}`
  return subject.kind === 'edit' ? `a change of a message in ${subject.place}` : `a post in ${subject.place}`
}

function messagesChanged({ changed, told, afterMs, impossible, why, retryLine }: RepairResult): string {
  const took = changed + told > 0 ? `, the last ${duration(afterMs)} after it was known` : ''
  const again = retryLine === undefined ? '' : ` Once that is mended, type ${retryLine}`
  const left = impossible > 0 ? ` ${thousands(impossible)} can’t be changed: ${why}${again}` : ''
  const count = changed === 0 ? 'No message was' : plural(changed, 'message was', 'messages were')
  const toldOf = told > 0 ? `, ${thousands(told)} told in a second message` : ''
  return `${count} changed${toldOf}${took}.${left}`
}

function duration(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.round(ms / 60_000)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
