import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'
import { type RepairCounts, repairProgress } from './repair-progress.ts'

/** Writes into the files what the desk has added. */
const PULL_COMMAND = 'npm run nutgraf -- content pull'

/** Sentences for editors who correct a part of a story or take a story down, and about the progress of both. */
export const correction = {
  whichPart: (): Inline[] => [
    'What should be corrected? Name it like this: ',
    { code: '/desk correct STORY/event:2020-04-30-1 --was "29 April" --now "30 April" --why "Misread."' },
  ],
  partsOf: (title: string) => `What should be corrected in ${title}? You can name:`,
  moreParts: (count: number) =>
    `and ${thousands(count)} more: quote:ID, event:ID or fact:ID, with the IDs in the story’s files.`,
  missingFlag: (flag: keyof typeof FLAG_MEANINGS): Inline[] => [
    { code: `--${flag}` },
    ` is missing: ${FLAG_MEANINGS[flag]}. All three are needed: `,
    { code: '--was "29 April" --now "30 April" --why "Misread."' },
  ],
  /** Without a `flag`, it is the reason why a story is taken down. */
  tooLong: (flag: string | undefined, length: number, limit: number) =>
    `${flag ?? 'The reason'} has ${thousands(length)} characters; the limit is ${limit}. Please shorten it. Nothing was changed.`,
  invisibleCharacters: (flag: string | undefined) =>
    `${flag ?? 'The reason'} contains invisible characters. Please type it again. Nothing was changed.`,

  /** `--was` is neither what the part says nor what it ever said, as far as is known. */
  wordsNeverHad: (part: string) =>
    `The words after --was were never in ${part}, so the correction would say what was not so. Nothing was changed.`,
  wordsNow: (words: string): Inline[] => ['It says now: ', { italic: words }],
  olderWordsNotKnown: (file: string) =>
    `Older words of it are not on record here. If it said this before, write the entry into ${file} yourself.`,
  sameWords: '--was and --now are the same words, so there is nothing to correct. Nothing was changed.',
  alreadyWritten: (file: string) => `This correction is already in ${file}. Nothing was changed.`,

  correctionPreview: (part: string): Inline[] => [{ bold: `To be corrected: ${part}` }],
  /** `first` is how many of the messages are listed below, if not all of them are. */
  affectedMessages: (affected: AffectedMessages, first?: number) =>
    `${messageCounts(affected)}.${first === undefined ? '' : ` The first ${first}:`}`,
  lineAboveText: 'This line will be added above the text:',
  correctionConsequences: (plan: { part: string; file: string; notice: boolean; repeat: boolean }) =>
    [
      plan.notice
        ? 'A notice goes to each thread at once.'
        : 'Edits notify no one; the next digest opens with the correction.',
      plan.repeat ? '' : 'The wrong words are not repeated anywhere.',
      `Nothing has been changed yet. The words of ${plan.part} itself must be corrected in ${plan.file}.`,
    ]
      .filter(Boolean)
      .join(' '),

  whichToRestore: (): Inline[] => ['Which story? ', { code: '/desk restore NAME' }],
  notWithdrawn: (slug: string) => `${slug} is not taken down. Nothing was changed.`,
  withdrawnInFile: (slug: string) =>
    `${slug} is taken down in its story.md. To put it back, take “withdrawn:” out of that file. Nothing was changed.`,
  filesGone: (slug: string) =>
    `The files of ${slug} are no longer in the content folder. Put them back first. Nothing was changed.`,
  restorePreview: (slug: string, day: string): Inline[] => [
    { bold: `To be put back: ${slug}` },
    `, taken down on ${day}`,
  ],
  affectedByRestore: (affected: AffectedMessages) =>
    `${messageCounts(affected)}.${wordsAgain(affected)} The story is back in answers, search and digests too.`,
  restoreConsequences:
    'Nothing has been changed yet. Edits notify no one. If its story.md says “withdrawn:”, take that out too.',
  /** `messages` is how many are edited back; `inFile` says that its story.md takes it down too. */
  storyRestored: (slug: string, messages: number, inFile: boolean): Inline[] => [
    { bold: inFile ? `${slug} is still withdrawn.` : `${slug} is back.` },
    inFile
      ? ' The command no longer takes it down, but its story.md does: take “withdrawn:” out of it.'
      : messages === 0
        ? ' No message shows it.'
        : ` ${plural(messages, 'message is', 'messages are')} being edited back to the words of the story.`,
    ' Progress: ',
    { code: '/desk status' },
  ],
  alreadyRestored: (slug: string) => `${slug} was already put back. Nothing was changed.`,

  takeBackPreview: (part: string, now: string): Inline[] => [
    { bold: `To be taken back: the correction of ${part}` },
    ` (“${now}”)`,
  ],
  takeBackConsequences:
    'Nothing has been changed yet. Messages that show it will say that it was taken back, and show the words of the part.',
  correctionTakenBack: (part: string): Inline[] => [
    { bold: 'Taken back:' },
    ` the correction of ${part}. Messages are being edited.`,
  ],
  noneWaits: (part: string, file: string) =>
    `No correction of ${part} waits to be written into the files. One that is in ${file} is taken back there: take its entry out. Nothing was changed.`,

  whichStory: (): Inline[] => ['Which story? ', { code: '/desk kill NAME why it is taken down' }],
  alreadyWithdrawnOn: (slug: string, day: string) =>
    `${slug} was already taken down on ${day}. Nothing was changed.`,
  alreadyWithdrawn: (slug: string) => `${slug} was already taken down. Nothing was changed.`,
  missingReason: (slug: string): Inline[] => [
    'Why? Everyone who sees a message of this story will read the reason. Nothing was changed. For example: ',
    { code: `/desk kill ${slug} The source withdrew its report.` },
  ],
  withdrawalPreview: (title: string, slug: string): Inline[] => [
    { bold: `To be taken down: ${title}` },
    ` (${slug})`,
  ],
  affectedByWithdrawal: (affected: AffectedMessages) =>
    `${messageCounts(affected)}. ${affected.on.length === 0 ? 'Every answer about the story will say:' : 'Each of them, and every answer about the story, will say:'}`,
  withdrawalLimits:
    'Nothing has been changed yet. Other people’s posts, screenshots and quotes elsewhere stay as they are.',

  confirm: 'Confirm',
  howToConfirm: (): Inline[] => [
    'To do it, send the same line again with ',
    { code: '--confirm' },
    ' at the end.',
  ],

  checkFails: 'This entry was not written, because the content would no longer pass its check:',
  moreProblems: (count: number) => `and ${thousands(count)} more`,
  writtenToFile: (file: string): Inline[] => [
    { bold: 'Written' },
    ` to ${file} in the content folder. Messages are being corrected.`,
  ],
  /** It is laid over the file until somebody writes it there. */
  addedToFile: (file: string): Inline[] => [
    { bold: 'Added' },
    ` to ${file}, for every process. Messages are being corrected.`,
  ],
  howToPull: (): Inline[] => ['It waits to be written into the file itself: ', { code: PULL_COMMAND }],
  commitBothFiles: (part: string, file: string) =>
    `Now correct the words of ${part} itself in ${file}, and commit both files.`,
  howToSeeProgress: (): Inline[] => ['Progress: ', { code: '/desk status' }],

  /** `waiting` is how many additions of the desk are not in the files yet; `pulled` were written into a folder for git. */
  additions: (waiting: number, pulled: number): Inline[] => [
    { bold: `Not in the files yet (${thousands(waiting + pulled)})` },
    waiting > 0 ? ` · ${plural(waiting, 'addition waits', 'additions wait')} to be written into them: ` : '',
    ...(waiting > 0 ? [{ code: PULL_COMMAND }] : []),
    pulled > 0 ? ` · ${plural(pulled, 'was', 'were')} pulled and not deployed yet` : '',
  ],
  noAdditions: (): Inline[] => [{ bold: 'Not in the files yet' }, ' · nothing'],
  additionsDoNotFit: (problem: string, more: number) =>
    `What the desk added no longer fits the files, so the last good content stays in use: ${problem}${more > 0 ? ` (and ${thousands(more)} more)` : ''}`,
  additionsFitAgain: () => 'Resolved: what the desk added fits the files again.',

  /** `messages` is how many are replaced; `notifiesDesk` says that the desk channel is told when all are. */
  storyWithdrawn: (slug: string, messages: number, notifiesDesk: boolean): Inline[] => [
    { bold: `${slug} is withdrawn.` },
    messages === 0
      ? ' No message shows it.'
      : ` ${plural(messages, 'message is', 'messages are')} being replaced${notifiesDesk ? '; the desk channel is notified when that is done' : ''}.`,
    ' Progress: ',
    { code: '/desk status' },
  ],
  withdrawInFilesToo: (): Inline[] => [
    'To record it in its story.md too, as “withdrawn:” with “on” and “reason”: ',
    { code: PULL_COMMAND },
  ],
  /** The description, in pickers, of a command whose story was withdrawn. */
  aboutWithdrawn: 'This story was withdrawn',

  noRepairs: (): Inline[] => [{ bold: 'Corrections and withdrawals' }, ' · none'],
  repairsTitle: (count: number) => `Corrections and withdrawals (${count})`,
  progress: (cause: {
    kind: Kind
    back: boolean
    name: string
    seen: string
    done?: string
    messages: RepairCounts
    /** What to type to try again those that can’t be changed; undefined where that is of no use. */
    retryLine?: string
  }): Inline[] => [
    { bold: CAUSE_NAMES[cause.kind][cause.back ? 'back' : 'made'] },
    ` ${cause.name}`,
    ` · ${cause.seen}${cause.done === undefined ? '' : `, done ${cause.done}`} · ${repairProgress(cause.messages, cause.back)}`,
    ...(cause.retryLine === undefined ? [] : [' · Once that is mended: ', { code: cause.retryLine }]),
  ],
  messagesNotChanged: (cause: {
    kind: Kind
    name: string
    count: number
    why: string
    again: string
  }): Inline[] => [
    { bold: 'NOT CHANGED' },
    ` · ${messagesThatShow(cause)} · ${cause.why} · `,
    { code: cause.again },
  ],
  reasons: (reasons: { error: string; count: number }[], others: number) =>
    [
      ...reasons.map(({ error, count }) => `${thousands(count)} × ${error}`),
      ...(others > 0 ? [`${thousands(others)} for other reasons`] : []),
    ].join(' · '),
  reason: {
    notKnown: 'The reason is not known.',
    givenUp: 'The correction was removed before it was finished.',
    inDoubt: 'It is unclear whether it was posted.',
    neverPosted: 'It was never posted.',
    secondInDoubt: 'It is unclear whether a second message about it was posted.',
  },
}

type Kind = 'correction' | 'withdrawal' | 'item'
/** What happened to a part or story, at the head of a line. */
export const CAUSE_NAMES: Record<Kind, { made: string; back: string }> = {
  correction: { made: 'CORRECTED', back: 'CORRECTION TAKEN BACK' },
  withdrawal: { made: 'WITHDRAWN', back: 'RESTORED' },
  item: { made: 'CHANGED BY ITS OUTLET', back: 'CHANGED BY ITS OUTLET' },
}
/** How many messages show a part on each platform; `doubt` counts those that may or may not have been posted. */
type AffectedMessages = { on: [platform: string, count: number][]; doubt: number }

function messagesThatShow({ kind, name, count }: { kind: Kind; name: string; count: number }): string {
  const verb = kind === 'withdrawal' ? 'showed' : count === 1 ? 'shows' : 'show'
  return `${plural(count, 'message')} that ${verb} ${name}`
}

function wordsAgain({ on }: AffectedMessages): string {
  const posted = on.reduce((sum, [, count]) => sum + count, 0)
  if (posted === 0) return ''
  return posted === 1
    ? ' It will show the words of the story again.'
    : ' Each will show the words of the story again.'
}

const FLAG_MEANINGS = { was: 'what we had', now: 'what is right', why: 'how the mistake was found' }
/** Platforms as people call them. */
export const PLATFORM_NAMES: Record<string, string> = {
  slack: 'Slack',
  discord: 'Discord',
  preview: 'the preview',
  webhook: 'webhooks',
}

const allOf = (count: number) => (count === 1 ? '' : count === 2 ? 'both ' : 'all ')

/** Counts messages by platform: `3 messages: 2 on Slack, 1 on Discord; 1 more in doubt`, `1 message, on Slack`. */
function messageCounts({ on, doubt }: AffectedMessages): string {
  const posted = on.reduce((sum, [, count]) => sum + count, 0)
  if (posted === 0) return doubt > 0 ? `${plural(doubt, 'message')} in doubt` : 'No message shows it'
  const platformName = (name: string) => PLATFORM_NAMES[name] ?? name
  const [[onlyPlatform], ...others] = on as [AffectedMessages['on'][number], ...AffectedMessages['on']]
  const where =
    others.length === 0
      ? `, ${allOf(posted)}on ${platformName(onlyPlatform)}`
      : `: ${on.map(([name, count]) => `${thousands(count)} on ${platformName(name)}`).join(', ')}`
  return `${plural(posted, 'message')}${where}${doubt > 0 ? `; ${thousands(doubt)} more in doubt` : ''}`
}
