import type { Caller, Log } from '../../chat/platform.ts'
import { deliveryError } from './errors.ts'
import type { CallWebApi } from './messages.ts'

/** Whoever leaves a group may use what it gives for no longer than this. */
const CACHE_MS = 60_000
/** It must leave time for the answer that needs it. */
const TIMEOUT_MS = 900

/**
 * Whether somebody is in a user group (`slack:T1/S1`) of their own workspace. Where Slack does not tell, they are not;
 * it never rejects.
 */
export function createUserGroupCheck(web: CallWebApi, log: Log, clock: () => number = Date.now) {
  const known = new Map<string, { users: Promise<string[]>; until: number }>()

  const usersOf = (team: string, usergroup: string): Promise<string[]> => {
    const group = `${team}/${usergroup}`
    const kept = known.get(group)
    if (kept && kept.until > clock()) return kept.users
    const asked = web<{ users?: string[] }>(
      team,
      'usergroups.users.list',
      { usergroup },
      AbortSignal.timeout(TIMEOUT_MS),
    )
    const users = asked.then(({ users = [] }) => users)
    known.set(group, { users, until: clock() + CACHE_MS })
    // What failed is asked again the next time.
    users.catch(() => known.delete(group))
    return users
  }

  return async ({ id }: Caller, group: string): Promise<boolean> => {
    const [, team, user] = /^slack:([^/]+)\/([^/]+)$/.exec(id) ?? []
    const [, own, usergroup] = /^slack:([^/]+)\/(S[^/]+)$/.exec(group) ?? []
    if (team === undefined || user === undefined || usergroup === undefined || own !== team) return false
    try {
      return (await usersOf(team, usergroup)).includes(user)
    } catch (cause) {
      // Without the permission nobody of the group gets in, and the log says why.
      log.warn(
        { err: deliveryError(cause, 'usergroups.users.list', group) },
        'slack: a group could not be asked',
      )
      return false
    }
  }
}
