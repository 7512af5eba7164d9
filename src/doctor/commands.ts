import { type Command, isOffered } from '../commands/command.ts'
import { discordRegistry } from '../platforms/discord/manifest.ts'
import { isSameRegistry, withoutContexts } from '../platforms/discord/registrar.ts'
import type { Rest } from '../platforms/discord/rest.ts'
import { type Finding, findingsFor, type ManualCheck } from './finding.ts'

const { warning, note, ok } = findingsFor('commands')

type Registered = { name: string; type?: number }

/** The commands that are registered on Discord: global ones, and those of single servers. */
type InstalledCommands = {
  appId: string
  guildId?: string
  global: Registered[]
  servers: Map<string, Registered[]>
}

/** How many servers are searched for leftovers: each costs a request. */
const MAX_SERVERS = 10

/** Asks Discord which commands are registered; undefined if it does not answer. */
export async function fetchInstalledCommands(
  rest: Rest,
  { appId, guilds, guildId }: { appId: string; guilds: string[]; guildId?: string },
): Promise<InstalledCommands | undefined> {
  const list = async (path: `/${string}`) => (await rest('GET', path)) as Registered[]
  const searched = guildId === undefined ? guilds.slice(0, MAX_SERVERS) : [guildId]
  try {
    const [global, ...own] = await Promise.all([
      list(`/applications/${appId}/commands`),
      ...searched.map(id =>
        list(`/applications/${appId}/guilds/${id}/commands`).catch((): Registered[] => []),
      ),
    ])
    const servers = new Map(searched.map((id, index) => [id, own[index]!]))
    return { appId, guildId, global: global!, servers }
  } catch {
    return undefined
  }
}

/** Compares the commands on Discord with those of the stories. */
export function compareDiscordCommands(commands: Command[], installed: InstalledCommands): Finding[] {
  const { guildId, global, servers } = installed
  const registry = discordRegistry(commands)
  const wanted = (guildId === undefined ? registry : registry.map(withoutContexts)) as Registered[]
  const present = guildId === undefined ? global : (servers.get(guildId) ?? [])
  const missing = wanted.filter(command => !present.some(isSameCommand(command)))
  const different = wanted.filter(command => {
    const registered = present.find(isSameCommand(command))
    return registered && !isSameRegistry([registered], [command])
  })
  const foreign = present.filter(
    command => commandType(command) === SLASH_COMMAND && !wanted.some(isSameCommand(command)),
  )
  const differences = [
    ...missing.map(command => `${commandLabel(command)} is missing`),
    ...different.map(command => `${commandLabel(command)} is different`),
    ...foreign.map(command => `${commandLabel(command)} is no longer ours`),
  ]
  const findings: Finding[] = []
  if (present.length === 0)
    findings.push(note('discord-none', 'Discord has no nutgraf commands yet: npm start registers them.'))
  else if (differences.length > 0)
    findings.push(
      warning(
        'discord-differ',
        `The commands on Discord differ from those of the stories: ${differences.join(', ')}.`,
        'Start nutgraf, or restart it: it registers them itself. If that fails, its log says why.',
      ),
    )
  else findings.push(ok('discord', 'The commands on Discord match the stories.'))
  return [...findings, ...duplicateFindings(installed)]
}

const SLASH_COMMAND = 1
const commandType = ({ type = SLASH_COMMAND }: Registered) => type

const isSameCommand = (a: Registered) => (b: Registered) =>
  a.name === b.name && commandType(a) === commandType(b)

/** Names a command as people see it: typed, or in the menu of a message or a person. */
const commandLabel = (command: Registered) =>
  commandType(command) === SLASH_COMMAND ? `/${command.name}` : `“${command.name}”`

function duplicateFindings({ appId, guildId, global, servers }: InstalledCommands): Finding[] {
  return [...servers].flatMap(([guild, own]) => {
    const names = own.filter(command => global.some(isSameCommand(command))).map(commandLabel)
    if (names.length === 0) return []
    const first =
      guildId === undefined
        ? 'Clear'
        : 'Remove DISCORD_GUILD_ID from .env and restart nutgraf, so that the global commands stay. Then clear'
    return [
      warning(
        'discord-twice',
        `The server ${guild} shows each of these commands twice, once as its own and once as a global command: ${names.join(' ')}.`,
        `${first} the command list of that server: curl -X PUT -H "Authorization: Bot $DISCORD_TOKEN" -H "Content-Type: application/json" -d "[]" https://discord.com/api/v10/applications/${appId}/guilds/${guild}/commands`,
      ),
    ]
  })
}

/**
 * Names used by Discord itself, by Slack itself, or by apps that many install: one of the two wins, or both are shown.
 */
const TAKEN_NAMES = {
  discord: 'ban giphy kick me msg nick shrug spoiler tableflip tenor thread timeout tts unflip'.split(' '),
  slack:
    'active apps asana call confluence dm drive gcal giphy github gitlab invite jira keys kick linear outlook pd poll prefs remove rename star teams todo trello zoom'.split(
      ' ',
    ),
}

/**
 * Reports story commands whose names something else probably uses. Names that a platform forbids are errors of the
 * content.
 */
export function takenNameFindings(
  commands: Command[],
  on: { slack: boolean; discord: boolean; prefix?: string },
): Finding[] {
  return (['slack', 'discord'] as const)
    .filter(platform => on[platform])
    .flatMap(platform =>
      commands
        .filter(({ reach }) => reach === 'always')
        .map(({ name }) => ({ name: platform === 'slack' ? `${on.prefix ?? ''}${name}` : name }))
        .filter(({ name }) => TAKEN_NAMES[platform].includes(name))
        .map(({ name }) =>
          warning(
            'name-taken',
            `/${name} is often taken on ${platform === 'slack' ? 'Slack, where the app that was installed last wins' : 'Discord, where both are shown'}.`,
            'Choose another name for “command:” in the story.md of that story.',
          ),
        ),
    )
}

/** Lists what to check about the commands on Slack: its API does not report them. */
export const slackCommandChecks = (commands: Command[], prefix = ''): ManualCheck[] => {
  const names = commands
    .filter(command => isOffered(command) && command.reach === 'always')
    .map(({ name }) => `/${prefix}${name}`)
  return [
    {
      what: `the commands are ${names.join(' ')}; if not, paste what npm run -s manifest prints`,
      where: 'https://api.slack.com/apps → your app → Slash Commands',
    },
    {
      what: `nutgraf answers each of them. Where another app has the name, the app that was installed last gets it; across the workspaces of an Enterprise Grid organisation people see invalid_service. The way out: npm run -s manifest -- --prefix=ng-, and SLACK_COMMAND_PREFIX=ng- in .env. Mentions always work`,
      where: `Slack: type ${names.join(', then ')}`,
    },
  ]
}
