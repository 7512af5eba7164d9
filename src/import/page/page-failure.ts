import type { FeedFailureCode } from '../../store/wire/feeds.ts'

/** Why a page was not read, as a code; the sentence for chat is made where people read it. */
export type PageFailureCode =
  | FeedFailureCode
  /** A picture, a PDF, a program: `detail` says what. */
  | 'notAPage'
  /** A page without any paragraph that could be an article. */
  | 'noArticle'

/** What each code is called on the command line and in the log. Addresses never stand in it. */
const SENTENCES: Record<PageFailureCode, string> = {
  dns: 'its address leads nowhere: look for a mistake in its name',
  private: 'its address is not one of the public internet',
  timeout: 'it did not answer in time',
  connection: 'no connection could be made',
  certificate: 'its certificate is not valid',
  status: 'the server did not give it',
  tooManyRequests: 'the server asks to be left alone for a while',
  gone: 'it is gone for good',
  redirects: 'it leads from one address to the next without an end',
  tooLarge: 'it is larger than 10 MB: save the text of the article alone',
  html: 'it is a web page',
  challenge: 'it asks visitors to prove that they are people: open it in a browser and save it as a file',
  cutOff: 'it ends in the middle',
  notAFeed: 'it is no text',
  encoding: 'its letters cannot be read: save it as UTF-8',
  tooMany: 'it takes more time or memory to read than any article may',
  notAPage: 'it is neither a web page nor plain text',
  noArticle: 'no article was found in it: copy the text that a browser shows into a .txt file',
}

/** Sentences for a code with a certain detail, in place of both. */
const SPECIAL: Record<string, string> = {
  'private scheme': 'its address must begin with https:// or http://',
  'private login': 'its address has a name or a password in it: give it without them',
  'private private': SENTENCES.private,
}

/** A page that was not read. Its message is a sentence for an editor, without the address. */
export class PageError extends Error {
  override name = 'PageError'
  readonly code: PageFailureCode
  readonly detail?: string

  constructor(code: PageFailureCode, detail?: string) {
    const special = SPECIAL[`${code} ${detail}`]
    const more = detail === undefined || special !== undefined ? '' : ` (${detail})`
    super(`The page was not read: ${special ?? SENTENCES[code]}${more}.`)
    this.code = code
    this.detail = detail
  }
}
