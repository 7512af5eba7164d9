import type { Article, FoundDate } from '../article.ts'
import { dayOf } from './head/find-date.ts'
import { ownAddress } from './head/own-address.ts'
import { isTranscript, labelOf } from './labels.ts'
import { isNotice } from './notices.ts'
import { plainParagraphs } from './plain-paragraphs.ts'
import { countWords } from './words.ts'

/** A longer first line is the beginning of the text. */
const MAX_TITLE = 200
/** So far from the beginning, a line that is a date may be that of the text. */
const DATE_LINES = 8

/**
 * Reads a plain text as an article: paragraphs with blank lines between them or one a line, lines broken where they were
 * full, and transcripts. Its first line is the title, if it looks like one.
 */
export function parsePlainText(written: string, { url, now }: { url?: string; now: number }): Article {
  const lines = plainParagraphs(written)
  const title = titleOf(lines)
  const body = title === undefined ? lines : lines.slice(1)
  const published = dateIn(lines.slice(0, DATE_LINES), now)
  const kept = body.filter(line => !isNotice(line))
  const text = kept.join('\n')
  const address = ownAddress(url, [])
  return {
    ...(title !== undefined && { title: { value: title, from: 'page' as const } }),
    ...(published && { published }),
    ...(address !== undefined && { url: address }),
    text,
    words: countWords(text),
    dropped: body.filter(isNotice),
    ...(isTranscript(kept) && { labels: true }),
  }
}

function titleOf([first = '', second]: string[]): string | undefined {
  const isTitle =
    second !== undefined &&
    first.length <= MAX_TITLE &&
    !/[.,;:!"”’)]$/.test(first) &&
    !/^["“‘]/.test(first) &&
    labelOf(first) === undefined &&
    !isNotice(first)
  return isTitle ? first : undefined
}

/** A line that is nothing but a date, perhaps with “Published” before it. */
function dateIn(lines: string[], now: number): FoundDate | undefined {
  for (const line of lines) {
    const day = /\d{4}/.test(line) && line.length < 80 ? dayOf(line, now) : undefined
    if (day) return { date: day.date, from: 'text', sure: false }
  }
  return undefined
}
