import { lineNumberAt } from '../../content/line-number.ts'
import { exactKey } from '../../content/speakers.ts'
import type { FoundQuotation } from '../quotations/quotation.ts'
import type { DraftInput, ProposedEntry } from './draft.ts'
import { personCalled } from './known-people.ts'
import { aliasesOf } from './quote-entries.ts'

const MAX_NAME_CHARACTERS = 100

/**
 * The people who are quoted, as entries of people.yml: each with the first role that the text gives them, byte for byte.
 * Nobody without a role, and nobody whom the story has already.
 */
export function peopleEntries({ article, quotations, into }: DraftInput, number: number): ProposedEntry[] {
  const byName = new Map<string, FoundQuotation[]>()
  for (const quotation of quotations) {
    const { speaker, speakerKind } = quotation
    if (speaker === undefined || speakerKind !== 'person' || speaker.length > MAX_NAME_CHARACTERS) continue
    const key = exactKey(speaker)
    byName.set(key, [...(byName.get(key) ?? []), quotation])
  }
  return [...byName.values()].flatMap((theirs): ProposedEntry[] => {
    const name = theirs[0]!.speaker!
    const role = theirs.find(quotation => quotation.role !== undefined)?.role
    if (role === undefined || (into && personCalled(name, into))) return []
    const aliases = aliasesOf(name, theirs, article.text)
    const at = Math.max(0, article.text.indexOf(name))
    return [
      {
        file: 'people.yml',
        id: name,
        sure: theirs.some(({ sure }) => sure),
        at: lineNumberAt(article.text, at),
        values: { name, ...(aliases.length > 0 && { aliases }), role, sources: [number] },
      },
    ]
  })
}
