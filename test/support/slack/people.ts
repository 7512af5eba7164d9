import type { Json } from './loopback-workspace.ts'
import { TEAM } from './payloads.ts'

/** The organisation that the loopback workspace is in, with another workspace of its own. */
export const ENTERPRISE = 'E1'

/** Creates the people whom the loopback workspace knows, each as `users.info` gives them. */
export const createPeople = () =>
  new Map<string, Json>([
    [
      'U1',
      { name: 'dana', tz: 'America/Chicago', real_name: 'Dana Reed', profile: { display_name: 'Dana' } },
    ],
    ['UGUEST', { name: 'gus', tz: 'Europe/Berlin', real_name: 'Gus', is_restricted: true }],
    ['USINGLE', { name: 'sam', real_name: 'Sam', is_restricted: true, is_ultra_restricted: true }],
    ['UBARE', { name: 'bo' }],
    // Somebody of another company, in a channel that both share (docs.slack.dev/apis/slack-connect).
    ['UOTHER', { team_id: 'T2', name: 'olga', real_name: 'Olga', is_stranger: false, is_admin: true }],
    // Somebody of another company with whom no channel is shared yet.
    ['USTRANGER', { team_id: 'T3', name: 'stan', real_name: 'Stan', is_stranger: true }],
    // Somebody of another workspace of the same organisation.
    [
      'UGRID',
      { team_id: 'T4', name: 'gita', real_name: 'Gita', enterprise_user: { enterprise_id: ENTERPRISE } },
    ],
  ])

/** Answers `users.info`. */
export const userInfo = (people: Map<string, Json>, user: string): object => {
  const known = people.get(user)
  return known
    ? { ok: true, user: { id: user, team_id: TEAM, ...known } }
    : { ok: false, error: 'user_not_found' }
}
