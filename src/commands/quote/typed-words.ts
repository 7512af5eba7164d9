import { tokens } from '../../content/fold.ts'

const MARKS = '"“”„‟＂«»‹›「」『』《》〈〉｢｣〝〞〟'
const SINGLE = "'‘’‚‛"
const CLOSING = `${MARKS}‘’`
const AROUND = new RegExp(`^[\\s${MARKS}‘‚‛]+|(?<![\\s${MARKS}])[\\s${MARKS}]+$`, 'gu')
const AROUND_WITH_END = new RegExp(
  `(?<![\\s${CLOSING}])[\\s${CLOSING}]*(?:([.,。、，])[\\s${CLOSING}]*)?$`,
  'u',
)
const IN_SINGLE_MARKS = new RegExp(`^\\s*[${SINGLE}](.*)[${SINGLE}]\\s*$`, 'su')
/** `>` at the start of a line marks a quotation in chat; before a number it is a sign. */
const LINE_MARK = /^[^\S\r\n\u2028\u2029]*(?:>[^\S\n]?){1,3}(?![\d\p{Sc}.])/gmu
/** An ellipsis as people type it, alone or in brackets. */
const ELLIPSIS = /(?:(?<!\s)\s+)?(?:[[(]\s*(?:…|\.{3}|\. \. \.)\s*[\])]|…+|\.{3,}|\. \. \.)\s*/u
const EVERY_ELLIPSIS = new RegExp(ELLIPSIS, 'gu')

/** Removes what chat and people put around quoted words: `>` before lines, and quotation marks of any kind. */
export function withoutMarksAround(typed: string): string {
  const words = typed.replace(LINE_MARK, '').trim()
  const inside = words.replace(AROUND, '')
  return IN_SINGLE_MARKS.exec(words)?.[1]?.replace(AROUND, '') ?? inside
}

/** Removes ellipses from both ends, where they only say that the source goes on. */
export function withoutOuterEllipses(words: string): string {
  const found = [...words.matchAll(EVERY_ELLIPSIS)].map(({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }))
  let [from, to] = [0, words.length]
  for (const { start, end } of found) if (start === from) from = end
  for (const { start, end } of found.toReversed()) if (end === to && start >= from) to = start
  return words.slice(from, to).replace(AROUND, '')
}

/** Splits words into those without a full stop, comma or closing mark at the end, and that ending. */
export function splitEnding(words: string): { core: string; ending: string } {
  const found = AROUND_WITH_END.exec(words)
  return { core: words.slice(0, found?.index ?? words.length), ending: found?.[1] ?? '' }
}

/** The pieces between the ellipses of words: one piece if there are none, and none for an ellipsis at either end. */
export const piecesBetweenEllipses = (words: string): string[] =>
  words.split(ELLIPSIS).filter(piece => tokens(piece).length > 0)
