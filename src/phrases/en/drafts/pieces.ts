import type { Inline } from '../../../chat/reply.ts'
import { plural, thousands } from '../counting.ts'

/** Sentences of `/desk draft` about its pieces: what each is, and what editors decide about it. */
export const draftPieces = {
  pieceOf: (piece: { name: string; kind: 'quote' | 'event' | 'person'; draft: string; state: string }) =>
    `${piece.name}: ${KINDS[piece.kind]} in draft ${piece.draft} · ${piece.state}`,
  unknownPiece: (draft: string): Inline[] => [
    'That draft has no such piece. All of them: ',
    { code: `/desk draft ${draft}` },
  ],
  whichPiece: (draft: string, act: string): Inline[] => [
    'Which piece? ',
    { code: `/desk draft ${draft} ${act} q1` },
  ],
  unknownAct: (draft: string): Inline[] => [
    'A piece can be confirmed, left out or corrected: ',
    { code: `/desk draft ${draft} confirm q1` },
    ', ',
    { code: 'leave q1' },
    ', ',
    { code: 'speaker q1' },
    ', ',
    { code: 'event e1' },
    ', ',
    { code: 'undo q1' },
  ],
  noSpeaker: 'no speaker was found: correct that first',
  speaker: (name: string, role: string | undefined) => [name, role].filter(Boolean).join(', '),
  named: (named: string) => `The page says: ${named}`,
  sourceLine: (source: { outlet?: string; date?: string; line?: number }) =>
    [
      source.outlet,
      source.date,
      source.line === undefined ? undefined : `line ${thousands(source.line)} of the stored text`,
    ]
      .filter(Boolean)
      .join(' · '),
  outletsWords: 'These are the outlet’s own words until an editor rewrites them.',
  eventOn: (date: string | undefined) => date ?? 'no day found: give one',
  decided: { confirmed: 'Confirmed', left: 'Left out' },
  byWhom: (decision: 'confirmed' | 'left', who: string, at: string | undefined) =>
    `${decision === 'confirmed' ? 'Confirmed' : 'Left out'} by ${who}${at === undefined ? '' : `, ${at}`}`,
  unfinished: (who: string) => `${who} was confirming this, and it is not finished: confirm it again.`,
  somebody: 'another editor',

  confirm: 'Confirm',
  correctSpeaker: 'Correct speaker…',
  rewrite: 'Rewrite…',
  leave: 'Leave out',
  next: 'Next',
  undo: (piece: string) => `Undo ${piece}`,

  done: {
    confirmed: (names: string, story: string | undefined): Inline[] => [
      { bold: `Confirmed: ${names}` },
      story === undefined ? ' · kept for the new story' : ` · in ${story} now`,
    ],
    left: (names: string): Inline[] => [{ bold: `Left out: ${names}` }],
    undone: (names: string, story: string | undefined): Inline[] => [
      { bold: `Undone: ${names}` },
      story === undefined ? ' · open again' : ` · out of ${story} again, open here`,
    ],
    changed: (name: string): Inline[] => [{ bold: `Changed: ${name}` }, ' · not confirmed yet'],
    changedOnly: (name: string): Inline[] => [
      { bold: `Changed: ${name}` },
      ' · confirming it took too long: try that again',
    ],
  },
  pieceCount: (count: number) => plural(count, 'piece'),
  moreProblems: (count: number): Inline[] => [`and ${plural(count, 'line')} more about what was not done`],
  notDone: (name: string, why: string): Inline[] => [{ bold: `Not ${name}` }, `: ${why}`],
  already: (decision: 'confirmed' | 'left', who: string, undoLine: string): Inline[] => [
    `this was ${decision === 'confirmed' ? 'confirmed' : 'left out'} by ${who} already, and the first decision stands. To take it back: `,
    { code: undoLine },
  ],
  alreadyChanged: 'It was decided already: undo that first.',
  notDecided: 'nothing was decided about it',
  needed: 'something else in the story rests on it by now: take that back first',
  landed: (file: string) => `it is in the file ${file} by now: take it out there`,
  rest: (count: number): Inline[] => [
    `${plural(count, 'piece')} are left for which there was no time: the same button goes on.`,
  ],
  noneSure: (): Inline[] => ['No piece that is sure is left. The others want a look each.'],
  checkFails: (name: string): Inline[] => [`${name} was not confirmed: the story would fail its check.`],
  takenName: 'its stored text has the name of another one',
  storyGone: (slug: string): Inline[] => [`The story ${slug} is not there any more. Nothing was changed.`],
  noneOpen: (draft: string): Inline[] => [
    'Every piece was decided. All of them: ',
    { code: `/desk draft ${draft}` },
  ],
  notAPerson: 'Only a quotation or a person has a speaker.',
  notAnEvent: 'Only an event has a day and a text.',
  nothingTyped: 'Say what to change: for a speaker --name and --role, for an event --date and --text.',
  typeThis: (line: string): Inline[] => ['To change it, send this with what is right: ', { code: line }],
  dateAhead: 'That day has not come yet. Nothing was changed.',
  badDate: 'A day is typed as 2018-04-19; a month as 2018-04, a year as 2018.',

  form: {
    title: 'From a page',
    speakerTitle: (piece: string) => `${piece}: who said it`,
    eventTitle: (piece: string) => `${piece}: the event`,
    name: 'Speaker',
    nameHint: 'The whole name',
    role: 'Role',
    roleHint: 'What they were when they said it',
    date: 'Day',
    dateHint: '2018-04-19; 2018-04 or 2018 where the day is not known',
    text: 'What happened',
    textHint: 'In your own words',
    submit: 'Confirm so',
    needsName: 'Who said it?',
    needsRole: 'What were they then?',
    needsDate: 'On which day?',
    needsText: 'What happened?',
  },
}

const KINDS = { quote: 'quotation', event: 'event', person: 'person' }
