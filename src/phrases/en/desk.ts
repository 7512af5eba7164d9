import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

/** What the editors' commands say: who may use them, how, what is in trouble, and what a message shows. */
export const desk = {
  about: 'For editors: correct, take down, retry, audit',
  aboutVerb: {
    status: 'What is in trouble or in doubt, and how far corrections have come',
    kill: 'Take a story down: every message that shows it becomes a notice',
    correct: 'Correct something in a story, in every message that shows it',
    retry: 'What could not be posted or corrected, and how to try again',
    audit: 'What a message shows, and which lines of which source that rests on',
    help: 'How to use the desk, by example',
  },
  aboutValue: {
    slug: 'Which story',
    reason: 'Why, as readers will see it',
    part: 'What is wrong, such as story/event:2020-04-30-1',
    key: 'Which one; leave it out for the list',
    message: 'A link to the message, or its key',
  },

  editorsOnly: (): Inline[] => [
    'That is for the editors of this newsroom. Nothing was changed. All you can ask: ',
    { code: '/nutgraf help' },
  ],
  neverPublic: (): Inline[] => [
    'The desk answers only you, so it takes no --public and no mention. Use the slash command: ',
    { code: '/desk' },
    '. Nothing was changed.',
  ],
  needsBot: 'The desk needs a running bot. Nothing was changed.',

  previewFirst: (): Inline[] => [
    { bold: 'The desk' },
    ' shows first what would be done; nothing is changed before ',
    { code: '--confirm' },
    '.',
  ],
  example: {
    status: (): Inline[] => [
      { code: '/desk status' },
      ' · what is in trouble, and how far corrections have come',
    ],
    correct: (part: string): Inline[] => [
      { code: `/desk correct ${part} --was "29 April" --now "30 April" --why "Misread."` },
      ' · in every message that shows it',
    ],
    kill: (slug: string): Inline[] => [
      { code: `/desk kill ${slug} The source withdrew it.` },
      ' · every message becomes a notice',
    ],
    retry: (): Inline[] => [{ code: '/desk retry' }, ' · what could not be posted or corrected'],
    audit: (): Inline[] => [
      { code: '/desk audit <link to a message>' },
      ' · what it shows, and what that rests on',
    ],
  },
  flags: (): Inline[] => [
    { code: '--no-repeat' },
    ' keeps the wrong words out of sight, ',
    { code: '--notice' },
    ' tells at once.',
  ],

  title: 'The desk',
  commandList: (): Inline[] => [
    { code: '/desk correct' },
    ', ',
    { code: '/desk kill' },
    ', ',
    { code: '/desk retry' },
    ', ',
    { code: '/desk audit' },
    ' · by example: ',
    { code: '/desk help' },
  ],
  noTroubles: (): Inline[] => [{ bold: 'Troubles' }, ' · none'],
  troubles: (count: number) => `Troubles (${thousands(count)})`,
  trouble: (since: string, subject: string, why: string | undefined) =>
    `Since ${since} · ${subject} · ${why ?? SEE_LOG}`,
  noDoubts: (): Inline[] => [{ bold: 'In doubt' }, ' · nothing'],
  doubts: (count: number) => `In doubt (${thousands(count)})`,
  moreDoubts: (count: number): Inline[] => [`and ${thousands(count)} more: `, { code: '/desk retry' }],

  failedOrUnclear: 'In doubt or failed',
  noneFailedOrUnclear: 'Nothing is in doubt, nothing has failed, and every message could be corrected.',
  inDoubt: (one: Posting, why: string | undefined, again: string): Inline[] => [
    { bold: 'IN DOUBT' },
    ` · ${postingName(one)} · ${why ?? SEE_LOG} Look in the channel before you try again, or it may stand there twice: `,
    { code: again },
  ],
  failed: (one: Posting, why: string | undefined, again: string): Inline[] => [
    { bold: 'FAILED' },
    ` · ${postingName(one)} · ${why ?? SEE_LOG} Try again: `,
    { code: again },
  ],
  moreFailedOrUnclear: (count: number) => `and ${thousands(count)} more, which show once these are gone.`,
  noSuchKey: (): Inline[] => ['No message has that key. What can be tried again: ', { code: '/desk retry' }],
  notFailedOrUnclear: (state: keyof typeof STATE_TEXTS) =>
    `It is neither in doubt nor failed: it is ${STATE_TEXTS[state]}. Nothing was changed.`,
  changedMeanwhile: (): Inline[] => [
    'It has moved on meanwhile. Nothing was changed. What can be tried again: ',
    { code: '/desk retry' },
  ],
  retrying: (one: Posting) => `Trying again now: ${postingName(one)}.`,
  digestPaused: (digest: string): Inline[] => [
    'The digest itself is paused there. To switch it on again, type this there: ',
    { code: `/digest on ${digest}` },
  ],
  noneEditable: 'None of its messages can be changed any more. Nothing was changed.',
  retryingMessages: (count: number): Inline[] => [
    `${count === 1 ? '1 message is' : `${plural(count, 'message')} are`} tried again. Progress: `,
    { code: '/desk status' },
  ],

  auditTitle: 'Audit',
  whichMessage: (): Inline[] => ['Which message? Copy the link to it: ', { code: '/desk audit LINK' }],
  unknownMessage: 'I know of no message of mine there.',
  /** `settled` is when it came into its state, `why` what people are told and the cause, `asked` the line that it answers. */
  auditedMessage: (
    one: Posting & {
      key: string
      state: keyof typeof STATE_TEXTS
      settled?: string
      why: string[]
      asked?: string
    },
  ): Inline[] => [
    { bold: postingName(one) },
    ` · ${STATE_TEXTS[one.state]}${one.settled === undefined ? '' : ` · ${one.settled}`}${one.why.map(why => ` · ${why}`).join('')}`,
    ...(one.asked === undefined ? [] : ['\nAsked: ', { code: one.asked }]),
    '\nKey: ',
    { code: one.key },
  ],
  /** `newest` is the revision that is in use instead, where one is known. */
  auditedPart: (
    part: string,
    seen: { revision: number; at?: string; hash?: string },
    now: { state: 'current' | 'replaced' | 'gone'; newest?: number; sources: AuditedSource[] },
  ): Inline[] => [
    { bold: part },
    ` · revision ${seen.revision}${seen.at === undefined ? '' : ` of ${seen.at}`}${seen.hash === undefined ? '' : ` · ${seen.hash}`}`,
    now.state === 'replaced'
      ? ` · no longer in use${now.newest === undefined ? '' : ` (now ${now.newest})`}`
      : now.state === 'gone'
        ? ' · no longer there'
        : '',
    ...(now.sources.length > 0
      ? [
          ` · ${now.state === 'current' ? 'rests on' : 'now rests on'} ${now.sources.map(sourceText).join('; ')}`,
        ]
      : []),
  ],
  repair: (one: {
    kind: 'correction' | 'withdrawal'
    part: string
    seen: string
    state: keyof typeof REPAIR_TEXTS
    why?: string
  }): Inline[] => [
    { bold: one.kind === 'withdrawal' ? 'WITHDRAWN' : 'CORRECTED' },
    ` · ${one.part} · ${one.seen} · ${REPAIR_TEXTS[one.state]}`,
    one.why === undefined ? '' : `: ${one.why}`,
  ],
}

type Posting = {
  kind: 'edition' | 'answer' | 'notice'
  place: string
  digest?: string
  date?: string
  number: number
}
type AuditedSource = {
  number: number
  outlet: string
  spans: { start: number; end: number; line: number }[]
}

const SEE_LOG = 'The log says why.'

/** What something is that was to be posted, as it stands in the middle of a sentence. */
function postingName({ kind, place, digest, date, number }: Posting): string {
  if (kind !== 'edition') return `${kind === 'notice' ? 'a notice' : 'an answer'} in ${place}`
  const day = date === undefined ? '' : ` of ${date}`
  return `digest “${digest}”${day}${number > 1 ? `, message ${number}` : ''}, in ${place}`
}

/** How far a post is, alone and in a sentence: “it is …”. */
const STATE_TEXTS = {
  due: 'waiting for its turn',
  sending: 'on its way',
  sent: 'posted',
  doubt: 'in doubt',
  failed: 'not posted',
  withdrawn: 'taken down',
  missed: 'missed, since the bot was not running',
  quiet: 'not posted, since there was nothing new',
}
const REPAIR_TEXTS = { pending: 'still waiting', repaired: 'repaired', impossible: 'can’t be changed' }

function sourceText({ number, outlet, spans }: AuditedSource): string {
  const places = spans.map(({ start, end, line }) => `line ${line} (${start}–${end})`)
  return [`source ${number}: ${outlet}`, places.join(', ')].filter(Boolean).join(', ')
}
