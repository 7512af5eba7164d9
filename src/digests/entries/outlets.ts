import type { Inline } from '../../chat/reply.ts'
import type { Source, Story } from '../../content/story.ts'
import { phrases } from '../../phrases/phrases.ts'

/** How many outlets an entry names. The others are counted. */
const MAX_NAMED = 2

/** The outlets of some sources of a story, by their numbers, as links: ` [WQAD, City of Chicago +1]`. */
export const outletsOf = (story: Story, numbers: number[]): Inline[] =>
  outletLinks(numbers.flatMap(number => story.sources.find(source => source.number === number) ?? []))

/** The outlets of some sources, each once, as links; nothing if there are none. */
export function outletLinks(sources: Source[]): Inline[] {
  const byOutlet = new Map<string, Source>()
  for (const source of sources) {
    const known = byOutlet.get(source.outlet)
    // The first of an outlet, or the first of it that has an address.
    if (!known || (known.url === undefined && source.url !== undefined)) byOutlet.set(source.outlet, source)
  }
  const outlets = [...byOutlet.values()]
  if (outlets.length === 0) return []
  const named = outlets
    .slice(0, MAX_NAMED)
    .map(({ outlet, url }): Inline => (url === undefined ? outlet : { link: url, text: outlet }))
  return [' ', ...phrases.edition.outlets(named, outlets.length - named.length)]
}
