import type { Access } from '../../chat/access.ts'
import { DeliveryError, type Place } from '../../chat/platform.ts'
import { phrases } from '../../phrases/phrases.ts'
import { deliveryError, discordErrorCode } from './errors.ts'
import { type Overwrite, PERMISSIONS, permissionsOf, sendPermission, THREAD_TYPES } from './permissions.ts'
import { splitPlace } from './place.ts'
import type { Rest } from './rest.ts'

type Channel = {
  type: number
  name?: string
  parent_id?: string | null
  permission_overwrites?: Overwrite[]
}
type Role = { id: string; permissions: string }
type Member = { roles: string[]; communication_disabled_until?: string | null }

/** The answer where Discord does not show us the channel. */
const NO_ACCESS: Access = { post: false, correct: false, look: false }
/** Discord's codes for an unknown channel, an unknown server, and missing access. */
const NO_ACCESS_CODES = [10003, 10004, 50001]
/** The type of an announcement channel, whose messages other servers can follow. */
const ANNOUNCEMENTS = 5
/** What we may do in a channel; `pictures` is false where only words can be posted. */
export type ChannelAccess = Access & { pictures?: false }

/**
 * Creates a check of what we may do in a channel, computed from our roles and the channel's overwrites. To find our own
 * posts we need Embed Links, too: without it Discord drops our embeds, and with them the mark that identifies a post.
 */
export const createAccessCheck =
  (rest: Rest, ownId: () => Promise<string>) =>
  async (place: Place): Promise<ChannelAccess> => {
    const { guild, channel: id } = splitPlace(place)
    if (guild === '@me') return { post: true, correct: true, look: true }
    const get = async <Result>(path: `/${string}`): Promise<Result> => {
      try {
        return (await rest('GET', path)) as Result
      } catch (cause) {
        throw deliveryError(cause, `GET ${path}`, place)
      }
    }
    try {
      const user = await ownId()
      const [channel, roles, member] = await Promise.all([
        get<Channel>(`/channels/${id}`),
        get<Role[]>(`/guilds/${guild}/roles`),
        get<Member>(`/guilds/${guild}/members/${user}`),
      ])
      const isThread = THREAD_TYPES.includes(channel.type)
      // A thread has no overwrites of its own: those of its channel count.
      const { permission_overwrites: overwrites = [] } =
        isThread && channel.parent_id ? await get<Channel>(`/channels/${channel.parent_id}`) : channel
      const timedOut = Date.parse(member.communication_disabled_until ?? '') > Date.now()
      const bits = permissionsOf({ guild, user, ownRoles: member.roles, roles, overwrites, timedOut })
      return accessFromPermissions(bits, channel)
    } catch (cause) {
      if (!(cause instanceof DeliveryError) || !NO_ACCESS_CODES.includes(discordErrorCode(cause.cause)))
        throw cause
      return { ...NO_ACCESS, why: cause.human }
    }
  }

function accessFromPermissions(bits: bigint, { type, name }: Channel): ChannelAccess {
  const send = sendPermission(THREAD_TYPES.includes(type))
  const wanted = ['View Channel', send, 'Embed Links', 'Read Message History'] as const
  const missing = wanted.filter(permission => !(bits & PERMISSIONS[permission]))
  const has = (...permissions: (typeof wanted)[number][]) =>
    !permissions.some(permission => missing.includes(permission))
  const notes = [
    ...(missing.length > 0 ? [phrases.discord.missingPermissions(missing)] : []),
    ...(type === ANNOUNCEMENTS ? [phrases.discord.followersGetNothing] : []),
  ]
  return {
    post: has('View Channel', send),
    correct: has('View Channel'),
    look: has('View Channel', 'Embed Links', 'Read Message History'),
    name: name === undefined ? undefined : `#${name}`,
    pictures: bits & PERMISSIONS['Attach Files'] ? undefined : false,
    why: notes.length > 0 ? notes.join(' ') : undefined,
  }
}
