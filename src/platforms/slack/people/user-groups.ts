import type { Caller, Log } from '../../../chat/platform.ts'
import { ttlCache } from '../../../chat/ttl-cache.ts'
import type { CallWebApi } from '../messages.ts'
import { deliveryError } from '../refusals/delivery-error.ts'

/** A person who leaves a group keeps its rights for at most this long. */
const CACHE_MS = 60_000
const MAX_CACHED = 1_000
/** Short, since it must leave time for the answer that needs it. */
const TIMEOUT_MS = 900

/**
 * Creates a check whether a caller is in a user group (`slack:T1/S1`) of their own workspace. It never rejects: where
 * Slack does not say, they are not.
 */
export function createUserGroupCheck(web: CallWebApi, log: Log) {
  const groups = ttlCache<string[]>({ maxEntries: MAX_CACHED, ttlMs: CACHE_MS })

  const usersOf = (team: string, usergroup: string): Promise<string[]> =>
    groups.getOrCreate(`${team}/${usergroup}`, async () => {
      const { users = [] } = await web<{ users?: string[] }>(
        team,
        'usergroups.users.list',
        { usergroup },
        AbortSignal.timeout(TIMEOUT_MS),
      )
      return users
    })

  return async ({ id }: Caller, group: string): Promise<boolean> => {
    const [, team, user] = /^slack:([^/]+)\/([^/]+)$/.exec(id) ?? []
    const [, groupTeam, usergroup] = /^slack:([^/]+)\/(S[^/]+)$/.exec(group) ?? []
    if (team === undefined || user === undefined || usergroup === undefined || groupTeam !== team)
      return false
    try {
      return (await usersOf(team, usergroup)).includes(user)
    } catch (cause) {
      // Without the permission to ask, nobody of the group gets in, and the log says why.
      log.warn(
        { err: deliveryError(cause, 'usergroups.users.list', group) },
        'slack: a group could not be asked',
      )
      return false
    }
  }
}
