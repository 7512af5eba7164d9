import { applyUpdate } from '../../../src/store/wire/apply-update.ts'
import type { Carrier, ItemUpdate, Via } from '../../../src/store/wire/items.ts'
import { identify } from '../../../src/wire/identify/identify.ts'
import { keysOf } from '../../../src/wire/identify/keys.ts'
import type { KeyKind, ParsedItem } from '../../../src/wire/item.ts'

/** What is known of the wire, in memory, kept and found as the store does. */
export type MemoryWire = {
  poll(parsed: ParsedItem[], now: number, from?: { via?: Via; outlet?: string }): ItemUpdate[]
  carriers(): Carrier[]
  keyKind(via?: Via): KeyKind
}

const FEED: Via = 'feed:wqad'

/** Creates a wire of which nothing is known. Whoever stops before it is told of a poll knows what it knew before. */
export function createMemoryWire(): MemoryWire {
  const carriers = new Map<string, Carrier>()
  const kinds = new Map<Via, KeyKind>()
  let items = 0

  const knownUnder = (via: Via, keys: Set<string>): Carrier[] => {
    const all = [...carriers.values()]
    const found = all.filter(carrier =>
      carrier.keys.some(key => keys.has(key) && (carrier.via === via || key.startsWith('shared:'))),
    )
    const known = new Set(found.map(({ item }) => item))
    // As from a database: other objects each time.
    return structuredClone(all.filter(({ item }) => known.has(item)))
  }

  return {
    poll(parsed, now, { via = FEED, outlet = 'WQAD' } = {}) {
      const keys = new Set(parsed.flatMap(keysOf))
      const { updates, keyKind } = identify({
        via,
        outlet,
        parsed,
        known: knownUnder(via, keys),
        keyKind: kinds.get(via) ?? 'guid',
        now,
        newId: () => `item${++items}`,
      })
      kinds.set(via, keyKind)
      for (const update of updates) {
        const place = `${update.item} ${update.via}`
        const { carrier } = applyUpdate(carriers.get(place), update, { now, hasArrived: true })
        carriers.set(place, carrier)
      }
      return updates
    },
    carriers: () => [...carriers.values()],
    keyKind: (via = FEED) => kinds.get(via) ?? 'guid',
  }
}
