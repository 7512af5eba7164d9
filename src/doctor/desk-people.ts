import { type Place, platformOf } from '../chat/platform.ts'
import type { Config } from '../config.ts'
import type { Rest } from '../platforms/discord/rest.ts'
import { type Finding, findingsFor } from './finding.ts'
import { diagnosePlace, type PlaceAccess } from './places.ts'
import type { SlackCall } from './slack-api.ts'

const { error, warning, note, ok } = findingsFor('desk')

/** How people are looked up on each platform; absent if the platform is off or did not answer. */
export type PeopleAccess = {
  slack?: { call: SlackCall; token: string; team: string }
  discord?: { rest: Rest }
}

/** How many entries of DESK_USERS are checked: each costs a request. */
const MAX_PEOPLE = 30

/**
 * Checks whether the editors' channel can be reached, and whether the people in DESK_USERS exist. Places in
 * `digestPlaces` have been checked already.
 */
export async function diagnoseDeskPeople(
  { deskPlace, deskUsers, slack, discord }: Config,
  {
    placeAccess,
    peopleAccess,
    digestPlaces,
  }: { placeAccess: PlaceAccess; peopleAccess: PeopleAccess; digestPlaces: Place[] },
): Promise<Finding[]> {
  const [channel, people] = await Promise.all([
    deskPlace === undefined || digestPlaces.includes(deskPlace)
      ? []
      : diagnosePlace(deskPlace, placeAccess, 'messages to editors'),
    Promise.all(deskUsers.slice(0, MAX_PEOPLE).map(user => diagnosePerson(user, peopleAccess))),
  ])
  const findings: Finding[] = [
    ...channel.map(finding => ({ ...finding, area: 'desk' as const })),
    ...people.flat(),
  ]
  if (!slack && !discord) return findings
  // What is wrong with a webhook is said among webhooks.
  const platformsOn = [slack && 'slack', discord && 'discord', 'preview', 'webhook']
  if (deskPlace === undefined)
    findings.push(note('desk-channel-none', 'DESK_CHANNEL is not set: faults are not reported in chat.'))
  else if (!platformsOn.includes(platformOf(deskPlace)))
    findings.push(
      error(
        'desk-channel-off',
        `DESK_CHANNEL is ${deskPlace}, and that platform is off.`,
        'Name a channel on a platform that is on, or set the token of this one.',
      ),
    )
  if (deskUsers.length === 0)
    findings.push(note('desk-users-none', 'DESK_USERS is not set: nobody may use /desk.'))
  if (deskUsers.length > MAX_PEOPLE)
    findings.push(
      note(
        'desk-users-many',
        `${deskUsers.length - MAX_PEOPLE} more entries of DESK_USERS were not checked.`,
      ),
    )
  const bad = findings.some(({ severity }) => severity !== 'note')
  return bad || (deskPlace === undefined && deskUsers.length === 0)
    ? findings
    : [ok('desk', 'The configured desk can be reached.'), ...findings]
}

const CURE = 'Correct it in DESK_USERS, or remove it.'

async function diagnosePerson(user: string, { slack, discord }: PeopleAccess): Promise<Finding[]> {
  try {
    const [, team, id = ''] = /^slack:([^/]+)\/(.+)$/.exec(user) ?? []
    if (team !== undefined)
      return slack ? await diagnoseSlackPerson(user, { ...slack, id, elsewhere: team !== slack.team }) : []
    return discord ? await diagnoseDiscordPerson(user, discord.rest) : []
  } catch {
    return []
  }
}

async function diagnoseSlackPerson(
  user: string,
  { call, token, id, elsewhere }: { call: SlackCall; token: string; id: string; elsewhere: boolean },
): Promise<Finding[]> {
  if (elsewhere)
    return [
      warning(
        'desk-user-elsewhere',
        `${user} in DESK_USERS belongs to another workspace than SLACK_BOT_TOKEN.`,
        CURE,
      ),
    ]
  if (id.startsWith('S')) {
    const { ok: listed, error: why } = await call('usergroups.users.list', token, { usergroup: id })
    if (listed || why === 'ratelimited') return []
    return [
      error(
        'desk-group',
        `Slack does not list the members of the user group ${user} in DESK_USERS (${why}): none of them may use /desk.`,
        why === 'missing_scope'
          ? 'Paste what npm run -s manifest prints into the app (it asks for usergroups:read), and install it again.'
          : CURE,
      ),
    ]
  }
  const { json, error: why } = await call('users.info', token, { user: id })
  const profile = json.user as { deleted?: boolean; is_bot?: boolean } | undefined
  if (why === 'user_not_found')
    return [warning('desk-user', `${user} in DESK_USERS is not a user of the workspace.`, CURE)]
  if (profile?.deleted) return [warning('desk-user', `${user} in DESK_USERS has left the workspace.`, CURE)]
  return []
}

/** Checks an entry of DESK_USERS on Discord: a user, or a role as `discord:SERVER/ROLE`. */
async function diagnoseDiscordPerson(entry: string, rest: Rest): Promise<Finding[]> {
  const [, userOrServer, role] = /^discord:(\d+)(?:\/(\d+))?$/.exec(entry) ?? []
  if (userOrServer === undefined) return []
  try {
    if (role === undefined) {
      await rest('GET', `/users/${userOrServer}`)
      return []
    }
    const roles = (await rest('GET', `/guilds/${userOrServer}/roles`)) as { id: string }[]
    if (roles.some(({ id }) => id === role)) return []
  } catch (cause) {
    const { status } = cause as { status?: number }
    if (status !== 404 && status !== 403) return []
  }
  const kind = role === undefined ? 'a user on Discord' : 'a role on a server that nutgraf is on'
  return [warning('desk-user', `${entry} in DESK_USERS is not ${kind}.`, CURE)]
}
