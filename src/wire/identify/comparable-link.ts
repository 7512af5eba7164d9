/** Parameters that say how a reader came, and nothing about what is read. */
const TRACKING =
  /^(?:utm_|at_|ns_|mc_|pk_|mtm_|hsa_|vero_|oly_|_hs|wt[._])|^(?:xtor|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|igsh|twclid|ttclid|li_fat_id|cmpid|cmp|ocid|ito|smid|emc|ftag|taid|traffic_source|sr_share|soc_src|soc_trk|mkt_tok|mbid|guccounter|guce_referrer|guce_referrer_sig|spm|echobox|__twitter_impression|rss|feed|phpsessid|jsessionid|aspsessionid\w*|session_?id|cfid|cftoken)$/i
/** Parameters that do so with some values alone: `?source=rss`, but not `?source=ap`. */
const SOURCE = /^(?:source|src|ref|from|partner|via|medium|campaign|cid|feature|output)$/i
const SOURCE_VALUE =
  /^(?:.*[-_.])?(?:rss|feed|feeds|atom|newsletter|twitter|facebook|social|share|email)(?:[-_.\d].*)?$/i
/** Fragments that do: `#xtor=RSS-3`, `#ref=rss`, and the number that the BBC counts edits with (`#0`). */
const TRACKING_FRAGMENT = /^#(?:[\w.-]+=.*|rss|\d{1,3})$/i

/** The number of a visit in a path, and the name of the page that a server shows for a folder. */
const VISIT = /;(?:jsessionid|phpsessid|sid)=[^/;]*/gi
const FRONT_PAGE = /\/(?:index|default)\.(?:html?|php|aspx?|jsp)$/i

/**
 * An address in the form in which two of them are compared: without scheme, `www.`, tracking, the order of parameters and a
 * slash at the end. It serves to compare alone; what is shown is what the feed gave. `path` is without the host too.
 */
export type ComparableLink = { link: string; path?: string }

/** Compares nothing but text that is no address. */
export function comparableLink(address: string): ComparableLink {
  const url = URL.parse(address.trim())
  if (!url || !/^https?:$/.test(url.protocol)) return { link: address.trim() }
  const host = url.host.replace(/^www\d?\./, '')
  const parameters = [...url.searchParams]
    // An address that was escaped once too often has `&amp;` between its parameters.
    .map(([name, value]) => [name.replace(/^amp;/, ''), value] as const)
    .filter(([name, value]) => !TRACKING.test(name) && !(SOURCE.test(name) && SOURCE_VALUE.test(value)))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
  const query = parameters.length > 0 ? `?${parameters.join('&')}` : ''
  const fragment = TRACKING_FRAGMENT.test(url.hash) ? '' : url.hash
  const page = url.pathname.replace(VISIT, '').replace(FRONT_PAGE, '').replace(/\/+$/, '')
  const path = `${page}${query}${fragment}`
  // A bare host is the front page: as a path, all sites have it in common.
  return { link: `${host}${path}`, path: path === '' ? undefined : path }
}
