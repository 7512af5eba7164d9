import type { Config } from '../config.ts'

const ROLES = ['all', 'web', 'gateway', 'worker'] as const

/** What a process does: everything, Slack's HTTP endpoint, the connections that stay open, or digests and corrections. */
export type Role = (typeof ROLES)[number]

/** How a process takes part in a platform: it answers and posts, or it only posts. */
type Participation = 'listens' | 'posts'

/** What a process of a role runs. */
export type Duties = {
  slack?: Participation
  discord?: Participation
  /** Whether it posts to the channels that are reached by a webhook. */
  webhook?: true
  preview: boolean
  delivers: boolean
  serves: boolean
}

/** Returns what a process of this role runs. Throws with the missing setting where the role has nothing to do. */
export function dutiesFor(role: Role, config: Config): Duties {
  if (role !== 'all' && config.databaseUrl === undefined)
    throw new Error(
      `The role ${role} needs DATABASE_URL: without it there is one process, the role all, with its data in DATA_DIR.`,
    )
  const { slack, discord } = config
  const webhook = config.webhooks.length > 0 ? { webhook: true as const } : undefined
  const overHttp = slack && slack.appToken === undefined
  switch (role) {
    case 'all':
      return {
        ...(slack && { slack: 'listens' }),
        ...(discord && { discord: 'listens' }),
        ...webhook,
        preview: config.preview,
        delivers: true,
        serves: true,
      }
    case 'web':
      if (!overHttp)
        throw new Error(
          'The role web serves Slack over HTTP: it needs SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET.',
        )
      return { slack: 'listens', preview: false, delivers: false, serves: true }
    case 'gateway':
      if (!discord && (!slack || overHttp))
        throw new Error('The role gateway holds open connections: it needs DISCORD_TOKEN or SLACK_APP_TOKEN.')
      return {
        ...(slack && !overHttp && { slack: 'listens' }),
        ...(discord && { discord: 'listens' }),
        preview: false,
        delivers: false,
        serves: config.portGiven,
      }
    case 'worker':
      if (!slack && !discord && !webhook)
        throw new Error(
          'The role worker posts digests: it needs SLACK_BOT_TOKEN or DISCORD_TOKEN, or the address of a webhook.',
        )
      return {
        ...(slack && { slack: 'posts' }),
        ...(discord && { discord: 'posts' }),
        ...webhook,
        preview: false,
        delivers: true,
        serves: config.portGiven,
      }
  }
}

/** Reads the role from the arguments of `start`: `--role worker`; without one, all. */
export function parseRole(args: string[]): Role {
  const [flag, name, ...more] = args.flatMap(arg => arg.split(/=(.*)/s).slice(0, 2))
  if (flag === undefined) return 'all'
  const role = ROLES.find(candidate => candidate === name)
  if (flag !== '--role' || role === undefined || more.length > 0)
    throw new Error(`start: only takes --role ${ROLES.join('|')}`)
  return role
}
