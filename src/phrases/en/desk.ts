import type { Inline } from '../../chat/reply.ts'
import { CAUSE_NAMES, PLATFORM_NAMES } from './correction.ts'
import { plural, thousands } from './counting.ts'

/** Sentences of `/desk`, the editors' commands: who may use them, how, what has failed, and what a message shows. */
export const desk = {
  about: 'For editors: correct, take down, put back, retry, audit',
  aboutVerb: {
    status: 'What waits, problems, posts in doubt, and the progress of corrections',
    kill: 'Take a story down: every message that shows it becomes a notice',
    restore: 'Put a story back that was taken down: every message shows its words again',
    correct: 'Correct something in a story, in every message that shows it',
    retry: 'What could not be posted or corrected, and how to try again',
    audit: 'What a message shows, and the lines of the sources it rests on',
    help: 'How to use the desk, with examples',
  },
  aboutValue: {
    slug: 'Which story',
    withdrawn: 'Which story that was taken down',
    reason: 'Why, as readers will see it',
    part: 'What is wrong, such as story/event:2020-04-30-1',
    key: 'Which one; leave it out to see the list',
    message: 'A link to the message, or its key',
  },

  /** `id` is that of the caller, where nobody else reads it. */
  editorsOnly: (id?: string): Inline[] => [
    'That is for the editors of this newsroom. Nothing was changed. What you can ask: ',
    { code: '/nutgraf help' },
    ...(id === undefined
      ? []
      : ['. To become an editor, send your ID to whoever runs nutgraf: ', { code: id }]),
  ],
  neverPublic: (): Inline[] => [
    'The desk answers only you: --public and mentions do not work here. Nothing was changed. Use the slash command: ',
    { code: '/desk' },
  ],
  needsBot: 'The desk needs a running bot. Nothing was changed.',

  previewFirst: (): Inline[] => [
    { bold: 'The desk' },
    ' first shows what would be done; nothing is changed without ',
    { code: '--confirm' },
    '.',
  ],
  example: {
    status: (): Inline[] => [
      { code: '/desk status' },
      ' · what waits, problems, and the progress of corrections',
    ],
    correct: (part: string, was: string, now: string): Inline[] => [
      { code: `/desk correct ${part} --was "${was}" --now "${now}" --why "Misread."` },
      ' · in every message that shows it',
    ],
    kill: (slug: string): Inline[] => [
      { code: `/desk kill ${slug} The source withdrew it.` },
      ' · every message becomes a notice',
    ],
    restore: (slug: string): Inline[] => [
      { code: `/desk restore ${slug}` },
      ' · puts it back, in every message',
    ],
    retry: (): Inline[] => [{ code: '/desk retry' }, ' · what could not be posted or corrected'],
    audit: (): Inline[] => [
      { code: '/desk audit <link to a message>' },
      ' · what it shows, and which source lines that rests on',
    ],
  },
  flags: (): Inline[] => [
    { code: '--no-repeat' },
    ' leaves out the wrong words, ',
    { code: '--notice' },
    ' also posts a notice in each thread at once.',
  ],

  title: 'The desk',
  commandList: (): Inline[] => [
    { code: '/desk correct' },
    ', ',
    { code: '/desk kill' },
    ', ',
    { code: '/desk restore' },
    ', ',
    { code: '/desk retry' },
    ', ',
    { code: '/desk audit' },
    ', ',
    { code: '/desk import' },
    ', ',
    { code: '/desk draft' },
    ', ',
    { code: '/desk cards' },
    ', ',
    { code: '/desk approve' },
    ' · with examples: ',
    { code: '/desk help' },
  ],
  noTroubles: (): Inline[] => [{ bold: 'Problems' }, ' · none'],
  troubles: (count: number) => `Problems (${thousands(count)})`,
  trouble: (since: string, subject: string, why: string | undefined) =>
    `Since ${since} · ${subject} · ${why ?? SEE_LOG}`,
  placeName: (name: string, platform: string) =>
    platform === 'webhook' ? name : `${name} on ${PLATFORM_NAMES[platform] ?? platform}`,
  faultSubject: (place: string, digest: string | undefined) =>
    digest === undefined ? place : `digest “${digest}” in ${place}`,
  noDoubts: (): Inline[] => [{ bold: 'In doubt' }, ' · none'],
  doubts: (count: number) => `In doubt (${thousands(count)})`,
  moreDoubts: (count: number): Inline[] => [`and ${thousands(count)} more: `, { code: '/desk retry' }],

  failedOrUnclear: 'In doubt or failed',
  noneFailedOrUnclear: 'Nothing is in doubt, nothing has failed, and every message could be corrected.',
  inDoubt: (posting: Posting, why: string | undefined, retryLine: string): Inline[] => [
    { bold: 'IN DOUBT' },
    ` · ${postingName(posting)} · ${why ?? SEE_LOG} Check the channel first, or it may be posted twice. Then try again: `,
    { code: retryLine },
  ],
  failed: (posting: Posting, why: string | undefined, retryLine: string): Inline[] => [
    { bold: 'FAILED' },
    ` · ${postingName(posting)} · ${why ?? SEE_LOG} Try again: `,
    { code: retryLine },
  ],
  moreFailedOrUnclear: (count: number) => `and ${thousands(count)} more, shown once these are resolved.`,
  noSuchKey: (): Inline[] => ['No message has that key. What you can retry: ', { code: '/desk retry' }],
  notFailedOrUnclear: (state: keyof typeof STATE_TEXTS) =>
    `It is neither in doubt nor failed; it is ${STATE_TEXTS[state]}. Nothing was changed.`,
  changedMeanwhile: (): Inline[] => [
    'Its state has just changed, so I did nothing. What you can retry: ',
    { code: '/desk retry' },
  ],
  retrying: (posting: Posting) => `Trying again now: ${postingName(posting)}.`,
  digestPaused: (digest: string): Inline[] => [
    'The digest is paused in that channel. To switch it on again, type this there: ',
    { code: `/digest on ${digest}` },
  ],
  noneEditable: 'None of its messages can be changed any more. Nothing was changed.',
  retryingMessages: (count: number): Inline[] => [
    `Trying ${plural(count, 'message')} again. Progress: `,
    { code: '/desk status' },
  ],

  auditTitle: 'Audit',
  whichMessage: (): Inline[] => ['Which message? Give me its link: ', { code: '/desk audit LINK' }],
  unknownMessage: 'I have no record of a message of mine there.',
  /** `settled` is when it reached its state, `why` the explanation and the cause, `asked` the line it answers. */
  auditedMessage: (
    message: Posting & {
      key: string
      state: keyof typeof STATE_TEXTS
      settled?: string
      why: string[]
      asked?: string
    },
  ): Inline[] => [
    { bold: postingName(message) },
    ` · ${STATE_TEXTS[message.state]}${message.settled === undefined ? '' : ` · ${message.settled}`}${message.why.map(why => ` · ${why}`).join('')}`,
    ...(message.asked === undefined ? [] : ['\nAsked: ', { code: message.asked }]),
    '\nKey: ',
    { code: message.key },
  ],
  /** `newest` is the revision that is now in use instead, if one is known. */
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
  repair: (repair: {
    kind: 'correction' | 'withdrawal' | 'item'
    back: boolean
    part: string
    seen: string
    state: 'pending' | 'telling' | 'repaired' | 'told' | 'impossible'
    why?: string
  }): Inline[] => [
    { bold: CAUSE_NAMES[repair.kind][repair.back ? 'back' : 'made'] },
    ` · ${repair.part} · ${repair.seen} · ${REPAIR_TEXTS[repair.back && repair.state === 'repaired' ? 'back' : repair.state]}`,
    repair.why === undefined ? '' : `: ${repair.why}`,
  ],
}

type Posting = {
  kind: 'edition' | 'answer' | 'notice' | 'item' | 'card'
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

const POSTINGS = { notice: 'a notice', answer: 'an answer', item: 'a report on the wire', card: 'a card' }

const SEE_LOG = 'The log says why.'

/** Names a post in the middle of a sentence: `digest “morning” of 19 Apr 2018, message 2, in slack:T1/C1`. */
function postingName({ kind, place, digest, date, number }: Posting): string {
  if (kind !== 'edition') return `${POSTINGS[kind]} in ${place}`
  const day = date === undefined ? '' : ` of ${date}`
  return `digest “${digest}”${day}${number > 1 ? `, message ${number}` : ''}, in ${place}`
}

/** The state of a post, alone and after “it is”. */
const STATE_TEXTS = {
  due: 'waiting to be posted',
  held: 'waiting for approval',
  sending: 'being posted',
  sent: 'posted',
  doubt: 'in doubt',
  failed: 'not posted',
  withdrawn: 'taken down',
  missed: 'missed: the bot was not running, or nobody approved it in time',
  quiet: 'not posted, because there was nothing new',
}
const REPAIR_TEXTS = {
  pending: 'waiting',
  telling: 'waiting for a second message',
  repaired: 'repaired',
  told: 'told in a second message',
  back: 'edited back',
  impossible: 'can’t be changed',
}

function sourceText({ number, outlet, spans }: AuditedSource): string {
  const places = spans.map(({ start, end, line }) => `line ${line} (${start}–${end})`)
  return [`source ${number}: ${outlet}`, places.join(', ')].filter(Boolean).join(', ')
}
