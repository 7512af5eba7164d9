import type { Caller, CallerInfo } from '../../chat/platform.ts'
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

/** Guests become members, and people move: what is known of somebody is asked again after so long. */
const CACHE_MS = 5 * 60_000
const MAX_CACHED = 1_000
/** It must leave time for the answer that needs it. */
const TIMEOUT_MS = 900

/** What Slack says of a person: name, zone, guest. Where it cannot be asked nothing is known; it never rejects. */
export function createUserLookup(
  web: CallWebApi,
  clock: () => number = Date.now,
): (caller: Caller) => Promise<CallerInfo> {
  const known = new Map<string, { about: CallerInfo; until: number }>()

  return async ({ id }) => {
    const kept = known.get(id)
    if (kept && kept.until > clock()) return kept.about
    const [, team, user] = /^slack:([^/]+)\/([^/]+)$/.exec(id) ?? []
    if (team === undefined || user === undefined) return {}
    try {
      const found = await web<UserInfo>(team, 'users.info', { user }, AbortSignal.timeout(TIMEOUT_MS))
      const about = aboutOf(found)
      known.delete(id)
      known.set(id, { about, until: clock() + CACHE_MS })
      if (known.size > MAX_CACHED) known.delete(known.keys().next().value as string)
      return about
    } catch {
      return {}
    }
  }
}

function aboutOf({ user = {} }: UserInfo): CallerInfo {
  const name = user.profile?.display_name || user.real_name
  return {
    ...(name && { name }),
    ...(user.tz && { zone: user.tz }),
    guest: Boolean(user.is_restricted || user.is_ultra_restricted || user.is_stranger),
    ...((user.is_admin || user.is_owner) && { admin: true }),
  }
}
