import type { Log } from '../../chat/platform.ts'
import { deliveryError } from './errors.ts'
import type { DiscordCommand } from './manifest.ts'
import type { MessageCommand } from './message-commands.ts'
import type { Rest } from './rest.ts'

/** The shortest pause before a failed registration is tried again. */
const MIN_PAUSE_MS = 10_000

type OurCommand = DiscordCommand | MessageCommand
type RegisteredCommand = Partial<Omit<DiscordCommand, 'type'>> & { id?: string; type?: number; name: string }

/**
 * Updates Discord's list of commands to ours; resolves with whether it had to. It writes only if the list differs,
 * since writes have a daily limit. A write replaces the whole list, so commands that are neither slash commands nor
 * ours are written back unchanged.
 */
async function updateRegistry(
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
    type === 1 || commands.some(command => command.type === type && command.name === name)
  const others = known.filter(command => !isOurs(command))
  if (isSameRegistry(known.filter(isOurs), wanted)) return false
  await rest('PUT', path, { body: [...wanted, ...others.map(withoutReadOnlyFields)] })
  return true
}

/** Removes where a command may be used: Discord accepts that only for commands that are on every server. */
export function withoutContexts({
  contexts: _,
  integration_types: __,
  ...command
}: OurCommand): object & { name: string } {
  return command
}

/** Whether Discord's commands are the same as ours. */
export const isSameRegistry = (known: { name: string }[], wanted: { name: string }[]) =>
  JSON.stringify(sortAndNormalize(known)) === JSON.stringify(sortAndNormalize(wanted))

const sortAndNormalize = (commands: { name: string }[]) =>
  commands.map(command => normalize(command) as { name: string }).sort((a, b) => (a.name < b.name ? -1 : 1))

const COMPARED_FIELDS = new Set(
  'type name description contexts integration_types default_member_permissions options required autocomplete min_value'.split(
    ' ',
  ),
)

/** Reduces a command to the fields that we set, in one order, without default values, which Discord leaves out. */
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

/** Whether a value says nothing: Discord gives a command in a menu an empty description that we never set. */
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

/** How a registration ended. One that failed was logged, and is tried again where that may help. */
export type RegistrationOutcome = 'changed' | 'unchanged' | 'failed'

/** Creates a registrar. It registers one list after the other, so that an older one never replaces a newer one. */
export function createRegistrar(options: {
  rest: Rest
  scope(): { appId: string; guildId?: string } | undefined
  commands(): OurCommand[]
  log: Log
}) {
  const { rest, scope, commands, log } = options
  let last: Promise<unknown> = Promise.resolve()
  let retryTimer: NodeJS.Timeout | undefined
  let stopped = false

  async function registerNow(): Promise<RegistrationOutcome> {
    clearTimeout(retryTimer)
    const target = scope()
    if (!target || stopped) return 'failed'
    try {
      const list = commands()
      const changed = await updateRegistry(rest, target, list)
      log.info({ commands: list.length }, `discord: commands ${changed ? 'registered' : 'are up to date'}`)
      return changed ? 'changed' : 'unchanged'
    } catch (cause) {
      const failure = deliveryError(cause, 'registering commands', target.guildId ?? 'all servers')
      const { retryInMs } = failure
      log.warn({ err: failure, retryInMs }, 'discord: the commands could not be registered')
      if (retryInMs !== undefined && !stopped)
        retryTimer = setTimeout(() => void register(), Math.max(retryInMs, MIN_PAUSE_MS)).unref()
      return 'failed'
    }
  }

  /** Registers our commands as they are now. Never rejects. */
  function register(): Promise<RegistrationOutcome> {
    const result = last.then(registerNow)
    last = result
    return result
  }

  return {
    register,
    stop() {
      stopped = true
      clearTimeout(retryTimer)
    },
  }
}
