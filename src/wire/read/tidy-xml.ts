import { foldSurrogates } from './plain-text.ts'
import { resolveBases } from './resolve-bases.ts'
import { tidyAtom } from './tidy-atom.ts'
import { tidyRss } from './tidy-rss.ts'

/** The longest tag that is read, with its attributes. Parsers need hundreds of megabytes for one that never ends. */
const MAX_TAG = 100_000
/** Words of JavaScript that a parser refuses as the name of an element, and the whole feed with it. */
const RESERVED = /(<\/?(?:[\w.-]+:)?)(__proto__|constructor|prototype)(?=[\s/>])/g

/**
 * Prepares the text of a feed in XML for the parser: what it would read wrongly or refuse is written otherwise, and links
 * are resolved where the document says against what. `root` is the name of its first element. Undefined if a tag is too long
 * to be one.
 */
export function tidyXml(text: string, url: string, root: string): string | undefined {
  if (hasEndlessTag(text)) return undefined
  const folded = foldSurrogates(text).replace(RESERVED, '$1x-$2')
  const tidy = /feed$/i.test(root) ? tidyAtom(folded) : tidyRss(folded, root)
  return tidy.includes('xml:base') ? resolveBases(tidy, url) : tidy
}

function hasEndlessTag(text: string): boolean {
  let end = -1
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (text.startsWith('<![CDATA[', at) || text.startsWith('<!--', at)) {
      const close = text.indexOf(text[at + 2] === '[' ? ']]>' : '-->', at)
      if (close < 0) return text.length - at > MAX_TAG
      at = close
      continue
    }
    // Looked for once and kept: many a “<” may stand before the same “>”.
    if (end < at) {
      const next = text.indexOf('>', at)
      end = next < 0 ? text.length : next
    }
    if (end - at > MAX_TAG) return true
  }
  return false
}
