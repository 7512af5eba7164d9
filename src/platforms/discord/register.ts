import type { Log } from '../../chat/platform.ts'
import { deliveryError } from './errors.ts'
import type { DiscordCommand } from './manifest.ts'
import type { MessageCommand } from './message-commands.ts'
import type { Rest } from './rest.ts'

const LEAST_PAUSE_MS = 10_000

type Ours = DiscordCommand | MessageCommand
type Registered = Partial<Omit<DiscordCommand, 'type'>> & { id?: string; type?: number; name: string }

/**
 * Makes Discord's list of commands ours, and writes only when it is not: there is a daily limit for that. Writing
 * replaces the whole list, so what is neither a slash command nor ours is written back as it was. Resolves with whether it changed.
 */
async function register(
  rest: Rest,
  { appId, guildId }: { appId: string; guildId?: string },
  commands: Ours[],
): Promise<boolean> {
  const path: `/${string}` =
    guildId === undefined
      ? `/applications/${appId}/commands`
      : `/applications/${appId}/guilds/${guildId}/commands`
  const wanted = guildId === undefined ? commands : commands.map(onServer)
  const known = (await rest('GET', path)) as Registered[]
  const isOurs = ({ type = 1, name }: Registered) =>
    type === 1 || commands.some(one => one.type === type && one.name === name)
  const others = known.filter(one => !isOurs(one))
  if (same(known.filter(isOurs), wanted)) return false
  await rest('PUT', path, { body: [...wanted, ...others.map(writable)] })
  return true
}

/** A command as one server is told of it: where it may be used is said only of commands that are there everywhere. */
export function onServer({
  contexts: _,
  integration_types: __,
  ...command
}: Ours): object & { name: string } {
  return command
}

/** Whether Discord has these commands as we would write them. */
export const same = (known: { name: string }[], wanted: { name: string }[]) =>
  JSON.stringify(sorted(known)) === JSON.stringify(sorted(wanted))

const sorted = (commands: { name: string }[]) =>
  commands.map(command => normal(command) as { name: string }).sort((a, b) => (a.name < b.name ? -1 : 1))

const OURS = new Set(
  'type name description contexts integration_types default_member_permissions options required autocomplete min_value'.split(
    ' ',
  ),
)

/** Only what we say of a command, in one order, without what Discord leaves out because it is the default. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return typeof value[0] === 'number' ? [...value].sort() : value.map(normal)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => OURS.has(name) && inner !== false && inner !== null && !isEmpty(inner))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, normal(inner)]),
  )
}

/** A command in a menu has a description that nobody gave it. */
const isEmpty = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0)

function writable(command: Registered): object {
  const {
    application_id: _,
    guild_id: __,
    version: ___,
    dm_permission: ____,
    ...rest
  } = command as Record<string, unknown>
  return rest
}

/** How a registration ended; one that failed has been logged, and is tried again where that may help. */
export type Registration = 'changed' | 'unchanged' | 'failed'

/** Registers one after the other, so that an older list never replaces a newer one. Never rejects. */
export function registrar(options: {
  rest: Rest
  scope(): { appId: string; guildId?: string } | undefined
  commands(): Ours[]
  log: Log
}) {
  const { rest, scope, commands, log } = options
  let last: Promise<unknown> = Promise.resolve()
  let again: NodeJS.Timeout | undefined
  let stopped = false

  async function now(): Promise<Registration> {
    clearTimeout(again)
    const where = scope()
    if (!where || stopped) return 'failed'
    try {
      const list = commands()
      const changed = await register(rest, where, list)
      log.info({ commands: list.length }, `discord: commands ${changed ? 'registered' : 'are up to date'}`)
      return changed ? 'changed' : 'unchanged'
    } catch (cause) {
      const failure = deliveryError(cause, 'registering commands', where.guildId ?? 'all servers')
      const { retryInMs } = failure
      log.warn({ err: failure, retryInMs }, 'discord: the commands could not be registered')
      if (retryInMs !== undefined && !stopped)
        again = setTimeout(() => void next(), Math.max(retryInMs, LEAST_PAUSE_MS)).unref()
      return 'failed'
    }
  }

  function next(): Promise<Registration> {
    const result = last.then(now)
    last = result
    return result
  }

  return {
    register: next,
    stop() {
      stopped = true
      clearTimeout(again)
    },
  }
}
