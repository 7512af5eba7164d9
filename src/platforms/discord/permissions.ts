/** An overwrite of one channel: the permissions that it allows and denies to a role or a member. */
export type Overwrite = { id: string; type: number; allow: string; deny: string }

/** The data that permissions are computed from. Bits are decimal strings, as Discord sends them. */
export type PermissionInput = {
  guild: string
  user: string
  ownRoles: string[]
  roles: { id: string; permissions: string }[]
  overwrites: Overwrite[]
  timedOut: boolean
}

/** The permissions that posting needs, by their names in Discord's settings. */
export const PERMISSIONS = {
  'View Channel': 1n << 10n,
  'Send Messages': 1n << 11n,
  'Embed Links': 1n << 14n,
  'Attach Files': 1n << 15n,
  'Read Message History': 1n << 16n,
  'Send Messages in Threads': 1n << 38n,
} as const

/** Types of channel that are threads. */
export const THREAD_TYPES = [10, 11, 12]

/** Allows everything. */
export const ADMINISTRATOR = 1n << 3n
const ROLE = 0
const MEMBER = 1

/**
 * Computes what a member may do in a channel (docs.discord.com/developers/topics/permissions): all roles together, then
 * the channel's overwrites for everybody, for the member's roles together, and for the member.
 */
export function permissionsOf({
  guild,
  user,
  ownRoles,
  roles,
  overwrites,
  timedOut,
}: PermissionInput): bigint {
  const memberRoles = roles.filter(({ id }) => id === guild || ownRoles.includes(id))
  let bits = memberRoles.reduce((sum, role) => sum | BigInt(role.permissions), 0n)
  if (bits & ADMINISTRATOR) return ~0n
  const apply = (applied: Overwrite[]) => {
    const union = (key: 'allow' | 'deny') =>
      applied.reduce((sum, overwrite) => sum | BigInt(overwrite[key]), 0n)
    bits = (bits & ~union('deny')) | union('allow')
  }
  apply(overwrites.filter(({ id }) => id === guild))
  apply(overwrites.filter(({ id, type }) => type === ROLE && id !== guild && ownRoles.includes(id)))
  apply(overwrites.filter(({ id, type }) => type === MEMBER && id === user))
  if (!(bits & PERMISSIONS['View Channel'])) return 0n
  return timedOut ? bits & (PERMISSIONS['View Channel'] | PERMISSIONS['Read Message History']) : bits
}

/** Whether a member with these permissions may write in a channel of this type. */
export function maySend(bits: bigint, channelType: number | undefined): boolean {
  const isThread = channelType !== undefined && THREAD_TYPES.includes(channelType)
  return (bits & (ADMINISTRATOR | PERMISSIONS[sendPermission(isThread)])) !== 0n
}

/** The permission that writing needs, in a thread or outside. */
export const sendPermission = (isThread: boolean) => (isThread ? 'Send Messages in Threads' : 'Send Messages')
