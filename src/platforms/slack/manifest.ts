import { argumentSyntax, type Command } from '../../commands/command.ts'
import { manifestScopes } from './scopes.ts'
import { CHECK_SHORTCUT, REPORT_SHORTCUT } from './shortcuts.ts'

/** Slack's limits for slash commands, including the slash (slackapi/manifest-schema, manifest.schema.2.0.0.json). */
const COMMAND_LIMITS = { commands: 50, name: 32, description: 2_000 }

/** Names of Slack's own commands. With one of them, Slack rejects the whole manifest. */
export const RESERVED_NAMES =
  'me status away dnd shrug remind msg feed who collapse expand leave join open search topic mute pro shortcuts archive'.split(
    ' ',
  )

/**
 * Slack asks for a short hint (docs.slack.dev/interactivity/implementing-slash-commands) and cuts a long one, so that the
 * first verbs are what people read.
 */
const HINT_CHARACTERS = 80

/**
 * Options of the manifest: Socket Mode, or HTTP at `url`. `all` gives every command a name of its own; `groups` lets
 * the bot ask who is in a user group; `prefix` begins every name, where another app has one of them.
 */
type ManifestOptions = {
  mode: 'socket' | 'http'
  url?: string
  all?: boolean
  groups?: boolean
  prefix?: string
}

/** Makes the app manifest to paste at api.slack.com. Throws where Slack would reject a name or a description. */
export function slackManifest(commands: Command[], options: ManifestOptions) {
  const registered = commands.filter(({ reach }) => reach === 'always' || (options.all && reach === 'root'))
  const nameOf = ({ name }: Command) => `${options.prefix ?? ''}${name}`
  const problems = slackNameProblems(registered.map(nameOf))
  if (problems.length > 0)
    throw new Error(problems.map(({ name, problem }) => `slack: ${name}: ${problem}`).join('\n'))
  const address = options.mode === 'http' ? eventsAddress(options.url) : undefined
  const url = address === undefined ? {} : { url: address }
  const requestUrl = address === undefined ? {} : { request_url: address }
  const optionsUrl = address === undefined ? {} : { message_menu_options_url: address }
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'nutgraf',
      description: 'Short, sourced answers and verbatim quotes from the newsroom’s own story files',
      long_description:
        'nutgraf tells in chat what a story is about and why it matters now. It answers from files that editors keep: summaries, timelines, people, and quotations in their exact words, each with its source. It never paraphrases a quotation, it says how far a story reaches, and corrections reach what it has posted.',
      background_color: '#1d3557',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      shortcuts: [CHECK_SHORTCUT, REPORT_SHORTCUT],
      bot_user: { display_name: 'nutgraf', always_online: true },
      slash_commands: registered.map(command => {
        const hint = usageHint(command)
        return {
          command: `/${nameOf(command)}`,
          ...url,
          description: description(command),
          ...(hint !== '' && { usage_hint: hint }),
          should_escape: false,
        }
      }),
    },
    oauth_config: {
      scopes: manifestScopes({ groups: options.groups }),
    },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: ['app_home_opened', 'app_mention', 'message.im'] },
      // Slack asks the options address for the options of a form's field.
      interactivity: { is_enabled: true, ...requestUrl, ...optionsUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: options.mode === 'socket',
      token_rotation_enabled: false,
    },
  }
}

/** Lists the names that Slack would reject, with the reason. Names may begin with their slash or not. */
export function slackNameProblems(names: string[]): { name: string; problem: string }[] {
  const seen = new Set<string>()
  return names.flatMap((name, index) => {
    const bare = name.replace(/^\//, '')
    const earlier = seen.has(bare)
    seen.add(bare)
    const problems = [
      RESERVED_NAMES.includes(bare) && 'Slack keeps this name for itself',
      bare.length + 1 > COMMAND_LIMITS.name &&
        `${bare.length + 1} characters with its slash, at most ${COMMAND_LIMITS.name}`,
      !/^[\p{L}\p{N}_-]+$/u.test(bare) && 'a name may have only letters, digits, - and _',
      bare !== bare.toLowerCase() && 'a name must be in lower case',
      earlier && 'this name is used twice',
      index >= COMMAND_LIMITS.commands && `Slack allows at most ${COMMAND_LIMITS.commands} commands`,
    ]
    return problems.filter(problem => problem !== false).map(problem => ({ name, problem }))
  })
}

function description({ name, about }: Command): string {
  if (about === '' || about.length > COMMAND_LIMITS.description)
    throw new Error(`slack: /${name}: its description needs 1 to ${COMMAND_LIMITS.description} characters`)
  return about
}

/**
 * The hint that Slack shows after the name while somebody types: the argument and the verbs, as many as there is room
 * for. The others are in the answer to the bare command.
 */
function usageHint({ subcommands = [], argument }: Command): string {
  const verbs = subcommands.map(verb => [verb.name, argumentSyntax(verb)].filter(Boolean).join(' '))
  const choices = [argument && argumentSyntax({ argument }), ...verbs].filter(choice => choice !== undefined)
  const whole = choices.join(' | ')
  if (whole.length <= HINT_CHARACTERS) return whole
  const names = [...choices.slice(0, choices.length - verbs.length), ...subcommands.map(({ name }) => name)]
  const hintOf = (count: number) =>
    [...names.slice(0, count), ...(count < names.length ? ['…'] : [])].join(' | ')
  let count = names.length
  while (count > 1 && hintOf(count).length > HINT_CHARACTERS) count--
  return hintOf(count)
}

function eventsAddress(url: string | undefined): string {
  if (url === undefined || !/^https?:\/\//.test(url))
    throw new Error('slack: the manifest for HTTP needs an address like https://bot.example.org')
  return `${url.replace(/\/+$/, '').replace(/\/slack\/events$/, '')}/slack/events`
}
