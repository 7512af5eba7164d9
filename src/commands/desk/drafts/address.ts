/** The longest address that is read. */
const MAX_ADDRESS = 2_000
/** How many drafts may begin with the same name. */
const MAX_NAMESAKES = 99
const MAX_NAME = 24

/** Reads the address of a page as typed, also without https:// or in angle brackets; undefined if it is none. */
export function parseAddress(typed: string): URL | undefined {
  const bare = typed.trim().replace(/^<(.*)>$/s, '$1')
  if (bare.length > MAX_ADDRESS || /\s/.test(bare)) return undefined
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(bare) ? bare : `https://${bare}`)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  if (!isHost(url.hostname)) return undefined
  url.hash = ''
  return url
}

/** Whether this may be a host: a name with a dot, an address in numbers, or the own machine. */
const isHost = (hostname: string) => /\.|^\[|^localhost$/.test(hostname)

/**
 * The names that the draft of a page may have, the best first: short, because editors type them. `wqad`, `wqad-2` and so
 * on, after the name of its site.
 */
export function draftNames({ hostname }: URL): string[] {
  const base = siteName(hostname)
  return [base, ...Array.from({ length: MAX_NAMESAKES - 1 }, (_, index) => `${base}-${index + 2}`)]
}

/** The name of a site without what stands before and after it: `wqad` of `www.wqad.com`, `bbc` of `bbc.co.uk`. */
function siteName(hostname: string): string {
  const labels = hostname.toLowerCase().split('.')
  if (/^[\d.]+$|^\[/.test(hostname)) return 'page'
  const ends = labels.length > 2 && labels.at(-2)!.length <= 3 && labels.at(-1)!.length === 2 ? 2 : 1
  const label = labels.slice(0, -ends).at(-1) ?? labels[0]!
  const name = label.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return name.slice(0, MAX_NAME).replace(/-+$/, '') || 'page'
}
