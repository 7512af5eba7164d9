import { plural } from './counting.ts'

/** What the report on a draft says, and what a draft says in place of what an editor still has to write. */
export const draftReport = {
  speakerNotKnown: 'Speaker not known',
  unnamed: (named: string) => `${named} (unnamed)`,
  roleNotGiven: 'role not given',
  roleOfOther: 'organisation or document',
  outletNotKnown: 'Outlet not known',
  theOutlet: 'the outlet',
  titleNotKnown: 'Title not known',
  inOutletsWords: (outlet: string, sentence: string) => `In ${outlet}’s words: ${sentence}`,
  rightsNotKnown: (outlet: string) =>
    `Not known: ask ${outlet}. Stored only so that quotations can be checked.`,
  dek: (outlet: string, date: string | undefined) =>
    date === undefined ? `As reported by ${outlet}.` : `As reported by ${outlet} on ${date}.`,
  dateNote: {
    'json-ld': undefined,
    meta: undefined,
    feed: 'date given by the feed',
    time: 'date shown on the page',
    address: 'date in the page’s address',
    text: 'date in the text',
  },
  rewriteSummary: (outlet: string) =>
    `REWRITE: the next lines are ${outlet}’s sentences, not ours. Say it in your own words, cite the source, and take these lines out.`,
  writeSummary: 'REWRITE: what this is about, in your own words, with its source.',
  writeStatus: 'REWRITE: one line on how things stand, with its source.',

  noSpeaker: (words: string, named: string | undefined) =>
    named === undefined
      ? `nobody is named for “${words}”: who says it?`
      : `“${words}” is given to “${named}”: who is that?`,
  unsureSpeaker: (words: string, speaker: string) => `“${words}”: is ${speaker} the speaker?`,
  noRole: (speaker: string) => `the text gives no role for ${speaker}`,
  roleOfStory: (speaker: string, role: string) =>
    `the text gives no role for ${speaker}; taken from the story: ${role}`,
  office: (name: string, role: string, known: string, day: string) =>
    `the text calls ${name} “${role}” on ${day}, and our files have: ${known}. Give the role of that day`,
  wordsNotFound: (words: string, why: string) => `left out: “${words}”: ${why}`,
  marksLeftOut: (count: number, words: string[]) =>
    `${plural(count, 'marked text')} taken for no quotation (titles, single words, scare quotes): ${words.map(word => `“${word}”`).join(', ')}`,
  turnsLeftOut: (count: number) =>
    `${plural(count, 'paragraph')} left out whose label is nobody’s name, such as QUESTION`,
  notices: (count: number) => `${plural(count, 'line')} of the page taken for notices, and not stored`,
  dateNotResolved: (date: string, sentence: string) => `“${date}” gives no day: ${sentence}`,
  dateUnsure: (date: string, resolved: string, sentence: string) =>
    `is “${date}” the ${resolved}? ${sentence}`,
  maybeCaption: (date: string, sentence: string) => `taken for a caption, on ${date}: ${sentence}`,
  sentenceTooLong: (date: string, sentence: string) => `too long for an event, on ${date}: ${sentence}`,
  stillToCome: (day: string) => `was to come on ${day} when this was published: did it happen?`,
  moreDates: (count: number) =>
    `${plural(count, 'more dated sentence')} left out: the draft has the first ones`,
  noRights: (outlet: string) => `rights not known: may the text of ${outlet} be quoted and stored?`,
  noPublished: 'no day of publication was found: days of the week and the like have no date',
  unsurePublished: (date: string) => `is ${date} the day of publication? It is what dates were reckoned from`,
  noOutlet: 'no outlet was found',
  noTitle: 'no headline was found',
  sourceKnown: (
    story: string,
    number: number,
    how: 'address' | 'text' | 'withoutText' | 'withThisText' | 'withOtherText',
  ) => {
    const page = `this page is source ${number} of the story “${story}” already`
    return {
      address: page,
      text: `the same text is source ${number} of the story “${story}” already`,
      withoutText: `${page}, without its text: that comes with what you confirm`,
      withThisText: `${page}, with this text: what you confirm cites it`,
      withOtherText: `${page}, with another text: the page has changed, and becomes a source of its own`,
    }[how]
  },
  wordsDiffer: (id: string, story: string, ours: string) =>
    `these words differ from the quotation ${id} of the story “${story}”: “${ours}”`,
  wordsKnown: (id: string, story: string) => `the story “${story}” has these words already: ${id}`,
  dateDiffers: (day: string, ours: string, id: string) =>
    `the story has this on ${ours} (${id}), and this text on ${day}`,
  figuresDiffer: (figures: string, ours: string, id: string) =>
    `this text has ${figures} where the story has ${ours} (${id})`,
  transcript:
    'the lines begin with their speakers, so it is taken for a transcript: see that the kind “primary” is right',
  rewrite: (outlet: string) => `summary and events are ${outlet}’s own words until somebody rewrites them`,
}
