import { type Place, platformOf } from '../../chat/platform.ts'
import { harmlessName } from '../../chat/safe-text.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DeskRequest } from '../context.ts'
import { waitBriefly } from '../digest/run.ts'

/** Each name is a question to a platform, and an answer waits for them: further places keep their ids. */
const MAX_LOOKUPS = 10

/** Names a place as editors know it: `#city-desk on Slack`. */
export type PlaceNames = (place: string) => string

/** Looks up the names of places. A place keeps its id if its platform does not tell the name within a second. */
export async function lookUpPlaceNames({ desk }: DeskRequest, places: Place[]): Promise<PlaceNames> {
  const names = new Map<string, string>()
  await Promise.all(
    [...new Set(places)].slice(0, MAX_LOOKUPS).map(async place => {
      const platform = platformOf(place)
      const access = await waitBriefly(desk.platform(platform)?.checkAccess?.(place), desk)
      const name = harmlessName(access?.name)
      if (name !== undefined) names.set(place, phrases.desk.placeName(name, platform))
    }),
  )
  return place => names.get(place) ?? place
}
