import { isSlackGroup } from '../commands/desk/permission.ts'
import type { Config } from '../config.ts'
import type { Feed } from '../content/feed.ts'
import { createAccessCheck as createDiscordAccessCheck } from '../platforms/discord/access.ts'
import { createAccessCheck as createSlackAccessCheck } from '../platforms/slack/access.ts'
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
import { diagnoseSenders } from './senders.ts'
import { diagnoseSettings, type SettingsInput } from './settings.ts'
import { createSlackCall, slackWebFrom } from './slack-api.ts'
import { diagnoseSlackApp } from './slack-app.ts'
import { usableConfig } from './usable-config.ts'
import { diagnoseWebhooks } from './webhooks.ts'

/** What doctor needs. Tests set `clock`, `probeDisk` and the timeouts. */
export type DoctorOptions = SettingsInput & {
  nodeVersion: string
  clock?: () => number
  probeDisk?: DiskProbe
  timeoutMs?: number
  areaTimeoutMs?: number
}

/** The limit for one area: two slow requests, one after the other. */
const AREA_TIMEOUT_MS = 8_000

/**
 * Examines a whole set-up: finds what is wrong, with its cure, and lists what only a person can check. It holds no
 * lock, writes nothing, and works beside a running bot. All requests are made at once. The content is checked last,
 * because that blocks the thread and would make answers look late.
 */
export async function runDoctor(options: DoctorOptions): Promise<Required<Diagnosis>> {
  const { env, nodeVersion, clock, timeoutMs, areaTimeoutMs = AREA_TIMEOUT_MS } = options
  const config = usableConfig(env)
  const { slack, discord, deskUsers } = config
  const httpClient = createHttpClient({ clock, timeoutMs })
  const call = createSlackCall(httpClient, slack?.apiUrl)
  const rest = discordRest(httpClient, discord?.token ?? '', discord?.apiUrl)
  const groups = deskUsers.some(isSlackGroup)
  const within = createAreaTimeout(areaTimeoutMs)

  const publicAddress = within('slack', diagnosePublicAddress(config, httpClient), [])
  const [slackApp, discordApp, database] = await Promise.all([
    slack && within('slack', diagnoseSlackApp(slack, { call, groups }), { findings: [] }),
    discord && within('discord', diagnoseDiscordApp(discord, rest), { findings: [] }),
    within('data', diagnoseDatabase(config), { findings: [] }),
  ])

  const placeAccess: PlaceAccess = {
    slack: slackApp?.app && {
      team: slackApp.app.team,
      access: createSlackAccessCheck(slackWebFrom(call, slack!.token)),
    },
    discord: discordApp?.app && {
      access: createDiscordAccessCheck(rest, async () => discordApp.app!.userId),
    },
  }
  const peopleAccess: PeopleAccess = {
    slack: slackApp?.app && { call, token: slack!.token, team: slackApp.app.team },
    discord: discordApp?.app && { rest },
  }
  const digestPlaces = (database.inspection?.subscriptions ?? [])
    .filter(({ state }) => state === 'on')
    .map(({ place }) => place)
  const platformsOn = [slack && 'slack', discord && 'discord'].filter(name => name !== undefined)
  const deskOptions = { placeAccess, peopleAccess, digestPlaces }
  const [installed, placeFindings, webhookFindings, deskFindings, addressFindings] = await Promise.all([
    discordApp?.app && fetchInstalledCommands(rest, { ...discordApp.app, guildId: discord?.guildId }),
    within('places', diagnosePlaces(digestPlaces, placeAccess, platformsOn), []),
    within('webhooks', diagnoseWebhooks(config, digestPlaces), []),
    within('desk', diagnoseDeskPeople(config, deskOptions), []),
    publicAddress,
  ])
  const content = await diagnoseContent(config)
  const commands = content.commands ?? []
  const feedFindings = await tryFeeds(content.feeds ?? [], config, timeoutMs)
  const findings: Finding[] = [
    ...diagnoseNode(nodeVersion),
    ...diagnoseSettings(options),
    ...diagnoseSenders(config, content.senders),
    ...(slackApp?.findings ?? []),
    ...addressFindings,
    ...(discordApp?.findings ?? []),
    ...(content.commands && installed ? compareDiscordCommands(commands, installed) : []),
    ...takenNameFindings(commands, {
      slack: Boolean(slack),
      discord: Boolean(discord),
      prefix: slack?.commandPrefix,
    }),
    ...placeFindings,
    ...webhookFindings,
    ...deskFindings,
    ...diagnoseClock(httpClient.clockOffsets()),
    ...diagnoseDataFolder(config, env, options.probeDisk),
    ...database.findings,
    ...content.findings,
    ...feedFindings,
  ]
  const byEye: ManualCheck[] = slack
    ? [...slackCommandChecks(commands, slack.commandPrefix), ...(slackApp?.byEye ?? [])]
    : []
  return { findings, byEye }
}

/** Most set-ups have no feeds, and what asks and reads them is large. */
async function tryFeeds(feeds: Feed[], config: Config, timeoutMs?: number): Promise<Finding[]> {
  if (feeds.length === 0) return []
  const { diagnoseFeeds } = await import('./feeds.ts')
  return diagnoseFeeds(feeds, config, timeoutMs)
}

/** Creates a time limit for work on an area: work that is late is replaced by a warning. The limit begins at once. */
function createAreaTimeout(timeoutMs: number) {
  const over = new Promise<void>(resolve => setTimeout(resolve, timeoutMs).unref())
  return async <Result extends Finding[] | { findings: Finding[] }>(
    area: Area,
    work: Promise<Result>,
    none: Result,
  ): Promise<Result> => {
    const late = findingsFor(area).warning(
      'no-time',
      `The checks of ${area} did not finish in time.`,
      'Run doctor again. If it still happens, check the network of this machine.',
    )
    const lateResult = (Array.isArray(none) ? [late] : { ...none, findings: [late] }) as Result
    return Promise.race([work, over.then(() => lateResult)])
  }
}
