import { addressProblem } from './public-address.ts'

const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' }

/** Decides which addresses may be asked, and which names may lead into the own network. */
export type AddressGuard = {
  /** Why an address may not be asked, in a feed that begins at another one; undefined if it may. */
  problem(url: URL, start: URL): string | undefined
  isOwnName(hostname: string): boolean
}

/**
 * Makes the guard. `ownHosts` are those of the own network that the settings allow, with or without a port. A feed from
 * elsewhere cannot lead there: what may be asked inside is up to the settings alone.
 */
export function createAddressGuard(ownHosts: string[]): AddressGuard {
  const own = ownHosts.flatMap(entry => {
    const hostname = URL.parse(`http://${entry}`)?.hostname
    return hostname === undefined ? [] : [{ hostname, port: /:(\d+)$/.exec(entry)?.[1] }]
  })
  const entriesOf = (hostname: string) => own.filter(entry => entry.hostname === hostname)
  const isOwn = ({ hostname, port, protocol }: URL) =>
    protocol in DEFAULT_PORTS &&
    entriesOf(hostname).some(
      entry => entry.port === undefined || entry.port === (port || DEFAULT_PORTS[protocol]),
    )
  return {
    isOwnName: hostname => entriesOf(hostname).length > 0,
    problem(url, start) {
      if (entriesOf(url.hostname).length === 0) return addressProblem(url)
      return isOwn(url) && isOwn(start) ? undefined : 'private'
    },
  }
}
