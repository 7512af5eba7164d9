import type { Packet } from './account.ts'

type Role = { id: string; tags?: { bot_id?: string } }
type Guild = { id: string; roles?: Role[] }
type RoleEvent = { guild_id: string; role: Role; role_id?: string }

/**
 * Creates what learns from the gateway's events which role of each server is ours: the one that Discord made when we
 * were invited, and that people mention instead of us (docs.discord.com/developers/topics/permissions#role-object-role-tags-structure).
 */
export function createOwnRoles(ownId: () => string | undefined) {
  const roles = new Map<string, Set<string>>()
  const ours = (list: Role[]) =>
    list.filter(({ tags }) => tags?.bot_id !== undefined && tags.bot_id === ownId())
  return {
    isOwnRole: (guild: string, role: string): boolean => roles.get(guild)?.has(role) ?? false,
    handlePacket({ t, d }: Packet) {
      if (t === 'GUILD_CREATE') {
        const { id, roles: all = [] } = d as Guild
        roles.set(id, new Set(ours(all).map(role => role.id)))
      }
      if (t === 'GUILD_DELETE') roles.delete((d as Guild).id)
      if (t === 'GUILD_ROLE_CREATE' || t === 'GUILD_ROLE_UPDATE') {
        const { guild_id, role } = d as RoleEvent
        for (const { id } of ours([role])) roles.set(guild_id, (roles.get(guild_id) ?? new Set()).add(id))
      }
    },
  }
}
