/** A cache of the results of slow work, by key. */
export type TtlCache<Value> = {
  /** Returns the cached result, or makes it. Calls made meanwhile share one result; a failure is not cached. */
  getOrCreate(key: string, make: () => Promise<Value>): Promise<Value>
  delete(key: string): void
}

/**
 * Caches the last `maxEntries` results, each for `ttlMs` from the moment it was asked for, by a clock that is never set
 * back.
 */
export function ttlCache<Value>(options: {
  maxEntries: number
  ttlMs: number
  clock?: () => number
}): TtlCache<Value> {
  const { maxEntries, ttlMs, clock = () => performance.now() } = options
  const entries = new Map<string, { value: Promise<Value>; until: number }>()
  return {
    getOrCreate(key, make) {
      const entry = entries.get(key)
      if (entry && entry.until > clock()) return entry.value
      const value = (async () => make())()
      // Deleted first, so that it becomes the newest entry of the map.
      entries.delete(key)
      entries.set(key, { value, until: clock() + ttlMs })
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value as string)
      value.catch(() => {
        if (entries.get(key)?.value === value) entries.delete(key)
      })
      return value
    },
    delete: key => void entries.delete(key),
  }
}
