/** A tag of which no attribute stands in quotation marks. */
const BARE = /<(guid|link|enclosure|source|title|content)(\s[^<>"']*=[^<>"']*)>/gi
const BARE_VALUE = /(\s[\w:.-]+\s*=\s*)([^\s"'<>]+?)(?=\s|\/?$)/g
/** An element with text alone in it, and the next end of an element. */
const LEAF = /<(title|link|guid|pubdate|id|published|updated)((?:\s[^<>]*)?)>([^<]*)<\/([\w.:-]+)\s*>/gi
/** What such elements stand in. Where it ends, they have ended. */
const AROUND = /^(?:item|entry|channel|rss|feed|(?:\w+:)?rdf)$/i

/** Markup with the slips mended that parsers do not forgive: attributes without quotation marks, and misspelt ends. */
export const mendTags = (markup: string): string =>
  markup
    .replace(
      BARE,
      (_, name: string, attributes: string) => `<${name}${attributes.replace(BARE_VALUE, '$1"$2"')}>`,
    )
    .replace(LEAF, (all, name: string, attributes: string, text: string, end: string) => {
      if (end === name || attributes.endsWith('/')) return all
      return `<${name}${attributes}>${text}</${name}>${AROUND.test(end) ? `</${end}>` : ''}`
    })
