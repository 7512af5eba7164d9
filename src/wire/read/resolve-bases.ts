/** An open element, and the address against which links in it are resolved; undefined if none was named. */
type Open = { name: string; base?: string }

/** The attributes in which elements have addresses. A link of RSS has its address as its text. */
const ADDRESSES: Record<string, string | undefined> = { link: 'href', enclosure: 'url', content: 'src' }

/** Deeper than this, no feed has links. */
const MAX_DEPTH = 100

/**
 * The text of a feed in which each link that stands under an `xml:base` is absolute. The parser drops these bases, so it is
 * done before. `url` is the address of the feed, against which a relative base counts.
 */
export function resolveBases(text: string, url: string): string {
  const parts: string[] = []
  const open: Open[] = []
  let copied = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    const end = endOf(text, at)
    if (end < 0) break
    const tag = /^<(\/?)([\w:.-]+)/.exec(text.slice(at, at + 100))
    if (!tag) {
      at = end
      continue
    }
    const name = tag[2]!
    if (tag[1]) {
      const index = open.findLastIndex(element => element.name === name)
      if (index >= 0) open.length = index
      at = end
      continue
    }
    const source = text.slice(at, end + 1)
    const outer = open.at(-1)?.base
    const own = attribute(source, 'xml:base')
    const base = own === undefined ? outer : (absolute(own.value, outer ?? url) ?? outer)
    const place = base === undefined ? undefined : ADDRESSES[name.replace(/^.*:/, '').toLowerCase()]
    if (base !== undefined && place !== undefined) {
      const href = attribute(source, place)
      const written = href ?? (place === 'href' ? content(text, end + 1, name) : undefined)
      const link = written && absolute(written.value, base)
      if (written && link !== undefined) {
        const from = (href ? at : 0) + written.at
        parts.push(text.slice(copied, from), link.replaceAll('&', '&amp;'))
        copied = from + written.size
      }
    }
    if (!source.endsWith('/>') && open.length < MAX_DEPTH) open.push({ name, base })
    at = end
  }
  return parts.join('') + text.slice(copied)
}

/** Where markup ends that begins at a position: a tag, a comment, or text that is marked as such. */
function endOf(text: string, at: number): number {
  const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : '>'
  const end = text.indexOf(close, at)
  return end < 0 ? end : end + close.length - 1
}

/** A value with its place: where it begins, and how much of the document it takes. */
type Written = { value: string; at: number; size: number }

/** As much as stands between a tag and what is in it, if it is space alone. */
const MAX_SPACE = 100

function attribute(tag: string, name: string): Written | undefined {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag)
  const value = match && (match[1] ?? match[2])
  return match && value !== undefined && value !== null
    ? { value, at: match.index + match[0].length - 1 - value.length, size: value.length }
    : undefined
}

/** The text between a tag and its end, where nothing else stands between them; also if it is marked as text. */
function content(text: string, from: number, name: string): Written | undefined {
  const mark = /^\s*<!\[CDATA\[/.exec(text.slice(from, from + MAX_SPACE))?.[0] ?? ''
  const end = text.indexOf(mark ? ']]>' : '<', from + mark.length)
  if (end < 0) return undefined
  const value = text.slice(from + mark.length, end)
  const after = mark ? end + ']]>'.length : end
  const isAll = text
    .slice(after, after + MAX_SPACE)
    .trimStart()
    .startsWith(`</${name}`)
  return value.trim() !== '' && isAll ? { value, at: from, size: after - from } : undefined
}

const absolute = (link: string, base: string): string | undefined =>
  URL.parse(link.trim().replaceAll('&amp;', '&'), base)?.href
