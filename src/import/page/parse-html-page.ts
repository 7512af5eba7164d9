import type { Article } from '../article.ts'
import { findHead } from './head/find-head.ts'
import { parseHtml, shapeProblem } from './html-document.ts'
import { isTranscript } from './labels.ts'
import { leftOut } from './left-out.ts'
import { mainContent } from './main-content.ts'
import { markBreaks } from './mark-breaks.ts'
import { isNotice } from './notices.ts'
import type { Unread } from './page-bytes.ts'
import { paragraphsOf } from './paragraphs.ts'
import { removeAround, removeBoxes } from './remove-boxes.ts'
import { stripScripts } from './strip-scripts.ts'
import { countWords } from './words.ts'

/** So far from the beginning, a line may be the title again, perhaps with other marks. */
const HEAD_LINES = 4
const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Reads the article of a web page: what is around it goes, readability finds it, boxes within it and notices go, and what
 * stood between its paragraphs and was left out is listed.
 */
export function parseHtmlPage(page: string, { url, now }: { url?: string; now: number }): Article | Unread {
  const { html, jsonLd } = stripScripts(page)
  const problem = shapeProblem(html)
  if (problem !== undefined) return { failure: 'tooMany', detail: problem }
  const document = parseHtml(html)
  const head = findHead({ document, jsonLd, url, now })
  const onPage = paragraphsOf(document.body)
  removeAround(document)
  markBreaks(document.body)
  const withoutContent = paragraphsOf(document.body)
  const content = mainContent(document)
  if (content) removeBoxes(content)
  // Readability finds nothing in a page of a few lines: then its lines are all there is.
  const lines = content ? paragraphsOf(content) : withoutContent
  const isTitle = (line: string) => head.title !== undefined && letters(line) === letters(head.title.value)
  const kept = lines.filter((line, index) => !isNotice(line) && !(index < HEAD_LINES && isTitle(line)))
  const text = kept.join('\n')
  return {
    ...head,
    text,
    words: countWords(text),
    dropped: leftOut(onPage, { lines, kept }).filter(line => !isTitle(line)),
    ...(isTranscript(kept) && { labels: true }),
  }
}
