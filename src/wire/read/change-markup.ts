/** What is text in a document, whatever it looks like: from its mark to the end of it. */
const LITERAL = /<!\[CDATA\[|<!--/g

/** A text with a change made to its markup alone: what is marked as text (CDATA) and what is in comments stays. */
export function changeMarkup(text: string, change: (markup: string) => string): string {
  const parts: string[] = []
  let from = 0
  LITERAL.lastIndex = 0
  for (let mark = LITERAL.exec(text); mark; mark = LITERAL.exec(text)) {
    const end = endOfLiteral(text, mark.index)
    if (end === undefined) break
    parts.push(change(text.slice(from, mark.index)), text.slice(mark.index, end))
    from = end
    LITERAL.lastIndex = end
  }
  return parts.join('') + change(text.slice(from))
}

/** Where the CDATA or the comment ends that begins at a position; undefined if it does not. */
export function endOfLiteral(text: string, at: number): number | undefined {
  const close = text.startsWith('<!--', at) ? '-->' : ']]>'
  const end = text.indexOf(close, at + 4)
  return end < 0 ? undefined : end + close.length
}
