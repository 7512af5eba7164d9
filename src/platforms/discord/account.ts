import { PERMISSIONS } from './permissions.ts'

/** One event of the gateway. */
export type Packet = { t: string; d: unknown }

type Ready = {
  user: { id: string; username: string; discriminator?: string }
  application: { id: string }
  guilds: { id: string }[]
}
type Guild = { id: string; name?: string; unavailable?: boolean }

/** The link that invites the bot to a server, with the permissions that posts and corrections need. */
export function invitationUrl(appId: string): string {
  const query = new URLSearchParams({
    client_id: appId,
    scope: 'bot applications.commands',
    permissions: String(Object.values(PERMISSIONS).reduce((all, bit) => all | bit, 0n)),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}

/** Who we are and where, as the gateway tells it. */
export function createAccount() {
  const named = Promise.withResolvers<void>()
  const guilds = new Map<string, string | undefined>()
  let self: { id: string; appId: string; name: string } | undefined
  return {
    self: () => self,
    serverCount: () => guilds.size,
    /** Resolves when the first server has said its name. */
    firstServerNamed: named.promise,
    handlePacket({ t, d }: Packet) {
      if (t === 'READY') {
        const { user, application, guilds: all } = d as Ready
        const number = Number(user.discriminator ?? 0) > 0 ? `#${user.discriminator}` : ''
        self = { id: user.id, appId: application.id, name: `${user.username}${number}` }
        guilds.clear()
        for (const { id } of all) guilds.set(id, undefined)
      }
      const { id, name, unavailable } = (d ?? {}) as Guild
      if (t === 'GUILD_CREATE') {
        guilds.set(id, name)
        named.resolve()
      }
      if (t === 'GUILD_DELETE' && !unavailable) guilds.delete(id)
    },
    /** `nutgraf#1234 · 3 servers`, or the name of the only one. */
    describe() {
      const [only = '1 server'] = guilds.values()
      return self && `${self.name} · ${guilds.size === 1 ? only : `${guilds.size} servers`}`
    },
    /** While we are in no server: how to be invited into one. */
    invitationHint() {
      return self && guilds.size === 0 ? `invite it: ${invitationUrl(self.appId)}` : undefined
    },
  }
}
