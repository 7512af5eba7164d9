import { createAccessCheck as discordAccess } from '../platforms/discord/access.ts'
import { createAccessCheck as slackAccess } from '../platforms/slack/access.ts'
import { diagnoseClock } from './clock.ts'
import {
  compareDiscordCommands,
  fetchInstalledCommands,
  slackCommandChecks,
  takenNameFindings,
} from './commands.ts'
import { diagnoseContent } from './content.ts'
import { diagnoseDatabase } from './database.ts'
import { diagnoseDeskPeople, type PeopleAccess } from './desk-people.ts'
import { discordRest } from './discord-api.ts'
import { diagnoseDiscordApp } from './discord-app.ts'
import { type DiskProbe, diagnoseDataFolder } from './disk.ts'
import { type Area, type Diagnosis, type Finding, findingsFor, type ManualCheck } from './finding.ts'
import { createHttpClient } from './http-client.ts'
import { diagnoseNode } from './node.ts'
import { diagnosePlaces, type PlaceAccess } from './places.ts'
import { diagnosePublicAddress } from './public-address.ts'
import { diagnoseSettings, type SettingsInput } from './settings.ts'
import { createSlackCall, slackWebFrom } from './slack-api.ts'
import { diagnoseSlackApp } from './slack-app.ts'
import { usableConfig } from './usable-config.ts'

/** What a look needs; `clock`, `disk` and the times are others in tests. */
export type DoctorOptions = SettingsInput & {
  nodeVersion: string
  clock?: () => number
  probeDisk?: DiskProbe
  timeoutMs?: number
  areaTimeoutMs?: number
}

/** All of one area, and of those that hang on it, may take so long. */
const AREA_TIMEOUT_MS = 8_000

/**
 * Looks at a whole set-up: what is wrong, with its cure, and what only a person can see. It holds no lock, writes
 * nothing, and works beside a bot that runs. What is asked of others is asked at once; the content is checked last,
 * since that leaves no time for answers that arrive meanwhile.
 */
export async function runDoctor(looking: DoctorOptions): Promise<Required<Diagnosis>> {
  const { env, nodeVersion, timeoutMs, areaTimeoutMs = AREA_TIMEOUT_MS } = looking
  const config = usableConfig(env)
  const { slack, discord, deskUsers } = config
  const requests = createHttpClient({
    ...(looking.clock && { clock: looking.clock }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  const call = createSlackCall(requests, slack?.apiUrl)
  const rest = discordRest(requests, discord?.token ?? '', discord?.apiUrl)
  const groups = deskUsers.some(one => /^slack:[^/]+\/S/.test(one))
  const within = createAreaTimeout(areaTimeoutMs)

  const slackSide = slack && within('slack', diagnoseSlackApp(slack, { call, groups }), { findings: [] })
  const discordSide = discord && within('discord', diagnoseDiscordApp(discord, rest), { findings: [] })
  const stored = within('data', diagnoseDatabase(config), { findings: [] })
  const address = within('slack', diagnosePublicAddress(config, requests), [])
  const [onSlack, onDiscord, seen] = await Promise.all([slackSide, discordSide, stored])

  const ways: PlaceAccess = {
    ...(onSlack?.app && {
      slack: { team: onSlack.app.team, access: slackAccess(slackWebFrom(call, slack!.token)) },
    }),
    ...(onDiscord?.app && {
      discord: { access: discordAccess(rest, async () => onDiscord.app!.userId) },
    }),
  }
  const asking: PeopleAccess = {
    ...(onSlack?.app && { slack: { call, token: slack!.token, team: onSlack.app.team } }),
    ...(onDiscord?.app && { discord: { rest } }),
  }
  const taking = (seen.seen?.subscriptions ?? [])
    .filter(({ state }) => state === 'on')
    .map(({ place }) => place)
  const on = [slack && 'slack', discord && 'discord'].filter(one => one !== undefined)
  const [installed, inPlaces, ofDesk, public_] = await Promise.all([
    onDiscord?.app && fetchInstalledCommands(rest, { ...onDiscord.app, ...guildIdOption(discord?.guildId) }),
    within('places', diagnosePlaces(taking, ways, on), []),
    within('desk', diagnoseDeskPeople(config, { ways, asking, told: taking }), []),
    address,
  ])
  const written = await diagnoseContent(config)
  const commands = written.commands ?? []
  const found: Finding[] = [
    ...diagnoseNode(nodeVersion),
    ...diagnoseSettings(looking),
    ...(onSlack?.findings ?? []),
    ...public_,
    ...(onDiscord?.findings ?? []),
    ...(written.commands && installed ? compareDiscordCommands(commands, installed) : []),
    ...takenNameFindings(commands, { slack: Boolean(slack), discord: Boolean(discord) }),
    ...inPlaces,
    ...ofDesk,
    ...diagnoseClock(requests.clockOffsets()),
    ...diagnoseDataFolder(config, env, looking.probeDisk),
    ...seen.findings,
    ...written.findings,
  ]
  const byEye: ManualCheck[] = slack ? [...slackCommandChecks(commands), ...(onSlack?.byEye ?? [])] : []
  return { findings: found, byEye }
}

const guildIdOption = (guildId: string | undefined) => (guildId === undefined ? {} : { guildId })

/** Bounds work: what has not come by then is told as a warning, in the place of what it would have found. */
function createAreaTimeout(mostMs: number) {
  const over = new Promise<void>(resolve => setTimeout(resolve, mostMs).unref())
  return async <Result extends Finding[] | { findings: Finding[] }>(
    area: Area,
    work: Promise<Result>,
    none: Result,
  ): Promise<Result> => {
    const late = findingsFor(area).warning(
      'no-time',
      `What there is to know of ${area} did not come in time.`,
      'Run doctor again; if it stays so, look at the network of this machine.',
    )
    const instead = (Array.isArray(none) ? [late] : { ...none, findings: [late] }) as Result
    return Promise.race([work, over.then(() => instead)])
  }
}
