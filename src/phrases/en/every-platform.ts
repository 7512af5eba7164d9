import type { Inline } from '../../chat/reply.ts'

/** Sentences for every platform: how a call went, and the texts of menus and report forms. */
export const everyPlatform = {
  failed: 'Something went wrong on our side, and it has been logged. Please try again.',
  formTooLate: 'The form was not ready in time. Please try again in a moment.',
  storeUnavailable:
    'I can’t look anything up right now, so nothing was changed. Please try again in a moment.',
  /** `platform` is its name: Slack, Discord. */
  answerTooLate: (platform: string) =>
    `That took longer than ${platform} waits for an answer. Please try again in a moment.`,
  changeTooLate: 'That took too long, so nothing was changed. Please try again in a moment.',
  answerTooLong: (platform: string) =>
    `That answer does not fit into a message on ${platform}. It has been logged.`,
  messageDeleted: 'The message was deleted.',
  messageNotEditable: 'That message can’t be changed any more.',
  buttonNotFound: 'I can’t look up right now what this button asks for. Please press it again in a moment.',
  buttonTooOld: (): Inline[] => [
    'This button is too old: I no longer know what it asks for. What you can ask: ',
    { code: '/nutgraf help' },
  ],
  pictureTooLate: 'The picture was not ready in time. Ask again in a moment.',
  pictureFailed: 'The picture could not be made, so here is the text. It has been logged.',
  checkThisQuote: 'Check this quote',
  reportAnError: 'Report an error',
  whatIsWrong: 'What is wrong?',
  oneSentence: 'One sentence. The desk gets it with a link to the message and your name.',
  notMyMessage: (): Inline[] => [
    'That message is not mine. Choose one that I posted, or tell the editors in a sentence: ',
    { code: '/nutgraf report' },
  ],
}
