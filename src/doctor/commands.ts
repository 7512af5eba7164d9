import { type Command, isOffered } from '../commands/command.ts'
import { discordRegistry } from '../platforms/discord/manifest.ts'
import { isSameRegistry, withoutContexts } from '../platforms/discord/registrar.ts'
import type { Rest } from '../platforms/discord/rest.ts'
import { type Finding, findingsFor, type ManualCheck } from './finding.ts'

const { warning, note, ok } = findingsFor('commands')

type Registered = { name: string; type?: number }

/** The commands that Discord has: those that are there everywhere, and those of single servers. */
type InstalledCommands = {
  appId: string
  guildId?: string
  everywhere: Registered[]
  servers: Map<string, Registered[]>
}

/** On more servers than these nobody looks for leftovers. */
const MAX_SERVERS = 10

/** Asks Discord which commands it has. */
export async function fetchInstalledCommands(
  rest: Rest,
  { appId, guilds, guildId }: { appId: string; guilds: string[]; guildId?: string },
): Promise<InstalledCommands | undefined> {
  const list = async (path: `/${string}`) => (await rest('GET', path)) as Registered[]
  const looked = guildId === undefined ? guilds.slice(0, MAX_SERVERS) : [guildId]
  try {
    const [everywhere, ...own] = await Promise.all([
      list(`/applications/${appId}/commands`),
      ...looked.map(id => list(`/applications/${appId}/guilds/${id}/commands`).catch((): Registered[] => [])),
    ])
    const servers = new Map(looked.map((id, index) => [id, own[index]!]))
    return { appId, everywhere: everywhere!, servers, ...(guildId !== undefined && { guildId }) }
  } catch {
    return undefined
  }
}

/** The commands that Discord has against those that the stories make. */
export function compareDiscordCommands(commands: Command[], installed: InstalledCommands): Finding[] {
  const { appId, everywhere, servers, guildId } = installed
  const all = discordRegistry(commands)
  const wanted = (guildId === undefined ? all : all.map(withoutContexts)) as Registered[]
  const has = guildId === undefined ? everywhere : (servers.get(guildId) ?? [])
  const is = (a: Registered) => (b: Registered) => a.name === b.name && commandType(a) === commandType(b)
  const differences = [
    ...wanted.filter(one => !has.some(is(one))).map(one => `${commandLabel(one)} is missing`),
    ...wanted.flatMap(one => {
      const known = has.find(is(one))
      return known && !isSameRegistry([known], [one]) ? [`${commandLabel(one)} is another`] : []
    }),
    ...has
      .filter(one => commandType(one) === SLASH_COMMAND && !wanted.some(is(one)))
      .map(one => `${commandLabel(one)} is no longer ours`),
  ]
  const found: Finding[] = []
  if (has.length === 0)
    found.push(note('discord-none', 'Discord has no command of nutgraf yet: npm start registers them.'))
  else if (differences.length > 0)
    found.push(
      warning(
        'discord-differ',
        `Discord has other commands than the stories: ${differences.join(', ')}.`,
        'Start nutgraf, or start it again: it registers them by itself. If it runs, its log says why it could not.',
      ),
    )
  else found.push(ok('discord', 'Discord has the commands that the stories make.'))
  return [...found, ...duplicateFindings(appId, everywhere, servers, guildId)]
}

const SLASH_COMMAND = 1
const commandType = ({ type = SLASH_COMMAND }: Registered) => type

/** A command as people see it: typed, or in the menu of a message or a person. */
const commandLabel = (one: Registered) =>
  commandType(one) === SLASH_COMMAND ? `/${one.name}` : `“${one.name}”`

function duplicateFindings(
  appId: string,
  everywhere: Registered[],
  servers: InstalledCommands['servers'],
  guildId: string | undefined,
): Finding[] {
  return [...servers].flatMap(([guild, own]) => {
    const names = own
      .filter(one =>
        everywhere.some(other => other.name === one.name && commandType(other) === commandType(one)),
      )
      .map(commandLabel)
    if (names.length === 0) return []
    const first =
      guildId === undefined
        ? 'Empty'
        : 'Take DISCORD_GUILD_ID out of .env and start nutgraf again, so that they stay everywhere. Then empty'
    return [
      warning(
        'discord-twice',
        `The server ${guild} shows each of these commands twice, its own and that of everywhere: ${names.join(' ')}.`,
        `${first} the list of that server: curl -X PUT -H "Authorization: Bot $DISCORD_TOKEN" -H "Content-Type: application/json" -d "[]" https://discord.com/api/v10/applications/${appId}/guilds/${guild}/commands`,
      ),
    ]
  })
}

/** Names that Discord itself, Slack itself or apps that many install have: one of two wins, or both are shown. */
const TAKEN_NAMES = {
  discord: 'ban giphy kick me msg nick shrug spoiler tableflip tenor thread timeout tts unflip'.split(' '),
  slack:
    'active apps asana call confluence dm drive gcal giphy github gitlab invite jira keys kick linear outlook pd poll prefs remove rename star teams todo trello zoom'.split(
      ' ',
    ),
}

/** Commands of stories whose names something else is likely to have. What a platform forbids is a mistake of the content. */
export function takenNameFindings(commands: Command[], on: { slack: boolean; discord: boolean }): Finding[] {
  return (['slack', 'discord'] as const)
    .filter(platform => on[platform])
    .flatMap(platform =>
      commands
        .filter(({ name, reach }) => reach === 'always' && TAKEN_NAMES[platform].includes(name))
        .map(({ name }) =>
          warning(
            'name-taken',
            `/${name} is the name of something else on ${platform === 'slack' ? 'Slack, where the app that was installed last wins' : 'Discord, where both are shown'}.`,
            `Choose another name for “command:” in the story.md of that story.`,
          ),
        ),
    )
}

/** Slack tells nobody which commands an app has. */
export const slackCommandChecks = (commands: Command[]): ManualCheck[] => [
  {
    what: `the commands are ${commands
      .filter(one => isOffered(one) && one.reach === 'always')
      .map(({ name }) => `/${name}`)
      .join(' ')}; if not, paste what npm run -s manifest prints`,
    where: 'https://api.slack.com/apps → your app → Slash Commands',
  },
]
