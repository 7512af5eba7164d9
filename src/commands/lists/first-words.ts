import { hasWordsWithoutSpaces, splitIntoWords } from '../../content/segments.ts'

/** The first whole words of a text, in at most so many characters; undefined where even the first one is longer. */
export function firstWords(text: string, max: number): string | undefined {
  if (text.length <= max) return text
  const head = text.slice(0, max + 1)
  if (!hasWordsWithoutSpaces(head))
    return head.slice(0, Math.max(0, head.lastIndexOf(' '))).trim() || undefined
  let end = 0
  // The last word may go on behind the end.
  for (const word of splitIntoWords(head).slice(0, -1)) end += word.length
  return head.slice(0, end).trim() || undefined
}
