/** Gives since when a feed at an address is as it is, in whole seconds. */
type ChangeTimes = (address: string, feed: { etag: string }) => number

/**
 * Creates what notes when feeds changed, for readers that know a feed by a date alone. It is the moment at which this process
 * first saw the feed so: never too early, also after a restart and beside other processes. Two states never share a second.
 */
export function createChangeTimes(clock = Date.now): ChangeTimes {
  const seen = new Map<string, { etag: string; at: number }>()
  return (address, { etag }) => {
    const last = seen.get(address)
    if (last?.etag === etag) return last.at
    const now = Math.floor(clock() / 1_000) * 1_000
    const at = last ? Math.max(now, last.at + 1_000) : now
    seen.set(address, { etag, at })
    return at
  }
}
