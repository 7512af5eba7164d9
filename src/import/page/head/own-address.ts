/** Parameters that say how a reader came to a page. */
const TRACKING = /^(?:utm_.*|fbclid|gclid|mc_cid|mc_eid|cmpid|ocid|ito|xtor|smid|ref_src|igshid)$/i

/**
 * The address under which a page wants to be known, for people to open: without what tells how a reader came. What the page
 * says of itself counts only for the host that it came from: otherwise anybody could say to be somebody else.
 */
export function ownAddress(
  url: string | undefined,
  stated: (string | null | undefined)[],
): string | undefined {
  const from = url === undefined ? undefined : webAddress(url)
  for (const candidate of stated) {
    const address = candidate ? webAddress(candidate, from?.href) : undefined
    // Some sites call each of their pages by the address of the first.
    if (!address || address.pathname === '/') continue
    if (!from || siteOf(address) === siteOf(from)) return tidy(address)
  }
  return from && tidy(from)
}

function webAddress(text: string, base?: string): URL | undefined {
  const url = URL.parse(text, base)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === ''
    ? url
    : undefined
}

const siteOf = ({ hostname }: URL) => hostname.replace(/^(?:www|m|amp|mobile)\./, '')

function tidy(url: URL): string {
  url.hash = ''
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name)
  return url.href
}
