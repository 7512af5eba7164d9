import { type ParsedLine, textAfter } from '../line.ts'

/** What is looked for, and which of what is found: `sessions funding #2`. */
export function parseQuery(args: string[]): { query: string; number: number } {
  const last = /^#(\d+)$/.exec(args.at(-1) ?? '')
  const query = (last ? args.slice(0, -1) : args).join(' ').trim()
  return { query, number: last ? Number(last[1]) : 1 }
}

/**
 * The text to check, as typed: without quotation marks around all of it, but with those inside. A picker sends `check`
 * and the words as one value or as two; a person who types only `check` is asked for the words.
 */
export function textToCheck({ args: [first = '', ...more] }: ParsedLine, typed: string): string | undefined {
  const singleValue = /^check\s+(\S[\s\S]*)$/i.exec(first)
  if (singleValue && more.length === 0) return withoutOuterMarks(singleValue[1]!)
  return first.toLowerCase() === 'check' ? withoutOuterMarks(textAfter(typed, 1)) : undefined
}

function withoutOuterMarks(text: string): string {
  const straight = /^"([\s\S]*)"$/.exec(text.trim())
  if (straight) return withoutOuterMarks(straight[1]!.replace(/\\([\\"])/g, '$1'))
  return /^[“„]([^“”„]*)[“”]$/.exec(text.trim())?.[1] ?? text.trim()
}
