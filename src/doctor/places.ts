import { type Place, platformOf } from '../chat/platform.ts'
import { phrases } from '../phrases/phrases.ts'
import type { ChannelAccess } from '../platforms/discord/access.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, note, ok } = findingsFor('places')

/** How each platform is asked what the bot may do in a place; absent if the platform is off or did not answer. */
export type PlaceAccess = Partial<
  Record<string, { team?: string; access(place: Place): Promise<ChannelAccess> }>
>

/** How many places are checked in one run: each costs requests, and shares the rate limit with the running bot. */
const MAX_PLACES = 40
const CONCURRENCY = 8

const TITLES: Record<string, { name: string; token: string }> = {
  slack: { name: 'Slack', token: 'SLACK_BOT_TOKEN' },
  discord: { name: 'Discord', token: 'DISCORD_TOKEN' },
}

/** Checks whether digests can be posted, corrected and searched for in each place that receives one. */
export async function diagnosePlaces(
  places: Place[],
  placeAccess: PlaceAccess,
  platformsOn: string[],
): Promise<Finding[]> {
  const distinct = [...new Set(places)].filter(place => !/^(?:preview|webhook):/.test(place)).sort()
  const off = Map.groupBy(
    distinct.filter(place => !platformsOn.includes(platformOf(place))),
    platformOf,
  )
  const reachable = distinct.filter(place => placeAccess[platformOf(place)])
  const checked = reachable.slice(0, MAX_PLACES)
  const findings = [
    ...[...off].map(([platform, { length }]) => platformOffFinding(platform, length)),
    ...(await mapConcurrently(checked, place => diagnosePlace(place, placeAccess))).flat(),
  ]
  if (reachable.length > MAX_PLACES)
    findings.push(
      note('places-many', `${reachable.length - MAX_PLACES} more places with digests were not checked.`),
    )
  if (checked.length > 0 && findings.every(({ severity }) => severity === 'note'))
    return [
      ok('places', `nutgraf may do all it needs in ${placeCount(checked.length)} with digests.`),
      ...findings,
    ]
  return findings
}

function platformOffFinding(platform: string, places: number): Finding {
  const { name, token } = TITLES[platform] ?? { name: platform, token: 'its token' }
  return warning(
    'platform-off',
    `${placeCount(places)} on ${name} ${places === 1 ? 'receives' : 'receive'} digests, but ${name} is off.`,
    `Set ${token} again; until then they are not sent.`,
  )
}

/** Says what stops the bot from posting `what` in a place, or from correcting it there. */
export async function diagnosePlace(
  place: Place,
  placeAccess: PlaceAccess,
  what = 'digests',
): Promise<Finding[]> {
  const platform = placeAccess[platformOf(place)]
  if (!platform) return []
  const team = /^slack:([^/]+)\//.exec(place)?.[1]
  if (platform.team !== undefined && team !== undefined && team !== platform.team)
    return [
      error(
        'place-elsewhere',
        `${place} is in another workspace than SLACK_BOT_TOKEN (${platform.team}): ${what} do not arrive there.`,
        'Set the token of that workspace, or stop the digests there with /digest off.',
      ),
    ]
  try {
    return accessFindings(place, await platform.access(place), what)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return [
      warning(
        'place-unknown',
        `nutgraf cannot find out what it may do in ${place}: ${why}.`,
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
  const findings: Finding[] = []
  if (!look)
    findings.push(
      warning(
        'place-no-history',
        `nutgraf may not read the history of ${where}: if a crash interrupts a post, it cannot check whether the post arrived.`,
        why,
      ),
    )
  if (pictures === false)
    findings.push(
      warning(
        'place-no-pictures',
        `nutgraf may not attach files in ${where}: cards and timelines are posted there as text only.`,
        'In that channel: give nutgraf the permission Attach Files.',
      ),
    )
  return findings
}

const placeCount = (places: number) => `${places} ${places === 1 ? 'place' : 'places'}`

async function mapConcurrently<Item, Result>(
  items: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const runner = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index]!)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, runner))
  return results
}
