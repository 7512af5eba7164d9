import type { Inline } from '../../reply.ts'

/** What is said of corrections, of what happened, and of what was entered later. */
export const changes = {
  title: (story: string) => `Changes to our text · ${story}`,
  none: 'No corrections, and nothing entered later.',
  noneSince: (day: string) => `No corrections since ${day}, and nothing entered late since then.`,

  /** As the kind of an answer about one story; the other stands alone above several. */
  since: (day: string) => `changes since ${day}`,
  sinceInSeveral: (day: string) => `CHANGES SINCE ${day.toUpperCase()} · dates stand with each story`,
  nothingSince: (day: string) => `No corrections, and nothing entered, since ${day}.`,
  /** `last` is the day of the newest entry there is, `line` asks for what is since then. */
  nothingSinceBut: (day: string, last: string, line: string): Inline[] => [
    `No corrections, and nothing entered, since ${day}. The last entry is of ${last}: `,
    { code: line },
  ],
  newestOf: (shown: number, count: number) =>
    `These are the newest ${shown} of ${count}. Ask for the changes of one story to see all of its own.`,

  event: (text: Inline[]): Inline[] => [{ bold: 'EVENT' }, ' · ', ...text],
  added: (day: string, text: Inline[]): Inline[] => [{ bold: 'ADDED' }, ` · event of ${day} · `, ...text],
  corrected: (correction: Correction): Inline[] => [{ bold: 'CORRECTED' }, ` · ${said(correction)}`],
  correctedIn: (correction: Correction, messages: Reached): Inline[] => [
    { bold: 'CORRECTED' },
    ` · ${said(correction)}`,
    { italic: ` · ${reached(messages)}` },
  ],
  correction: said,

  unreadableDate: (): Inline[] => [
    'I can’t read that date. Try ',
    { code: '--since 7d' },
    ', ',
    { code: '--since monday' },
    ' or ',
    { code: '--since 2018-04-19' },
    '.',
  ],
}

/** Without `was` where that may not be repeated. */
type Correction = { was?: string; now: string; why: string }
/** How many messages showed what was wrong, by what became of them. */
type Reached = { repaired: number; pending: number; impossible: number; why?: string }

function said({ was, now, why }: Correction): string {
  return `${was === undefined ? '' : `was: ${was} · `}now: ${now} · why: ${why}`
}

function reached({ repaired, pending, impossible, why }: Reached): string {
  if (repaired + pending + impossible === 0) return 'no message showed it'
  return [
    `${repaired} ${repaired === 1 ? 'message' : 'messages'} repaired`,
    ...(pending > 0 ? [`${pending} pending`] : []),
    ...(impossible > 0 ? [`${impossible} impossible (${why})`] : []),
  ].join(' · ')
}
