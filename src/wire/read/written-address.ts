/** An address in a link of HTML, where one of them was put in place of the address alone. */
const ANCHOR = /\shref\s*=\s*["']?([^"'\s<>]+)/i

/**
 * The address that somebody meant to write: without what is around it, escaped once less, with the scheme that it lacks.
 * Undefined for words that are none. `bases` are the addresses of the site, which some write without their scheme.
 */
export function writtenAddress(
  candidate: string | undefined,
  bases: (string | undefined)[],
): string | undefined {
  const written = (candidate ?? '')
    .replace(/[\t\n\r]/g, '')
    .replace(/&(?:amp|#0*38|#x0*26);/gi, '&')
    .replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '')
  const alone = written.includes('<') ? (ANCHOR.exec(written)?.[1] ?? '') : unquoted(written)
  if (alone === '') return undefined
  const scheme = /^(?:https?:\/\/)*(https?)[:;]?\/\//i.exec(alone)
  if (scheme) return `${scheme[1]}://${alone.slice(scheme[0].length)}`
  if (/^www\.[^/]+\./i.test(alone)) return `http://${alone}`
  const [first = ''] = alone.split(/[/?#]/, 1)
  const site = bases.find(base => base !== undefined && isHost(first, new URL(base)))
  if (site !== undefined) return `${new URL(site).protocol}//${alone}`
  // Relative addresses have no spaces, sentences have.
  return /\s/.test(alone) && !alone.includes('/') ? undefined : alone
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2]?.trim() ?? text

const isHost = (name: string, { hostname }: URL): boolean =>
  name.includes('.') && hostname.replace(/^www\./, '') === name.toLowerCase().replace(/^www\./, '')
