import type { Caller, CallerInfo } from '../../chat/platform.ts'
import { ttlCache } from '../../chat/ttl-cache.ts'
import type { CallWebApi } from './messages.ts'

type UserInfo = {
  user?: {
    tz?: string
    real_name?: string
    profile?: { display_name?: string }
    is_restricted?: boolean
    is_ultra_restricted?: boolean
    is_stranger?: boolean
    is_admin?: boolean
    is_owner?: boolean
  }
}

/** Guests become members, and people move: after five minutes we ask again. */
const CACHE_MS = 5 * 60_000
const MAX_CACHED = 1_000
/** Short, since it must leave time for the answer that needs it. */
const TIMEOUT_MS = 900

/**
 * Looks up the name and zone of a person, and whether they are a guest. Never rejects: `{}` where Slack does not say.
 */
export type UserLookup = (caller: Caller) => Promise<CallerInfo>

/** Creates the lookup. Each person is asked for once in five minutes; a failure is not cached. */
export function createUserLookup(web: CallWebApi, clock?: () => number): UserLookup {
  const users = ttlCache<CallerInfo>({ maxEntries: MAX_CACHED, ttlMs: CACHE_MS, clock })

  return async ({ id }) => {
    const [, team, user] = /^slack:([^/]+)\/([^/]+)$/.exec(id) ?? []
    if (team === undefined || user === undefined) return {}
    try {
      return await users.getOrCreate(id, async () =>
        callerInfo(await web<UserInfo>(team, 'users.info', { user }, AbortSignal.timeout(TIMEOUT_MS))),
      )
    } catch {
      return {}
    }
  }
}

function callerInfo({ user = {} }: UserInfo): CallerInfo {
  return {
    name: user.profile?.display_name || user.real_name || undefined,
    zone: user.tz || undefined,
    guest: Boolean(user.is_restricted || user.is_ultra_restricted || user.is_stranger),
    admin: user.is_admin || user.is_owner || undefined,
  }
}
