/** A set of permissions for a role or a member in one channel: what it adds and what it takes away. */
export type Overwrite = { id: string; type: number; allow: string; deny: string }

/** What permissions are computed from; bits come as decimal strings, as Discord writes them. */
export type PermissionInput = {
  guild: string
  user: string
  ownRoles: string[]
  roles: { id: string; permissions: string }[]
  overwrites: Overwrite[]
  timedOut: boolean
}

/** The permissions that matter for posting, by the names that Discord's settings show. */
export const PERMISSIONS = {
  'View Channel': 1n << 10n,
  'Send Messages': 1n << 11n,
  'Embed Links': 1n << 14n,
  'Attach Files': 1n << 15n,
  'Read Message History': 1n << 16n,
  'Send Messages in Threads': 1n << 38n,
} as const

/** Kinds of channel that are threads. */
export const THREAD_TYPES = [10, 11, 12]

/** Whoever has it may do everything. */
export const ADMINISTRATOR = 1n << 3n
const ROLE = 0
const MEMBER = 1

/**
 * What a member may do in a channel (docs.discord.com/developers/topics/permissions): the roles together, then what the
 * channel changes for everybody, for those roles together, and for the member.
 */
export function permissionsOf({
  guild,
  user,
  ownRoles,
  roles,
  overwrites,
  timedOut,
}: PermissionInput): bigint {
  const held = roles.filter(({ id }) => id === guild || ownRoles.includes(id))
  let all = held.reduce((bits, role) => bits | BigInt(role.permissions), 0n)
  if (all & ADMINISTRATOR) return ~0n
  const apply = (some: Overwrite[]) => {
    const bits = (key: 'allow' | 'deny') => some.reduce((sum, one) => sum | BigInt(one[key]), 0n)
    all = (all & ~bits('deny')) | bits('allow')
  }
  apply(overwrites.filter(({ id }) => id === guild))
  apply(overwrites.filter(({ id, type }) => type === ROLE && id !== guild && ownRoles.includes(id)))
  apply(overwrites.filter(({ id, type }) => type === MEMBER && id === user))
  if (!(all & PERMISSIONS['View Channel'])) return 0n
  return timedOut ? all & (PERMISSIONS['View Channel'] | PERMISSIONS['Read Message History']) : all
}

/** Whether somebody may write in a channel of a kind, by the permissions that they have there. */
export function maySend(bits: bigint, channelType: number | undefined): boolean {
  const thread = channelType !== undefined && THREAD_TYPES.includes(channelType)
  return (bits & (ADMINISTRATOR | PERMISSIONS[sendPermission(thread)])) !== 0n
}

/** The permission that writing takes. */
export const sendPermission = (thread: boolean) => (thread ? 'Send Messages in Threads' : 'Send Messages')
