import { BlockList, isIP } from 'node:net'

/** What is not the public internet, though it looks like any address: own networks, examples, tests, groups. */
const RESERVED: [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** The only part of IPv6 that is given to hosts of the public internet, and what of it leads elsewhere. */
const GLOBAL_V6: [network: string, prefix: number] = ['2000::', 3]
const RESERVED_V6: [network: string, prefix: number][] = [
  // Tunnels and the like: the address of another host is inside.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const reserved = new BlockList()
for (const [network, prefix] of RESERVED) reserved.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of RESERVED_V6) reserved.addSubnet(network, prefix, 'ipv6')
const global = new BlockList()
global.addSubnet(...GLOBAL_V6, 'ipv6')

/**
 * Whether an IP address is one of the public internet. Nothing else may be asked for a feed: behind other addresses are the
 * services of the machine and its network, which trust whoever is inside.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !reserved.check(address, 'ipv4')
    case 6:
      // An IPv4 address in the form of IPv6 lies outside of what is global, and so is refused.
      return global.check(address, 'ipv6') && !reserved.check(address, 'ipv6')
    default:
      return false
  }
}

/**
 * Why an address of the web may not be asked; undefined if it may, as far as can be told before its name is looked up. A
 * URL has its host in canonical form, however it was spelled.
 */
export function addressProblem(url: URL): 'scheme' | 'login' | 'private' | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme'
  if (url.username !== '' || url.password !== '') return 'login'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(host) !== 0 && !isPublicAddress(host) ? 'private' : undefined
}
