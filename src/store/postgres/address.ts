const FORM = 'postgres://user:password@host:5432/database'

/**
 * Says what is wrong with the address of a PostgreSQL, never with a part of it; undefined if nothing is. A sign in a
 * password that ends a part of an address would send us to another host, or nowhere.
 */
export function databaseUrlProblem(url: string): string | undefined {
  if (!/^postgres(?:ql)?:\/\//.test(url)) return `DATABASE_URL must be an address like ${FORM}`
  if (isParsable(url) && !hasRawSigns(url.slice(url.indexOf('://') + 3))) return undefined
  return `DATABASE_URL does not work as an address like ${FORM}: signs in its user or password must be percent-encoded (/ as %2F, # as %23, ? as %3F, @ as %40, : as %3A, % as %25)`
}

/**
 * Names the mode that the driver takes `prefer`, `require` and `verify-ca` for. It warns of them in several lines among ours,
 * since later versions of it will mean less by them: then no certificate would be verified.
 */
export function withExplicitSslMode(url: string): string {
  if (/[?&]uselibpqcompat=true(?:&|$)/.test(url)) return url
  return url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
}

/** Whether the driver can read an address: it is lenient about spaces, single % and a missing host. */
function isParsable(url: string): boolean {
  const isEncoded = !/ |%[^a-f0-9]|%[a-f0-9][^a-f0-9]/i.test(url)
  try {
    decodeURIComponent(isEncoded ? url : encodeURI(url).replace(/%25(\d\d)/g, '%$1'))
  } catch {
    return false
  }
  return URL.canParse(url) || URL.canParse(url.replace('@/', '@host/'))
}

/** Whether a / ? or # of a password has ended the part of an address that names user and host. */
function hasRawSigns(address: string): boolean {
  const end = address.search(/[/?#]/)
  const userAndHost = end < 0 ? address : address.slice(0, end)
  const rest = address.slice(userAndHost.length)
  const path = rest.split('?', 1)[0]!
  // A fragment means nothing to a database, and options are `name=value`.
  if (rest.includes('#') || path.includes('@') || /[?&](?!\w+=)/.test(rest) || /@.*\//.test(rest)) return true
  return !userAndHost.includes('@') && rest.includes('@')
}
