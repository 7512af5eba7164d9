import { parseHTML } from 'linkedom'

/** No article has more tags; the largest pages of newspapers have a tenth of it. */
const MAX_TAGS = 150_000
/** Twice as deep as browsers nest anything themselves. */
const MAX_DEPTH = 1_000

/** Tags without an end, and those whose end may be left out: these say nothing about how deep a page is nested. */
const UNCOUNTED = new Set(
  'area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option optgroup thead tbody tfoot colgroup rp rt html head body'.split(
    ' ',
  ),
)
const TAG = /<(\/?)([a-z][^\s/>]*)?/gi

/** Why a page would take too long to parse, seen in one pass; undefined if it would not. */
export function shapeProblem(html: string): string | undefined {
  let depth = 0
  let tags = 0
  TAG.lastIndex = 0
  for (let tag = TAG.exec(html); tag; tag = TAG.exec(html)) {
    if (++tags > MAX_TAGS) return `more than ${MAX_TAGS} tags`
    const name = tag[2]?.toLowerCase()
    if (name === undefined || UNCOUNTED.has(name)) continue
    depth = Math.max(0, depth + (tag[1] === '/' ? -1 : 1))
    if (depth > MAX_DEPTH) return `tags nested more than ${MAX_DEPTH} deep`
  }
  return undefined
}

/** Parses a page that `shapeProblem` let pass. It has a head and a body, whatever it left out. No script of it runs. */
export function parseHtml(html: string): Document {
  for (const page of [withBody(html), `<html><head></head><body>${html}</body></html>`]) {
    const { document } = parseHTML(page)
    // A tag or a comment that never ends may have swallowed what `withBody` saw.
    if (document.documentElement?.localName === 'html' && document.querySelector('body')) return document
  }
  return parseHTML('<html><head></head><body></body></html>').document
}

/** The parser adds nothing that was left out: without a body, the first paragraph would be the document. */
function withBody(html: string): string {
  if (/<(?:body|frameset)[\s/>]/i.test(html)) return /<html[\s/>]/i.test(html) ? html : `<html>${html}</html>`
  const head = /<\/head\s*>/i.exec(html) ?? /<html(?:\s[^>]*)?>/i.exec(html)
  const at = head ? head.index + head[0].length : 0
  const whole = `${html.slice(0, at)}<body>${html.slice(at)}`
  return /<html[\s/>]/i.test(html) ? whole : `<html>${whole}</html>`
}
