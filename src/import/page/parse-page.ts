import { decode } from '../../wire/read/decode.ts'
import { sniff } from '../../wire/read/sniff.ts'
import type { Article } from '../article.ts'
import { declaredType } from './declared-type.ts'
import { fileKind } from './file-kind.ts'
import type { PageBytes, Unread } from './page-bytes.ts'
import { parseHtmlPage } from './parse-html-page.ts'
import { parsePlainText } from './parse-plain-text.ts'

/** A page begins with a tag, or has one of these early. */
const HTML =
  /^\s*<(?:[a-z]|!doctype\s+html|!--)|<(?:!doctype\s+html|html|head|body|article|main|section|div|p|br|table|meta|title|h1)(?=[\s/>])/i
/** What is a page although its server calls it plain text. */
const WHOLE_PAGE = /^\s*<(?:!doctype\s+html|html)[\s>]/i
/** As far as a first tag is looked for. */
const HEAD_LENGTH = 20_000
/** A page with less may ask to prove that one is a person, or wait for a script. */
const FEW_WORDS = 50
/** A page with less has no article: what there is are the names of its parts. */
const MIN_WORDS = 10
/** The longest judgment of a court has half of it. */
const MAX_TEXT = 1_000_000

/** What is text, and no page. */
const OTHER_KINDS: Record<string, string> = {
  rss: 'a feed: follow it, or give the address of a page',
  atom: 'a feed: follow it, or give the address of a page',
  rdf: 'a feed: follow it, or give the address of a page',
  json: 'data for programs (JSON)',
}

/**
 * Reads a page or a plain text as an article, whatever its bytes are; what cannot be read is told with its reason. `now`
 * bounds its date. Holds its thread: the loop uses `readPage`, which does this in another one.
 */
export function parsePage({ bytes, contentType = '', url }: PageBytes, now: number): Article | Unread {
  const notText = fileKind(bytes)
  if (notText !== undefined) return { failure: 'notAPage', detail: notText }
  const decoded = decode(bytes, declaredType(bytes, contentType))
  if ('why' in decoded) return { failure: 'encoding' }
  const { text } = decoded
  if (text.includes('\0')) return { failure: 'notAPage', detail: 'the file of a program' }
  const { kind } = sniff(text)
  const isCalledPlain = /^\s*text\/plain\b/i.test(contentType) && !WHOLE_PAGE.test(text.slice(0, HEAD_LENGTH))
  if (!isCalledPlain && kind in OTHER_KINDS) return { failure: 'notAPage', detail: OTHER_KINDS[kind] }
  const isPlain = isCalledPlain || !HTML.test(text.slice(0, HEAD_LENGTH))
  const article = isPlain ? parsePlainText(text, { url, now }) : parseHtmlPage(text, { url, now })
  if ('failure' in article) return article
  if (article.text.length > MAX_TEXT) return { failure: 'tooMany', detail: `more than ${MAX_TEXT} letters` }
  if (kind === 'challenge' && article.words < FEW_WORDS) return { failure: 'challenge' }
  return article.words < (isPlain ? 1 : MIN_WORDS) ? { failure: 'noArticle' } : article
}
