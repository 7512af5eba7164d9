import { type Place, platformOf } from '../chat/platform.ts'
import type { Config } from '../config.ts'
import type { Rest } from '../platforms/discord/rest.ts'
import { type Finding, findingsFor } from './finding.ts'
import { diagnosePlace, type PlaceAccess } from './places.ts'
import type { SlackCall } from './slack-api.ts'

const { error, warning, note, ok } = findingsFor('desk')

/** How people are asked about; absent where the platform is off or did not answer. */
export type PeopleAccess = {
  slack?: { call: SlackCall; token: string; team: string }
  discord?: { rest: Rest }
}

/** Each look costs a request. */
const MAX_PEOPLE = 30

/**
 * Whether the channel of the desk can be reached and those who may use /desk are there. What is wrong with a place that
 * takes a digest is `told` already.
 */
export async function diagnoseDeskPeople(
  { deskPlace, deskUsers, slack, discord }: Config,
  { ways, asking, told }: { ways: PlaceAccess; asking: PeopleAccess; told: Place[] },
): Promise<Finding[]> {
  const [channel, people] = await Promise.all([
    deskPlace === undefined || told.includes(deskPlace)
      ? []
      : diagnosePlace(deskPlace, ways, 'what the desk should hear'),
    Promise.all(deskUsers.slice(0, MAX_PEOPLE).map(one => diagnosePerson(one, asking))),
  ])
  const found: Finding[] = [...channel.map(one => ({ ...one, area: 'desk' as const })), ...people.flat()]
  if (!slack && !discord) return found
  const on = [slack && 'slack', discord && 'discord', 'preview']
  if (deskPlace === undefined)
    found.push(note('desk-channel-none', 'DESK_CHANNEL is not set: nobody is told of faults in chat.'))
  else if (!on.includes(platformOf(deskPlace)))
    found.push(
      error(
        'desk-channel-off',
        `DESK_CHANNEL is ${deskPlace}, and that platform is off.`,
        'Name a channel on a platform that is on, or set the token of this one.',
      ),
    )
  if (deskUsers.length === 0)
    found.push(note('desk-users-none', 'DESK_USERS is not set: nobody may use /desk.'))
  if (deskUsers.length > MAX_PEOPLE)
    found.push(
      note('desk-users-many', `${deskUsers.length - MAX_PEOPLE} more of DESK_USERS were not looked at.`),
    )
  const bad = found.some(({ severity }) => severity !== 'note')
  return bad || (deskPlace === undefined && deskUsers.length === 0)
    ? found
    : [ok('desk', 'What is set of the desk can be reached.'), ...found]
}

const REMOVE = 'Correct it in DESK_USERS, or take it out.'

async function diagnosePerson(one: string, { slack, discord }: PeopleAccess): Promise<Finding[]> {
  try {
    const [, team, id = ''] = /^slack:([^/]+)\/(.+)$/.exec(one) ?? []
    if (team !== undefined)
      return slack ? await diagnoseSlackPerson(one, { ...slack, id, elsewhere: team !== slack.team }) : []
    return discord ? await diagnoseDiscordPerson(one, discord.rest) : []
  } catch {
    return []
  }
}

async function diagnoseSlackPerson(
  one: string,
  { call, token, id, elsewhere }: { call: SlackCall; token: string; id: string; elsewhere: boolean },
): Promise<Finding[]> {
  if (elsewhere)
    return [
      warning(
        'desk-user-elsewhere',
        `${one} in DESK_USERS is of another workspace than SLACK_BOT_TOKEN.`,
        REMOVE,
      ),
    ]
  if (id.startsWith('S')) {
    const { ok: known, error: why } = await call('usergroups.users.list', token, { usergroup: id })
    if (known || why === 'ratelimited') return []
    return [
      error(
        'desk-group',
        `Slack does not tell who is in the user group ${one} of DESK_USERS (${why}): nobody of it may use /desk.`,
        why === 'missing_scope'
          ? 'Paste what npm run -s manifest prints into the app (it asks for usergroups:read), and install it again.'
          : REMOVE,
      ),
    ]
  }
  const { json, error: why } = await call('users.info', token, { user: id })
  const user = json.user as { deleted?: boolean; is_bot?: boolean } | undefined
  if (why === 'user_not_found')
    return [warning('desk-user', `Nobody in the workspace is ${one} of DESK_USERS.`, REMOVE)]
  if (user?.deleted) return [warning('desk-user', `${one} of DESK_USERS has left the workspace.`, REMOVE)]
  return []
}

async function diagnoseDiscordPerson(one: string, rest: Rest): Promise<Finding[]> {
  const [, first, role] = /^discord:(\d+)(?:\/(\d+))?$/.exec(one) ?? []
  if (first === undefined) return []
  try {
    if (role === undefined) {
      await rest('GET', `/users/${first}`)
      return []
    }
    const roles = (await rest('GET', `/guilds/${first}/roles`)) as { id: string }[]
    if (roles.some(({ id }) => id === role)) return []
  } catch (cause) {
    const { status } = cause as { status?: number }
    if (status !== 404 && status !== 403) return []
  }
  const what = role === undefined ? 'no person on Discord' : 'no role on a server that nutgraf is on'
  return [warning('desk-user', `${one} of DESK_USERS is ${what}.`, REMOVE)]
}
