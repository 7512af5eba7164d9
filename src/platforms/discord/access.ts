import { type Access, DeliveryError, type Place } from '../../chat/platform.ts'
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

const NO_ACCESS: Access = { post: false, correct: false, look: false }
/** Unknown channel, unknown server, missing access. */
const NO_ACCESS_CODES = [10003, 10004, 50001]
/** What we may do in a channel; `pictures` is false where only words can be posted. */
export type ChannelAccess = Access & { pictures?: false }

/**
 * What we may do in a channel, computed from our roles there and what the channel changes of them. Looking back needs
 * Embed Links too: without it Discord drops our embeds, and with them the mark by which a post is known again.
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
      const thread = THREAD_TYPES.includes(channel.type)
      // A thread has none of its own: those of its channel count.
      const { permission_overwrites: overwrites = [] } =
        thread && channel.parent_id ? await get<Channel>(`/channels/${channel.parent_id}`) : channel
      const timedOut = Date.parse(member.communication_disabled_until ?? '') > Date.now()
      const bits = permissionsOf({ guild, user, ownRoles: member.roles, roles, overwrites, timedOut })
      return accessFromPermissions(bits, thread, channel.name)
    } catch (cause) {
      if (!(cause instanceof DeliveryError) || !NO_ACCESS_CODES.includes(discordErrorCode(cause.cause)))
        throw cause
      return { ...NO_ACCESS, ...(cause.human !== undefined && { why: cause.human }) }
    }
  }

function accessFromPermissions(bits: bigint, thread: boolean, name: string | undefined): ChannelAccess {
  const wanted = ['View Channel', sendPermission(thread), 'Embed Links', 'Read Message History'] as const
  const missing = wanted.filter(permission => !(bits & PERMISSIONS[permission]))
  const has = (...some: (typeof wanted)[number][]) => !some.some(one => missing.includes(one))
  return {
    post: has('View Channel', sendPermission(thread)),
    correct: has('View Channel'),
    look: has('View Channel', 'Embed Links', 'Read Message History'),
    ...(name !== undefined && { name: `#${name}` }),
    ...(!(bits & PERMISSIONS['Attach Files']) && { pictures: false as const }),
    ...(missing.length > 0 && { why: phrases.discord.missingPermissions(missing) }),
  }
}
