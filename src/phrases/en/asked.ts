import type { Inline } from '../../reply.ts'

/** What both platforms say of how a call went, and what they ask for. */
export const asked = {
  failed: 'Something went wrong on our side, and it has been logged. Please try again.',
  lateForm: 'I can’t reach my memory right now. Please try again in a moment.',
  /** `platform` is its name: Slack, Discord. */
  late: (platform: string) =>
    `That took longer than ${platform} waits for an answer. Please try again in a moment.`,
  doesNotFit: (platform: string) =>
    `That answer does not fit into a message on ${platform}. It has been logged.`,
  postDoesNotFit: (platform: string) =>
    `This answer does not fit into a message on ${platform}. It has been logged.`,
  latePicture: 'The picture was not ready in time. Ask again in a moment.',
  noPicture: 'The picture could not be made, so this is the same in words. It has been logged.',
  checkThisQuote: 'Check this quote',
  reportAnError: 'Report an error',
  whatIsWrong: 'What is wrong?',
  oneSentence: 'One sentence. The desk gets it with a link to the message and your name.',
  notOurs: (): Inline[] => [
    'That message is none of mine. Report an error at one that I posted, or tell it in a sentence: ',
    { code: '/nutgraf report' },
  ],
}
