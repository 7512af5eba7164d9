/** A page without what is no text, and the data about it that stood among its scripts. */
export type Stripped = { html: string; jsonLd: string[] }

const OPENING = /<!--|<(script|style)(?=[\s/>])/gi
const ENDS: Record<string, RegExp> = { script: /<\/script/gi, style: /<\/style/gi }

/**
 * Takes comments, scripts and styles out of a page, in one pass, and keeps its JSON-LD. They end where a browser ends them,
 * whatever is in them. One that never ends stays: what follows it may be the article.
 */
export function stripScripts(page: string): Stripped {
  const kept: string[] = []
  const jsonLd: string[] = []
  let from = 0
  OPENING.lastIndex = 0
  for (let open = OPENING.exec(page); open; open = OPENING.exec(page)) {
    const tag = open[1]?.toLowerCase()
    const body = tag === undefined ? open.index + 4 : page.indexOf('>', open.index) + 1
    if (body === 0) break
    const close = endOf(page, tag, body)
    if (!close) break
    if (tag === 'script' && /ld\+json/i.test(page.slice(open.index, Math.min(body, open.index + 500))))
      jsonLd.push(page.slice(body, close.start))
    kept.push(page.slice(from, open.index))
    from = close.end
    OPENING.lastIndex = from
  }
  kept.push(page.slice(from))
  return { html: kept.join(''), jsonLd }
}

function endOf(page: string, tag: string | undefined, from: number) {
  if (tag === undefined) {
    // `<!-->` is a whole comment.
    const start = page.indexOf('-->', from - 2)
    return start < 0 ? undefined : { start, end: start + 3 }
  }
  const pattern = ENDS[tag]!
  pattern.lastIndex = from
  const match = pattern.exec(page)
  if (!match) return undefined
  const end = page.indexOf('>', match.index)
  return { start: match.index, end: end < 0 ? page.length : end + 1 }
}
