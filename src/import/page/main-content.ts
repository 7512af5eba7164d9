import { Readability } from '@mozilla/readability'

/** More than `shapeProblem` lets pass. */
const MAX_ELEMENTS = 200_000

/**
 * Finds the element of a page that holds its article, with the classes of what is in it; undefined if there is none.
 * Changes the document.
 */
export function mainContent(document: Document): Element | undefined {
  try {
    const article = new Readability<Element>(document, {
      keepClasses: true,
      disableJSONLD: true,
      maxElemsToParse: MAX_ELEMENTS,
      serializer: node => node as Element,
    }).parse()
    return article?.content ?? undefined
  } catch {
    // It trips over pages with two bodies, and the like.
    return undefined
  }
}
