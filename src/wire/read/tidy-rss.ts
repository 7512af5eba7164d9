import { changeMarkup } from './change-markup.ts'
import { mendTags } from './mend-tags.ts'

/** A link as Atom writes it, in a feed that is none: `<link href="…"/>`, also with an end of its own. */
const LINK = /<link(\s[^<>]*)>(\s*<\/link\s*>)?/gi
/** An address that a program for web pages took out of its link: there, a link has no text. */
const FALLEN_OUT = /<link\s*\/>\s*(https?:\/\/[^<>\s]+)/gi
/** Dates that RSS does not know, by the names that they have elsewhere. */
const DATE = /<(\/?)(?:(published|issued|created|date)|updated|modified|lastmod)(?=[\s>])/gi
/** What says nothing, and hides what stands after it: parsers take the first of several. */
const EMPTY = /<(title|link|guid|pubdate|description)\s*(?:\/>|>\s*<\/\1\s*>)/gi
/**
 * The text of an RSS feed with what belongs to other formats written as RSS has it: links and dates of Atom, and a namespace
 * around all of it. `root` is the name of its first element.
 */
export function tidyRss(text: string, root: string): string {
  const [prefix, name] = root.split(':')
  const plain = name ? text.replaceAll(new RegExp(`(</?)${prefix}:`, 'gi'), '$1') : text
  return changeMarkup(withoutNamespace(plain), markup =>
    mendTags(markup)
      .replace(FALLEN_OUT, '<link>$1</link>')
      .replace(EMPTY, '')
      .replace(LINK, asAtomLink)
      .replace(DATE, (_, slash: string, published?: string) =>
        published ? `<${slash}atom:published` : `<${slash}atom:updated`,
      ),
  )
}

/** A feed is what its elements say: to which namespace somebody gave all of them plays no part. */
const withoutNamespace = (text: string): string =>
  text.replace(/<(?:rss|channel)\s[^<>]*>/gi, tag => tag.replace(/\sxmlns\s*=\s*(?:"[^"]*"|'[^']*')/gi, ''))

function asAtomLink(all: string, attributes: string, end: string | undefined): string {
  if (!/\shref\s*=/i.test(attributes)) return all
  if (attributes.endsWith('/')) return `<atom:link${attributes}>${end ?? ''}`
  return end === undefined ? all : `<atom:link${attributes}/>`
}
