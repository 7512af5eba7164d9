import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'
import { type RepairCounts, repairProgress } from './repair-progress.ts'

/** What is said while editors correct a part of a story or take one down, and how far that has come. */
export const correction = {
  whichPart: (): Inline[] => [
    'What is to be corrected? Name it like this: ',
    { code: '/desk correct STORY/event:2020-04-30-1 --was "29 April" --now "30 April" --why "Misread."' },
  ],
  partsOf: (title: string) => `What is to be corrected in ${title}? You can name:`,
  moreParts: (count: number) =>
    `and ${thousands(count)} more: quote:ID, event:ID, fact:ID, as the files of the story name them.`,
  missingFlag: (flag: keyof typeof FLAG_MEANINGS): Inline[] => [
    { code: `--${flag}` },
    ` is missing: ${FLAG_MEANINGS[flag]}. All three are needed: `,
    { code: '--was "29 April" --now "30 April" --why "Misread."' },
  ],
  /** Without a `flag` it is the reason for which a story is taken down. */
  tooLong: (flag: string | undefined, length: number, most: number) =>
    `${flag ?? 'The reason'} has ${thousands(length)} characters, at most ${most} fit: please say it shorter. Nothing was changed.`,
  invisibleCharacters: (flag: string | undefined) =>
    `${flag ?? 'The reason'} has invisible characters in it. Please type it again. Nothing was changed.`,

  correctionPreview: (part: string): Inline[] => [{ bold: `To be corrected: ${part}` }],
  /** `first` is how many of them are listed below, where those are not all. */
  affectedMessages: (showing: AffectedMessages, first?: number) =>
    `${messageCounts(showing)}.${first === undefined ? '' : ` The first ${first}:`}`,
  lineAboveText: 'Above its text will stand:',
  correctionConsequences: (how: { part: string; file: string; notice: boolean; repeat: boolean }) =>
    [
      how.notice ? 'Each thread is told at once.' : 'An edit alerts nobody; the next digest opens with it.',
      how.repeat ? '' : 'What we had is shown nowhere.',
      `Nothing is changed yet. The words of ${how.part} itself are corrected in ${how.file}.`,
    ]
      .filter(Boolean)
      .join(' '),

  whichStory: (): Inline[] => ['Which story? ', { code: '/desk kill NAME why it is taken down' }],
  alreadyWithdrawnOn: (slug: string, day: string) =>
    `${slug} was taken down already, on ${day}. Nothing was changed.`,
  alreadyWithdrawn: (slug: string) => `${slug} was taken down already. Nothing was changed.`,
  missingReason: (slug: string): Inline[] => [
    'Why? Whoever sees a message of this story will read it: ',
    { code: `/desk kill ${slug} The source withdrew its report.` },
    '. Nothing was changed.',
  ],
  withdrawalPreview: (title: string, slug: string): Inline[] => [
    { bold: `To be taken down: ${title}` },
    ` (${slug})`,
  ],
  affectedByWithdrawal: (showing: AffectedMessages) =>
    `${messageCounts(showing)}. ${showing.on.length === 0 ? 'Every answer about it will say:' : 'Each will say, and so will every answer about it:'}`,
  withdrawalLimits:
    'Nothing is changed yet. Other people’s posts, screenshots and quotes elsewhere stay as they are.',

  confirm: 'Confirm',
  howToConfirm: (): Inline[] => [
    'To do it, send the same line again with ',
    { code: '--confirm' },
    ' at its end.',
  ],

  fileChangedMeanwhile: (file: string) =>
    `${file} was changed by somebody else meanwhile. Nothing was changed; please try again.`,
  checkFails: 'With this entry the content would not pass its check, so it was not written:',
  moreProblems: (count: number) => `and ${thousands(count)} more: npm run check`,
  /** The line stands below; in an empty file it replaces what is there. */
  fileNotWritable: (file: string, empty: boolean) =>
    `I may not write ${file} here, so nothing was changed. Put this line at the end of it${empty ? ', in place of []' : ''}:`,
  deployBothFiles: (part: string, file: string) =>
    `Correct ${part} in ${file} too, and bring both to where the bot runs.`,
  writtenToFile: (file: string): Inline[] => [
    { bold: 'Written' },
    ` to ${file} in the content folder: messages are corrected from now on.`,
  ],
  commitBothFiles: (part: string, file: string) =>
    `Now correct the words of ${part} itself in ${file}, and commit both files.`,
  howToSeeProgress: (): Inline[] => ['Progress: ', { code: '/desk status' }],

  /** `standing` is how many messages are replaced; `heard` says that the desk channel is told of the last one. */
  storyWithdrawn: (slug: string, standing: number, heard: boolean): Inline[] => [
    { bold: `${slug} is withdrawn.` },
    standing === 0
      ? ' No message shows it.'
      : ` ${standing === 1 ? '1 message is' : `${plural(standing, 'message')} are`} being replaced${heard ? '; the desk channel hears when the last is done' : ''}.`,
    ' Progress: ',
    { code: '/desk status' },
  ],
  withdrawInFilesToo:
    'To make the files say so too, add “withdrawn:” with “on” and “reason” to its story.md.',
  /** What pickers say of the command that a story had. */
  aboutWithdrawn: 'This story was withdrawn',

  noRepairs: (): Inline[] => [{ bold: 'Corrections and withdrawals' }, ' · none'],
  repairsTitle: (count: number) => `Corrections and withdrawals (${count})`,
  progress: (one: {
    kind: Kind
    name: string
    seen: string
    done?: string
    messages: RepairCounts
  }): Inline[] => [
    { bold: one.kind === 'withdrawal' ? 'WITHDRAWN' : 'CORRECTED' },
    ` ${one.name}`,
    ` · ${one.seen}${one.done === undefined ? '' : `, done ${one.done}`} · ${repairProgress(one.messages)}`,
  ],
  messagesNotChanged: (one: {
    kind: Kind
    name: string
    count: number
    why: string
    again: string
  }): Inline[] => [
    { bold: 'NOT CHANGED' },
    ` · ${plural(one.count, 'message')} that ${one.kind === 'withdrawal' ? 'showed' : 'show'} ${one.name} · ${one.why} · `,
    { code: one.again },
  ],
  reasons: (told: { error: string; count: number }[], others: number) =>
    [
      ...told.map(({ error, count }) => `${thousands(count)} × ${error}`),
      ...(others > 0 ? [`${thousands(others)} for other reasons`] : []),
    ].join(' · '),
  reason: {
    notKnown: 'The reason is not known.',
    givenUp: 'The correction was taken out before it was done.',
    inDoubt: 'Nobody knows whether it was posted.',
    neverPosted: 'It was never posted.',
  },
}

type Kind = 'correction' | 'withdrawal'
/** How many messages show something on each platform; `doubt` are those of which nobody knows whether they stand. */
type AffectedMessages = { on: [platform: string, count: number][]; doubt: number }

const FLAG_MEANINGS = { was: 'what we had', now: 'what is right', why: 'how the mistake was found' }
const PLATFORM_NAMES: Record<string, string> = { slack: 'Slack', discord: 'Discord', preview: 'the preview' }

/** `3 messages: 2 on Slack, 1 on Discord; 1 more in doubt` */
function messageCounts({ on, doubt }: AffectedMessages): string {
  const standing = on.reduce((sum, [, count]) => sum + count, 0)
  const each = on.map(([name, count]) => `${thousands(count)} on ${PLATFORM_NAMES[name] ?? name}`).join(', ')
  if (standing === 0 && doubt > 0) return `${plural(doubt, 'message')} in doubt`
  const all = standing === 0 ? 'No message shows it' : `${plural(standing, 'message')}: ${each}`
  return doubt > 0 ? `${all}; ${thousands(doubt)} more in doubt` : all
}
