import { PREPOSITION } from '../grammar.ts'
import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { phraseFrom } from './phrase-from.ts'
import type { Source } from './source.ts'

/** Where a sentence begins after “LONDON (Reuters) -” and “MUMBAI:”. */
function afterDateline(tokens: Token[], low: number, high: number): number {
  if (low > 0 || !/^\p{Lu}{2,}/u.test(tokens[0]!.text)) return low
  for (let index = 1; index < Math.min(high, 16); index++) {
    if (/^(?:—|–|--|-|:)$/.test(tokens[index]!.text)) return index + 1 < high ? index + 1 : low
  }
  return low
}

/** Who a sentence is about: what stands first in it, after “On Tuesday,” or “Asked about it,”. */
export function mainSubject(paragraph: Paragraph, low: number, high: number): Source | undefined {
  const { tokens } = paragraph
  let from = afterDateline(tokens, low, high)
  while (from < high && tokens[from]!.kind !== 'word') from++
  const opening = tokens[from]
  if (!opening) return undefined
  if (
    PREPOSITION.test(opening.lower) ||
    (!paragraph.mentionAt[from] &&
      /^(?:asked|speaking|writing|when|while|although|though|because|if|reached|addressing|responding|citing|discussing|[a-z]+ing|later|meanwhile|however|then|earlier|also|instead|still|yesterday|today)$/.test(
        opening.lower,
      ))
  ) {
    const opened = from
    for (let index = from + 1; index < high; index++) {
      if (tokens[index]!.text !== ',') continue
      from = index + 1
      const named = from < high ? paragraph.mentionAt[from] : undefined
      const isPlace =
        named !== undefined &&
        (named.kind === 'place' || (named.kind !== 'person' && tokens[named.last + 1]?.text === ','))
      if (from < high && !isPlace && !/^(?:\d.*|and|or|on|in|at)$/.test(tokens[from]!.lower)) break
    }
    if (from > opened) {
      /* The subject follows the comma. */
    } else if (PREPOSITION.test(opening.lower)) return undefined
    else from++
  }
  while (
    from < high &&
    (/^(?:but|and|yet|so|then|or)$/.test(tokens[from]!.lower) ||
      (/ly$/.test(tokens[from]!.lower) && !paragraph.mentionAt[from]))
  )
    from++
  const source = from < high ? phraseFrom(paragraph, from) : undefined
  return source && source.first < high ? source : undefined
}
