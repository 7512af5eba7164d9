import { type Place, platformOf } from '../chat/platform.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ChannelAccess } from '../platforms/discord/access.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, note, ok } = findingsFor('places')

/** How a platform is asked what the bot may do in a place; absent where the platform is off or did not answer. */
export type PlaceAccess = Partial<
  Record<string, { team?: string; access(place: Place): Promise<ChannelAccess> }>
>

/** Each look costs requests, which a running bot shares: more than these are not looked at in one run. */
const MAX_PLACES = 40
const CONCURRENCY = 8

const TITLES: Record<string, { name: string; token: string }> = {
  slack: { name: 'Slack', token: 'SLACK_BOT_TOKEN' },
  discord: { name: 'Discord', token: 'DISCORD_TOKEN' },
}

/** Whether digests can be posted, corrected and looked for in each place that takes one. */
export async function diagnosePlaces(all: Place[], ways: PlaceAccess, on: string[]): Promise<Finding[]> {
  const distinct = [...new Set(all)].filter(place => !place.startsWith('preview:')).sort()
  const off = Map.groupBy(
    distinct.filter(place => !on.includes(platformOf(place))),
    platformOf,
  )
  const reachable = distinct.filter(place => ways[platformOf(place)])
  const looked = reachable.slice(0, MAX_PLACES)
  const found = [
    ...[...off].map(([name, some]) =>
      warning(
        'platform-off',
        `${placeCount(some.length)} on ${TITLES[name]?.name ?? name} ${some.length === 1 ? 'takes' : 'take'} digests, but ${TITLES[name]?.name ?? name} is off.`,
        `Set ${TITLES[name]?.token ?? 'its token'} again; until then they are not sent.`,
      ),
    ),
    ...(await mapConcurrently(looked, place => diagnosePlace(place, ways))).flat(),
  ]
  if (reachable.length > MAX_PLACES)
    found.push(
      note(
        'places-many',
        `${reachable.length - MAX_PLACES} more places that take digests were not looked at.`,
      ),
    )
  if (looked.length > 0 && found.every(({ severity }) => severity === 'note'))
    return [ok('places', `All is allowed in ${placeCount(looked.length)} with digests.`), ...found]
  return found
}

/** What stands in the way in one place. */
export async function diagnosePlace(place: Place, ways: PlaceAccess, what = 'digests'): Promise<Finding[]> {
  const way = ways[platformOf(place)]
  if (!way) return []
  const team = /^slack:([^/]+)\//.exec(place)?.[1]
  if (way.team !== undefined && team !== undefined && team !== way.team)
    return [
      error(
        'place-elsewhere',
        `${place} is in another workspace than SLACK_BOT_TOKEN (${way.team}): ${what} do not arrive there.`,
        'Set the token of that workspace, or end what is sent there with /digest off.',
      ),
    ]
  try {
    return accessFindings(place, await way.access(place), what)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return [
      warning(
        'place-unknown',
        `What nutgraf may do in ${place} was not told: ${why}.`,
        'Run doctor again in a minute.',
      ),
    ]
  }
}

function accessFindings(place: Place, access: ChannelAccess, what: string): Finding[] {
  const { post, correct, look, pictures, name, why } = access
  const where = name === undefined ? place : `${name} (${place})`
  if (!post)
    return [
      error(
        'place-no-post',
        `nutgraf may not post in ${where}: ${what} do not arrive there.`,
        why === undefined || why === phrases.slack.isArchived
          ? `${why ?? ''} Choose another channel.`.trim()
          : `In that channel: ${why}`,
      ),
    ]
  if (!correct) return [error('place-no-correct', `nutgraf may not correct what it posted in ${where}.`, why)]
  const found: Finding[] = []
  if (!look)
    found.push(
      warning(
        'place-no-history',
        `nutgraf may not read back in ${where}: after a crash in the middle of a post it cannot look whether the post stands there.`,
        why,
      ),
    )
  if (pictures === false)
    found.push(
      warning(
        'place-no-pictures',
        `nutgraf may not attach files in ${where}: cards and timelines are posted there as words alone.`,
        'In that channel: give nutgraf the permission Attach Files.',
      ),
    )
  return found
}

const placeCount = (places: number) => `${places} ${places === 1 ? 'place' : 'places'}`

async function mapConcurrently<Item, Result>(
  all: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const lane = async () => {
    while (next < all.length) {
      const index = next++
      results[index] = await work(all[index]!)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, lane))
  return results
}
