import type { CallerInfo } from '../../../chat/caller-info.ts'
import type { Caller } from '../../../chat/platform.ts'
import { ttlCache } from '../../../chat/ttl-cache.ts'
import type { CallWebApi } from '../messages.ts'

type UserInfo = {
  user?: {
    tz?: string
    real_name?: string
    profile?: { display_name?: string }
    is_restricted?: boolean
    is_ultra_restricted?: boolean
    is_stranger?: boolean
    team_id?: string
    enterprise_user?: { enterprise_id?: string }
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

/**
 * Creates the lookup. Each person is asked for once in five minutes; a failure is not cached. `ownEnterprise` is the
 * organisation that our workspace is in, if it is in one.
 */
export function createUserLookup(
  web: CallWebApi,
  ownEnterprise: () => string | undefined,
  clock?: () => number,
): UserLookup {
  const users = ttlCache<CallerInfo>({ maxEntries: MAX_CACHED, ttlMs: CACHE_MS, clock })

  return async ({ id }) => {
    const [, team, user] = /^slack:([^/]+)\/([^/]+)$/.exec(id) ?? []
    if (team === undefined || user === undefined) return {}
    try {
      return await users.getOrCreate(id, async () =>
        callerInfo(await web<UserInfo>(team, 'users.info', { user }, AbortSignal.timeout(TIMEOUT_MS)), {
          team,
          enterprise: ownEnterprise(),
        }),
      )
    } catch {
      return {}
    }
  }
}

type Home = { team: string; enterprise: string | undefined }

function callerInfo({ user = {} }: UserInfo, home: Home): CallerInfo {
  const isOther = isOfAnotherCompany(user, home)
  return {
    name: user.profile?.display_name || user.real_name || undefined,
    zone: user.tz || undefined,
    guest: Boolean(user.is_restricted || user.is_ultra_restricted || isOther),
    // An administrator of another company administers nothing here.
    admin: (!isOther && (user.is_admin || user.is_owner)) || undefined,
  }
}

/**
 * Whether a person is of another company, in a channel shared with it. Slack calls only those strangers with whom no
 * channel is shared yet; others are known by their workspace alone (docs.slack.dev/apis/slack-connect). A workspace of
 * our own organisation is no other company.
 */
function isOfAnotherCompany(
  { is_stranger, team_id, enterprise_user }: NonNullable<UserInfo['user']>,
  { team, enterprise }: Home,
): boolean {
  if (is_stranger) return true
  if (team_id === undefined || team_id === team) return false
  return enterprise === undefined || ![team_id, enterprise_user?.enterprise_id].includes(enterprise)
}
