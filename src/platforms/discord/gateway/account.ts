import { PERMISSIONS } from '../permissions.ts'
import type { Rest } from '../rest.ts'

/** One event of the gateway: its type and its data. */
export type Packet = { t: string; d: unknown }

type Ready = {
  user: { id: string; username: string; discriminator?: string }
  application: { id: string }
  guilds: { id: string }[]
}
type Guild = { id: string; name?: string; unavailable?: boolean }

/** Makes the link that invites the bot to a server, with the permissions that posts and corrections need. */
export function invitationUrl(appId: string): string {
  const query = new URLSearchParams({
    client_id: appId,
    scope: 'bot applications.commands',
    permissions: String(Object.values(PERMISSIONS).reduce((bits, bit) => bits | bit, 0n)),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}

type Account = ReturnType<typeof createAccount>

/** Reads from the gateway's events who we are and which servers we are on. */
export function createAccount() {
  const firstServer = Promise.withResolvers<void>()
  const guilds = new Map<string, string | undefined>()
  let self: { id: string; appId: string; name: string } | undefined
  return {
    self: () => self,
    serverCount: () => guilds.size,
    /** Resolves when we know the name of the first server. */
    firstServerNamed: firstServer.promise,
    handlePacket({ t, d }: Packet) {
      if (t === 'READY') {
        const { user, application, guilds: joined } = d as Ready
        const number = Number(user.discriminator ?? 0) > 0 ? `#${user.discriminator}` : ''
        self = { id: user.id, appId: application.id, name: `${user.username}${number}` }
        guilds.clear()
        for (const { id } of joined) guilds.set(id, undefined)
      }
      const { id, name, unavailable } = (d ?? {}) as Guild
      if (t === 'GUILD_CREATE') {
        guilds.set(id, name)
        firstServer.resolve()
      }
      if (t === 'GUILD_DELETE' && !unavailable) guilds.delete(id)
    },
    /** Describes the bot and its servers: `nutgraf#1234 · 3 servers`, or the name of the only server. */
    describe() {
      const [only = '1 server'] = guilds.values()
      return self && `${self.name} · ${guilds.size === 1 ? only : `${guilds.size} servers`}`
    },
    /** The link that invites the bot, while it is on no server. */
    invitationHint() {
      return self && guilds.size === 0 ? `invite it: ${invitationUrl(self.appId)}` : undefined
    },
  }
}

/** Creates a lookup of our own id: from the gateway, or over HTTP in a process without a connection to it. */
export function createOwnIdLookup(account: Account, rest: Rest): () => Promise<string> {
  let request: Promise<string> | undefined
  return async () => {
    const known = account.self()?.id
    if (known !== undefined) return known
    request ??= (rest('GET', '/users/@me') as Promise<{ id: string }>).then(({ id }) => id)
    return request.catch(cause => {
      // The next call asks again.
      request = undefined
      throw cause
    })
  }
}
