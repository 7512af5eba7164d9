import type { Document } from './document.ts'

/** The fields of a source that say which one it is, and whether its words are stored. */
type SourceEntry = { number?: unknown; url?: unknown; text?: unknown }

/**
 * Documents without those sources that a later one has taken over: the same page under the same number, now with its stored
 * text. If the later one is taken back, the earlier one stands again.
 */
export function withoutTakenOver(documents: readonly Document[]): readonly Document[] {
  const withText = documents.filter(document => isSource(document) && sourceOf(document).text !== undefined)
  if (withText.length === 0) return documents
  return documents.filter(
    (document, index) =>
      !isSource(document) ||
      !withText.some(later => documents.indexOf(later) > index && hasTakenOver(later, document)),
  )
}

function hasTakenOver(later: Document, earlier: Document): boolean {
  const [{ number, url }, known] = [sourceOf(later), sourceOf(earlier)]
  // What was pulled without its text is in files by now, which nobody changes here.
  if (earlier.pulledAt !== undefined && later.pulledAt === undefined) return false
  return known.text === undefined && known.number === number && known.url === url && url !== undefined
}

const isSource = ({ path, entry }: Document) => entry !== undefined && path.endsWith('/sources.desk.yml')

const sourceOf = ({ entry = {} }: Document): SourceEntry => entry
