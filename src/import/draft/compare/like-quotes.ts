import { tokens } from '../../../content/fold.ts'
import { likeness } from '../../../content/likeness.ts'
import { exactKey } from '../../../content/speakers.ts'
import type { Story } from '../../../content/story.ts'
import { phrases } from '../../../phrases/phrases.ts'
import type { ProposedEntry, ReportLine } from '../draft.ts'

/** So much in common have two wordings of one quotation. */
const MIN_LIKENESS = 0.55

/**
 * Quotations of a draft whose words a story has otherwise, from the same speaker; and those that it has already, which
 * only the story itself need not have twice.
 */
export function likeQuotes(
  entries: ProposedEntry[],
  { stories, into }: { stories: readonly Story[]; into: Story | undefined },
): ReportLine[] {
  const known = stories.flatMap(({ slug, quotes }) =>
    quotes.filter(({ kind }) => kind !== 'reported').map(quote => ({ slug, quote, names: namesOf(quote) })),
  )
  return entries.flatMap((entry): ReportLine[] => {
    if (entry.file !== 'quotes.yml') return []
    const { values, id } = entry
    const names = namesOf(values as { speaker: string; aliases?: string[] })
    const words = [values.words].flat().join(' ')
    const theirs = known.filter(other => other.names.some(name => names.includes(name)))
    const same = theirs.find(({ quote }) => isPartOf(words, quote.words) || isPartOf(quote.words, words))
    if (same) {
      const text = phrases.draftReport.wordsKnown(same.quote.id, same.slug)
      return [{ kind: 'differs', severity: same.slug === into?.slug ? 'look' : 'note', text, entry: id }]
    }
    const close = theirs
      .map(other => ({ ...other, likeness: likeness(words, other.quote.words) }))
      .sort((one, other) => other.likeness - one.likeness)[0]
    if (!close || close.likeness < MIN_LIKENESS) return []
    const text = phrases.draftReport.wordsDiffer(close.quote.id, close.slug, close.quote.words)
    return [{ kind: 'differs', severity: 'error', text, entry: id }]
  })
}

/** Whether words are all in other ones, in their order, whatever is around them. Marks and spaces do not count. */
const isPartOf = (words: string, others: string) => plain(others).includes(plain(words))

const plain = (words: string) => ` ${tokens(words.replaceAll('[…]', ' ')).join(' ')} `

const namesOf = ({ speaker, aliases = [] }: { speaker: string; aliases?: string[] }) =>
  [speaker, ...aliases].map(exactKey)
