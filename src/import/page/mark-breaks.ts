/** Before the first words of a paragraph that only line breaks set apart from the one before: white space to all others. */
export const PARAGRAPH = '\u2029'
const TEXT_NODE = 3
const BREAKS_BETWEEN_PARAGRAPHS = 2

/**
 * Marks where two line breaks in a row begin a paragraph, as in old pages without `<p>`. Readability moves and removes the
 * breaks; the marks are within the text, and stay.
 */
export function markBreaks(root: Node): void {
  let breaks = 0
  const visit = (node: Node): void => {
    if (node.nodeType === TEXT_NODE) {
      const text = node.nodeValue ?? ''
      if (text.trim() === '') return
      if (breaks >= BREAKS_BETWEEN_PARAGRAPHS) node.nodeValue = PARAGRAPH + text
      breaks = 0
    } else if ((node as Element).localName === 'br') breaks++
    for (const child of node.childNodes) visit(child)
  }
  visit(root)
}
