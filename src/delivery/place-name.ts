import { type Place, type Platform, platformOf } from '../chat/platform.ts'
import { harmlessName } from '../chat/safe-text.ts'
import { ttlCache } from '../chat/ttl-cache.ts'
import { withTimeout } from '../chat/with-timeout.ts'
import { phrases } from '../phrases/phrases.ts'

/** Names a place as editors know it, `#city-desk on Slack`, or by its id where its platform does not tell. */
export type NamePlace = (place: Place) => Promise<string>

/** A notice must not wait for a platform that hangs: then the id is used. */
const NAME_TIMEOUT_MS = 1_000
/** A channel that is renamed keeps its old name in notices for this long. */
const REMEMBERED_MS = 10 * 60_000
const MAX_REMEMBERED = 500

/** Creates what names places; it asks a platform for a name at most every ten minutes. */
export function createNamePlace(platform: (name: string) => Platform | undefined): NamePlace {
  const names = ttlCache<string>({ maxEntries: MAX_REMEMBERED, ttlMs: REMEMBERED_MS })
  return place =>
    names
      .getOrCreate(place, async () => {
        const name = platformOf(place)
        const asked = platform(name)?.checkAccess?.(place)
        const access = asked && (await withTimeout(asked, NAME_TIMEOUT_MS))
        const known = harmlessName(access?.name)
        return known === undefined ? place : phrases.desk.placeName(known, name)
      })
      // A failure is not remembered.
      .catch(() => place)
}
