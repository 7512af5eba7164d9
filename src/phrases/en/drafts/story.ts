import type { Inline } from '../../../chat/reply.ts'
import { plural, thousands } from '../counting.ts'

/** Sentences about a draft that becomes a new story. */
export const draftStory = {
  notNew: (story: string): Inline[] => [`That draft adds to the story ${story}: confirm its pieces.`],
  storyNeedsWords: (line: string): Inline[] => [
    'A new story needs a title, how things stand, and a summary, in your own words: ',
    { code: line },
  ],
  storyNotReady: (): Inline[] => ['Nothing was published. What is left to do:'],
  storyPreview: (
    slug: string,
    title: string,
    { quotes, events, people }: { quotes: number; events: number; people: number },
  ): Inline[] => [
    'To be published: ',
    { bold: title },
    ` (${slug}), with ${[
      plural(quotes, 'quotation'),
      plural(events, 'event'),
      people === 1 ? '1 person' : `${thousands(people)} people`,
    ].join(', ')}.`,
  ],
  storyLimits: 'Nothing has been published yet. Pieces that nobody confirmed stay out.',
  published: (slug: string, title: string): Inline[] => [
    { bold: title },
    ' is a story now: ',
    { code: `/nutgraf ${slug}` },
  ],
  publishedHint: (): Inline[] => [
    'It is laid over the files until somebody writes it into them: ',
    { code: 'npm run nutgraf -- content pull' },
    '.',
  ],
  unpublished: (slug: string): Inline[] => [`${slug} is no story any more. The draft is as it was.`],
  isStoryAlready: (slug: string, line: string): Inline[] => [
    `${slug} is a story already. To add more of the page to it: `,
    { code: line },
  ],
  publish: 'Publish…',

  form: {
    storyTitle: (slug: string) => `${slug}: publish`,
    storyIntro: (count: number): Inline[] => [
      `The new story gets ${plural(count, 'piece')} that ${count === 1 ? 'was' : 'were'} confirmed. Say the rest in your own words.`,
    ],
    headline: 'Title',
    status: 'How things stand',
    statusHint: 'One line',
    summary: 'Summary',
    summaryHint: 'In your own words',
    publish: 'Publish',
    needsWords: 'Please write this.',
  },
}
