import type { Inline } from '../../chat/reply.ts'
import { thousands } from './counting.ts'
import { type RepairCounts, repairProgress } from './repair-progress.ts'

/** Sentences of `changes`: corrections, events, and events that were entered later. */
export const changes = {
  title: (story: string) => `Changes to our text · ${story}`,
  none: 'No corrections, and no events added later.',
  noneSince: (day: string) => `No corrections since ${day}, and no events added later.`,

  /** Takes the place of a day after “since”: the answer begins where its reader looked last. */
  lastLook: (moment: string) => `you last looked, ${moment}`,
  titleSince: (since: string, story: string) => `Changes to our text since ${since} · ${story}`,
  all: 'All changes',
  lastDays: (days: number) => `Last ${days} days`,

  /** The first words of an answer about one story; `sinceInSeveral` is the whole first line above several. */
  since: (day: string) => `changes since ${day}`,
  sinceInSeveral: (day: string) => `CHANGES SINCE ${day.toUpperCase()}`,
  nothingSince: (day: string) => `No corrections and no dated entries since ${day}.`,
  /** `last` is the day of the newest entry of all; `line` asks for the changes since then. */
  nothingSinceLastEntry: (day: string, last: string, line: string): Inline[] => [
    `No corrections and no dated entries since ${day}. The last entry is from ${last}: `,
    { code: line },
  ],
  onlyNewest: (shown: number, count: number) =>
    `These are the newest ${shown} of ${thousands(count)} changes. Ask about one story to see all of its changes.`,

  event: (text: Inline[]): Inline[] => [{ bold: 'EVENT' }, ' · ', ...text],
  added: (day: string, text: Inline[]): Inline[] => [{ bold: 'ADDED' }, ` · event of ${day} · `, ...text],
  /** `part` names what was corrected: `timeline, 31 Jan 2017`. */
  corrected: ({ part, ...correction }: Correction & { part: string }): Inline[] => [
    { bold: 'CORRECTED' },
    ` · ${part} · ${correctionText(correction)}`,
  ],
  correctedWithProgress: (
    { part, ...correction }: Correction & { part: string },
    messages: RepairCounts,
  ): Inline[] => [
    { bold: 'CORRECTED' },
    ` · ${part} · ${correctionText(correction)}`,
    { italic: ` · ${repairProgress(messages)}` },
  ],
  correction: correctionText,

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

/** A correction as it is printed; without `was` if the wrong words may not be repeated. */
type Correction = { was?: string; now: string; why: string }

function correctionText({ was, now, why }: Correction): string {
  return `${was === undefined ? '' : `was: ${was} · `}now: ${now} · why: ${why}`
}
