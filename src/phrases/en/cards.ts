import type { Inline } from '../../chat/reply.ts'
import { plural, thousands } from './counting.ts'

const CARDS_LINE = '/desk cards'

/** Cards at the desk: what others report about a story, and what an editor made of it. */
export const cards = {
  aboutVerb: {
    cards: 'The reports that wait for a decision',
    card: 'One of them, with its buttons',
    add: 'Add a report to the timeline of a story',
    ignore: 'Decide that a report is not needed',
    undo: 'Take back what was decided about a report',
  },
  aboutItem: 'The report, as its card names it',
  aboutRevision: 'Which decision, as its button names it',

  button: {
    add: 'Add to timeline',
    quotes: 'Quotes…',
    ignore: 'Ignore',
    undo: 'Undo',
  },
  /** Before a headline: whose it is. */
  outlet: (outlet: string) => `${outlet}: `,
  /** Which story a report may be about, and why: `lawsuit: “sanctuary city”, “Byrne JAG”`. */
  match: (story: string, words: string[], others: number) =>
    words.length === 0
      ? `${story}: its feed`
      : `${story}: ${words.map(word => `“${word}”`).join(', ')}${others > 0 ? ` and ${thousands(others)} more` : ''}`,
  moreStories: (count: number) => (count === 1 ? '1 more story' : `${thousands(count)} more stories`),
  between: ' · ',
  /** In the note of a source without a date of its own. */
  dayFirstSeen: 'the day on which we first saw it',
  firstSeen: (moment: string) => `first seen ${moment}`,

  added: (story: string, who: string, moment: string, event?: { day: string; text: string }) =>
    [
      `Added to ${story} by ${who}, ${moment}`,
      ...(event ? [`event “${event.day}: ${event.text}”`] : []),
    ].join(' · '),
  ignored: (who: string, moment: string) => `Ignored by ${who}, ${moment}`,
  /** Of words that have no room. */
  andSoOn: (words: string) => `${words} …`,

  together: (count: number) => `${plural(count, 'report')} for the desk`,
  decideAbout: 'Decide about…',
  option: (number: number, headline: string) => `${number} · ${headline}`,
  all: (count: number, line: string): Inline[] => [`All ${thousands(count)}: `, { code: line }],

  example: (): Inline[] => [{ code: CARDS_LINE }, ' · the reports that wait for a decision'],
  /** The story would fail its check with the event. */
  checkFails: 'The story would fail its check, so nothing was changed:',
  title: (count: number) => `${plural(count, 'report')} waiting for a decision`,
  noneWaiting: 'No report is waiting for a decision.',
  whichItem: (line: string): Inline[] => ['Which report? Those that wait: ', { code: line }],
  unknown: (line: string): Inline[] => ['There is no card of that name. Those that wait: ', { code: line }],
  gone: 'That report was withdrawn by its outlet, so nothing can be added from it. Nothing was changed.',

  decidedAlready: (decision: string) => `That is decided: ${decision}. Nothing was changed.`,
  notDecided: 'Nothing was decided about that report, so there is nothing to take back.',
  decidedAnew: (decision: string) =>
    `Meanwhile something else was decided: ${decision}. Nothing was changed.`,
  undone: 'Taken back. The card shows its buttons again.',
  undoneEvent: (story: string) =>
    `Taken back: the event is gone from ${story}, and the card shows its buttons again.`,
  landed: (file: string): Inline[] => [
    'Nothing was changed: the event is in ',
    { code: file },
    ' by now. Take it out there, or correct it.',
  ],
  citedElsewhere: (story: string) =>
    `Nothing was changed: something else in ${story} rests on this event or its source by now. Take that back first.`,

  noSuchStory: 'I know no such story.',
  whichStory: 'Name the story with --into.',
  badDate: 'A date is written like 2017-08-07, 2017-08 or 2017.',
  dateAhead: 'That day has not come yet.',
  noText: 'Say what happened.',
  textTooLong: (length: number, most: number) =>
    `That has ${thousands(length)} characters; an event has at most ${thousands(most)}.`,
  badConfidence: 'The confidence is medium, or high with another source that says so, such as high 2.',
  highNeedsSource: 'What is certain rests on two sources. Name the other one by its number, such as high 2.',
  noSuchSource: (number: number) => `The story has no source ${number}.`,
  badId: 'A name has small letters, digits and hyphens, such as city-files-suit.',
  idTaken: (id: string) => `Another event of the story is called ${id}.`,

  previewTitle: (story: string) => `This would be added to ${story}. Nothing has been changed yet.`,
  event: (day: string, text: string) => `${day} · ${text}`,
  source: (outlet: string, day: string) => `Source: ${outlet}, ${day}`,
  knownSource: (number: number) => `Its source is number ${number} of the story already.`,
  confidenceAndId: (confidence: string, id: string) => `Confidence: ${confidence} · name: ${id}`,
  done: (story: string, line: string): Inline[] => [
    { bold: `Added to ${story}.` },
    ' It is in the answers now, and in the next brief: ',
    { code: line },
  ],
  doneIgnored: 'Ignored. The card says so.',

  form: {
    title: 'Add to timeline',
    submit: 'Add',
    story: 'Story',
    date: 'Day',
    text: 'What happened',
    textHint: 'The headline, until you rewrite it in our words',
    noItem: 'This form was opened by another version of nutgraf. Please press again.',
    confidence: 'Confidence',
    high: (number: number, outlet: string) => `High: source ${number} says so too, ${outlet}`,
    medium: 'Medium: this report says so',
    otherStory: (story: string) => `That source is one of ${story}. Choose medium, or type the line.`,
    id: 'Name of the event',
    idHint: 'Small letters, digits and hyphens; by it, a correction finds the event',
    about: (outlet: string, headline: Inline, day: string): Inline[] => [
      `Source: ${outlet}, `,
      headline,
      `, ${day}`,
    ],
  },
}
