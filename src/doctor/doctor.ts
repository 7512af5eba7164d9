import { access as discordAccess } from '../platforms/discord/access.ts'
import { access as slackAccess } from '../platforms/slack/access.ts'
import { clock } from './clock.ts'
import { discordDifferences, installedCommands, slackCommandsByEye, takenNames } from './commands.ts'
import { content } from './content.ts'
import { database } from './database.ts'
import { type Asking, deskPeople } from './desk-people.ts'
import { discordRest } from './discord-api.ts'
import { discordApp } from './discord-app.ts'
import { type Disk, dataFolder } from './disk.ts'
import { type Area, type Finding, type Found, findings, type Look } from './finding.ts'
import { node } from './node.ts'
import { places, type Ways } from './places.ts'
import { publicAddress } from './public-address.ts'
import { asker } from './request.ts'
import { type Settings, settings } from './settings.ts'
import { slackCalls, webOf } from './slack-api.ts'
import { slackApp } from './slack-app.ts'
import { workable } from './usable-config.ts'

/** What a look needs; `clock`, `disk` and the times are others in tests. */
export type Looking = Settings & {
  nodeVersion: string
  clock?: () => number
  disk?: Disk
  timeoutMs?: number
  mostMs?: number
}

/** All of one area, and of those that hang on it, may take so long. */
const MOST_MS = 8_000

/**
 * Looks at a whole set-up: what is wrong, with its cure, and what only a person can see. It holds no lock, writes
 * nothing, and works beside a bot that runs. What is asked of others is asked at once; the content is checked last,
 * since that leaves no time for answers that arrive meanwhile.
 */
export async function doctor(looking: Looking): Promise<Required<Found>> {
  const { env, nodeVersion, timeoutMs, mostMs = MOST_MS } = looking
  const config = workable(env)
  const { slack, discord, deskUsers } = config
  const requests = asker({
    ...(looking.clock && { clock: looking.clock }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  const call = slackCalls(requests, slack?.apiUrl)
  const rest = discordRest(requests, discord?.token ?? '', discord?.apiUrl)
  const groups = deskUsers.some(one => /^slack:[^/]+\/S/.test(one))
  const within = inTime(mostMs)

  const slackSide = slack && within('slack', slackApp(slack, { call, groups }), { findings: [] })
  const discordSide = discord && within('discord', discordApp(discord, rest), { findings: [] })
  const stored = within('data', database(config), { findings: [] })
  const address = within('slack', publicAddress(config, requests), [])
  const [onSlack, onDiscord, seen] = await Promise.all([slackSide, discordSide, stored])

  const ways: Ways = {
    ...(onSlack?.app && {
      slack: { team: onSlack.app.team, access: slackAccess(webOf(call, slack!.token)) },
    }),
    ...(onDiscord?.app && {
      discord: { access: discordAccess(rest, async () => onDiscord.app!.userId) },
    }),
  }
  const asking: Asking = {
    ...(onSlack?.app && { slack: { call, token: slack!.token, team: onSlack.app.team } }),
    ...(onDiscord?.app && { discord: { rest } }),
  }
  const taking = (seen.seen?.subscriptions ?? [])
    .filter(({ state }) => state === 'on')
    .map(({ place }) => place)
  const on = [slack && 'slack', discord && 'discord'].filter(one => one !== undefined)
  const [installed, inPlaces, ofDesk, public_] = await Promise.all([
    onDiscord?.app && installedCommands(rest, { ...onDiscord.app, ...given(discord?.guildId) }),
    within('places', places(taking, ways, on), []),
    within('desk', deskPeople(config, { ways, asking, told: taking }), []),
    address,
  ])
  const written = await content(config)
  const commands = written.commands ?? []
  const found: Finding[] = [
    ...node(nodeVersion),
    ...settings(looking),
    ...(onSlack?.findings ?? []),
    ...public_,
    ...(onDiscord?.findings ?? []),
    ...(written.commands && installed ? discordDifferences(commands, installed) : []),
    ...takenNames(commands, { slack: Boolean(slack), discord: Boolean(discord) }),
    ...inPlaces,
    ...ofDesk,
    ...clock(requests.ahead()),
    ...dataFolder(config, env, looking.disk),
    ...seen.findings,
    ...written.findings,
  ]
  const byEye: Look[] = slack ? [...slackCommandsByEye(commands), ...(onSlack?.byEye ?? [])] : []
  return { findings: found, byEye }
}

const given = (guildId: string | undefined) => (guildId === undefined ? {} : { guildId })

/** Bounds work: what has not come by then is told as a warning, in the place of what it would have found. */
function inTime(mostMs: number) {
  const over = new Promise<void>(resolve => setTimeout(resolve, mostMs).unref())
  return async <Result extends Finding[] | { findings: Finding[] }>(
    area: Area,
    work: Promise<Result>,
    none: Result,
  ): Promise<Result> => {
    const late = findings(area).warning(
      'no-time',
      `What there is to know of ${area} did not come in time.`,
      'Run doctor again; if it stays so, look at the network of this machine.',
    )
    const instead = (Array.isArray(none) ? [late] : { ...none, findings: [late] }) as Result
    return Promise.race([work, over.then(() => instead)])
  }
}
