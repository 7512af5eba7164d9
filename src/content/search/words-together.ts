import { tokens } from '../fold.ts'
import type { Story } from '../story.ts'
import { passagesMatching } from './find-passages.ts'
import type { IndexView } from './index-view.ts'
import { KIND } from './story-index.ts'
import { SHORT_WORD_LENGTH } from './vocabulary.ts'
import { wordForms } from './word-forms.ts'

/** Of some words those that stand together in a passage, and those that stand anywhere as they are. */
export type WordsTogether = { used: string[]; known: string[] }

/** As many words as people remember of a passage; each further one is another look-up. */
const MAX_TRIED = 8
/** From how many of the rarest words on the others are tried. */
const MAX_STARTS = 3
/** Where even the rarest word is in more passages than these, no further one is tried: a search for it is no help. */
const MAX_LOOKED_AT = 500

/**
 * Finds as many of some words as stand together in one passage: the words of `must`, then the rarest, and each further one
 * that leaves something to be found. A passage with a longer word that begins with a typed one, or with another form of
 * it, has it.
 */
export function wordsTogether(view: IndexView, query: string, story?: Story, must = ''): WordsTogether {
  const { index } = view
  const scope = { kind: KIND.found, story }
  const required = new Set(tokens(must))
  const byRarity = [...new Set([...required, ...tokens(query)])]
    .map(word => {
      const passagesOf = (form: string) => index.entries.get(form)?.passages ?? 0
      // A common word needs no other forms, and those of it would take long.
      const isCommon = passagesOf(word) > MAX_LOOKED_AT
      const longer = word.length > SHORT_WORD_LENGTH ? index.vocabulary.beginningWith(word) : []
      const group = isCommon ? [word] : [word, ...longer, ...wordForms(word)]
      const passages = group.reduce((sum, form) => sum + passagesOf(form), 0)
      return { word, group, passages }
    })
    .filter(({ passages }) => passages > 0)
    .sort((a, b) => Number(required.has(b.word)) - Number(required.has(a.word)) || a.passages - b.passages)
  const known = byRarity.map(({ word }) => word).filter(word => index.entries.has(word))
  const standTogether = (words: typeof byRarity) =>
    passagesMatching(
      view,
      words.map(({ group }) => group),
      scope,
      1,
    ).length > 0
  if (byRarity.length > 1 && standTogether(byRarity)) return { used: byRarity.map(({ word }) => word), known }
  const first = byRarity.filter(({ word }) => required.has(word))
  const others = byRarity.filter(({ word }) => !required.has(word)).slice(0, MAX_TRIED)
  const keptFrom = (start: number) => {
    const kept: typeof byRarity = []
    for (const candidate of [...first, ...others.slice(start)]) {
      const isSlow = !story && kept.length > 0 && kept.every(({ passages }) => passages > MAX_LOOKED_AT)
      if (!isSlow && standTogether([...kept, candidate])) kept.push(candidate)
    }
    return kept
  }
  // The rarest word may be the one that does not belong to the others.
  const attempts = others.slice(0, MAX_STARTS).map((_, start) => keptFrom(start))
  const best = [...attempts, keptFrom(others.length)].reduce((a, b) => (b.length > a.length ? b : a))
  return { used: best.map(({ word }) => word), known }
}
