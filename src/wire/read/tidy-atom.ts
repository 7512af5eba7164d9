import { changeMarkup } from './change-markup.ts'
import { mendTags } from './mend-tags.ts'

/** A link as RSS writes it. */
const LINK = /<((?:[\w.-]+:)?link)((?:\s[^<>]*)?)>\s*(https?:\/\/[^<>\s"']+)\s*<\/\1\s*>/gi
/** A text of Atom 0.3 that may be written in base64. */
const PACKED = /<((?:[\w.-]+:)?(?:title|summary|content))(\s[^<>]*)>([\w\s+/=]+)<\/\1\s*>/gi
/** A title with elements in it, which is not said to be any: it is no text, whatever its type says. */
const MARKED_UP = /<((?:[\w.-]+:)?title)((?:\s[^<>]*)?)>(?=[^<]*<[a-z])/gi
/** What is empty hides what stands after it. */
const EMPTY = /<((?:[\w.-]+:)?(?:title|link))\s*(?:\/>|>\s*<\/\1\s*>)/gi

/** The text of an Atom feed with what belongs to other formats, or to its older version alone, written as Atom has it. */
export const tidyAtom = (text: string): string =>
  changeMarkup(text, markup => {
    const linked = mendTags(markup)
      .replace(EMPTY, '')
      .replace(LINK, (all, name: string, attributes: string, address: string) =>
        /\shref\s*=/i.test(attributes) ? all : `<${name}${attributes} href="${address}"/>`,
      )
    const typed = linked.replace(MARKED_UP, (all, name: string, attributes: string) =>
      /html/i.test(attributes) ? all : `<${name}${attributes.replace(TYPE, '')} type="xhtml">`,
    )
    return /base64/i.test(linked) ? typed.replace(PACKED, unpacked) : typed
  })

const TYPE = /\s(?:type|mode)\s*=\s*(?:"[^"]*"|'[^']*')/gi

function unpacked(all: string, name: string, attributes: string, written: string): string {
  if (!/\smode\s*=\s*["']base64/i.test(attributes)) return all
  const text = Buffer.from(written, 'base64').toString('utf8').toWellFormed()
  return `<${name}${attributes}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`
}
