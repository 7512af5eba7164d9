import type { Log } from '../../chat/platform.ts'
import { deliveryError } from './errors.ts'
import type { DiscordCommand } from './manifest.ts'
import type { MessageCommand } from './message-commands.ts'
import type { Rest } from './rest.ts'

const MIN_PAUSE_MS = 10_000

type OurCommand = DiscordCommand | MessageCommand
type RegisteredCommand = Partial<Omit<DiscordCommand, 'type'>> & { id?: string; type?: number; name: string }

/**
 * Makes Discord's list of commands ours, and writes only when it is not: there is a daily limit for that. Writing
 * replaces the whole list, so what is neither a slash command nor ours is written back as it was. Resolves with whether it changed.
 */
async function register(
  rest: Rest,
  { appId, guildId }: { appId: string; guildId?: string },
  commands: OurCommand[],
): Promise<boolean> {
  const path: `/${string}` =
    guildId === undefined
      ? `/applications/${appId}/commands`
      : `/applications/${appId}/guilds/${guildId}/commands`
  const wanted = guildId === undefined ? commands : commands.map(withoutContexts)
  const known = (await rest('GET', path)) as RegisteredCommand[]
  const isOurs = ({ type = 1, name }: RegisteredCommand) =>
    type === 1 || commands.some(one => one.type === type && one.name === name)
  const others = known.filter(one => !isOurs(one))
  if (isSameRegistry(known.filter(isOurs), wanted)) return false
  await rest('PUT', path, { body: [...wanted, ...others.map(withoutReadOnlyFields)] })
  return true
}

/** A command as one server is told of it: where it may be used is said only of commands that are there everywhere. */
export function withoutContexts({
  contexts: _,
  integration_types: __,
  ...command
}: OurCommand): object & { name: string } {
  return command
}

/** Whether Discord has these commands as we would write them. */
export const isSameRegistry = (known: { name: string }[], wanted: { name: string }[]) =>
  JSON.stringify(sortAndNormalize(known)) === JSON.stringify(sortAndNormalize(wanted))

const sortAndNormalize = (commands: { name: string }[]) =>
  commands.map(command => normalize(command) as { name: string }).sort((a, b) => (a.name < b.name ? -1 : 1))

const COMPARED_FIELDS = new Set(
  'type name description contexts integration_types default_member_permissions options required autocomplete min_value'.split(
    ' ',
  ),
)

/** Only what we say of a command, in one order, without what Discord leaves out because it is the default. */
function normalize(value: unknown): unknown {
  if (Array.isArray(value)) return typeof value[0] === 'number' ? [...value].sort() : value.map(normalize)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, inner]) => COMPARED_FIELDS.has(name) && inner !== false && inner !== null && !isEmpty(inner),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, normalize(inner)]),
  )
}

/** A command in a menu has a description that nobody gave it. */
const isEmpty = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0)

function withoutReadOnlyFields(command: RegisteredCommand): object {
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
export type RegistrationOutcome = 'changed' | 'unchanged' | 'failed'

/** Registers one after the other, so that an older list never replaces a newer one. Never rejects. */
export function createRegistrar(options: {
  rest: Rest
  scope(): { appId: string; guildId?: string } | undefined
  commands(): OurCommand[]
  log: Log
}) {
  const { rest, scope, commands, log } = options
  let last: Promise<unknown> = Promise.resolve()
  let again: NodeJS.Timeout | undefined
  let stopped = false

  async function now(): Promise<RegistrationOutcome> {
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
        again = setTimeout(() => void next(), Math.max(retryInMs, MIN_PAUSE_MS)).unref()
      return 'failed'
    }
  }

  function next(): Promise<RegistrationOutcome> {
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
