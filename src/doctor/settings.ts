import { readConfig, VARIABLES } from '../config.ts'
import { closestNames, nameIndex } from '../content/closest-names.ts'
import { type Finding, findingsFor } from './finding.ts'
import { pastedToken } from './pasted-token.ts'

/** The environment, what stands in `.env`, and in `.env.example`, by name. */
export type SettingsInput = {
  env: NodeJS.ProcessEnv
  file: Record<string, string>
  example?: Record<string, string>
}

const { error, warning, note, ok } = findingsFor('settings')

/** What a program around nutgraf reads: no mistake when it stands in .env. */
const FOREIGN_SETTINGS = /^(?:NODE_|npm_|HTTPS?_PROXY$|NO_PROXY$|CHROMIUM_PATH$|TZ$|PATH$|HOME$|LANG$|PGSSL)/i
const YES_OR_NO = ['1', 'true', 'yes', '0', 'false', 'no']
const settingNames = nameIndex(Object.keys(VARIABLES))

/** What is wrong with the settings by themselves, before any platform is asked. */
export function diagnoseSettings({ env, file, example = {} }: SettingsInput): Finding[] {
  const value = (name: string) => env[name]?.trim() || undefined
  const wrong = Object.keys(VARIABLES).flatMap(name => {
    const found = pastedToken(name, value(name) ?? '')
    return found && value(name) !== undefined
      ? [{ name, found: error('wrong-token', `${name} holds ${found.is}.`, found.cure) }]
      : []
  })
  const read = readConfig(env)
  const complaints = 'problems' in read ? read.problems : []
  // What a token is says more than that it is not one.
  const told = complaints.filter(one => !wrong.some(({ name }) => one.startsWith(`${name} must`)))
  const all = [
    ...wrong.map(one => one.found),
    ...told.map(one => error('setting-wrong', `${one}.`, cureOf(one))),
    ...doubtfulFindings(value),
    ...unknownSettings(env, file),
    ...shadowedSettings(env, file),
    ...Object.keys(example)
      .filter(name => example[name]?.trim())
      .map(name =>
        warning(
          'example-filled',
          `${name} has a value in .env.example, which is not read and may be committed.`,
          'Move the value into .env, and put .env.example back with: git checkout .env.example',
        ),
      ),
  ]
  if (all.some(({ severity }) => severity !== 'note')) return all
  const on = [value('SLACK_BOT_TOKEN') && 'Slack', value('DISCORD_TOKEN') && 'Discord'].filter(Boolean)
  const platforms =
    on.length > 0
      ? `${on.join(' and ')} ${on.length > 1 ? 'are' : 'is'} on`
      : 'without a token the preview is on'
  return [ok('settings', `The settings can be read: ${platforms}.`), ...all]
}

function cureOf(complaint: string): string {
  const name = Object.keys(VARIABLES)
    .filter(one => complaint.startsWith(one))
    .sort((a, b) => b.length - a.length)[0]
  return name === undefined ? 'Correct it in .env.' : `Correct ${name} in .env. ${VARIABLES[name]}.`
}

/** Settings that are allowed and yet do not what somebody meant. */
function doubtfulFindings(value: (name: string) => string | undefined): Finding[] {
  const found: Finding[] = []
  const guild = value('DISCORD_GUILD_ID')
  const discord = value('DISCORD_TOKEN') !== undefined
  if (guild !== undefined && !/^\d{17,20}$/.test(guild))
    found.push(
      error(
        'guild-no-number',
        'DISCORD_GUILD_ID is no number of a server.',
        'In Discord switch on User Settings → Advanced → Developer Mode, then right-click the server and choose Copy Server ID.',
      ),
    )
  if (guild !== undefined && !discord)
    found.push(
      warning(
        'guild-without-token',
        'DISCORD_GUILD_ID is set and DISCORD_TOKEN is not: Discord stays off.',
        'Set DISCORD_TOKEN too, or take DISCORD_GUILD_ID out of .env.',
      ),
    )
  for (const name of ['PREVIEW', 'METRICS']) {
    const given = value(name)?.toLowerCase()
    if (given !== undefined && !YES_OR_NO.includes(given))
      found.push(
        warning(
          'no-yes-or-no',
          `${name} is neither yes nor no, and counts as no.`,
          `Write ${name}=1 to switch it on, or take it out of .env.`,
        ),
      )
  }
  const secret = value('SLACK_SIGNING_SECRET')
  if (
    secret !== undefined &&
    pastedToken('SLACK_SIGNING_SECRET', secret) === undefined &&
    !/^[0-9a-f]{32}$/.test(secret)
  )
    found.push(
      warning(
        'signing-secret-shape',
        'SLACK_SIGNING_SECRET does not look like one: it has 32 letters a to f and digits.',
        'Copy the “Signing Secret” again at https://api.slack.com/apps → your app → Basic Information, not the “Client Secret”.',
      ),
    )
  if (secret !== undefined && value('SLACK_APP_TOKEN') !== undefined)
    found.push(
      note('both-ways', 'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: Socket Mode is used.'),
    )
  const address = value('PUBLIC_URL')
  if (address?.startsWith('http://') && secret !== undefined && value('SLACK_APP_TOKEN') === undefined)
    found.push(
      warning(
        'public-url-plain',
        'PUBLIC_URL begins with http://, and Slack calls https:// addresses alone.',
        'Put a proxy with a certificate before nutgraf, and write its https:// address.',
      ),
    )
  if (value('METRICS') !== undefined && ['1', 'true', 'yes'].includes(value('METRICS')!.toLowerCase()))
    found.push(note('metrics-open', 'METRICS is on: whoever reaches PORT can read GET /metrics.'))
  return found
}

/** Names in .env that nobody reads, and names around it that look like ours. */
function unknownSettings(env: NodeJS.ProcessEnv, file: Record<string, string>): Finding[] {
  const near = Object.keys(env).filter(name => /^(?:SLACK|DISCORD|DESK)_/.test(name))
  const strange = [...new Set([...Object.keys(file), ...near])].filter(
    name => !Object.hasOwn(VARIABLES, name) && !FOREIGN_SETTINGS.test(name),
  )
  return strange.map(name => {
    const meant = closestNames(name, settingNames)[0] ?? settingWithSameWords(name)
    const where = Object.hasOwn(file, name) ? '.env' : 'the environment'
    return warning(
      'unknown-setting',
      `${name} in ${where} is no setting of nutgraf, and is not read.`,
      meant === undefined
        ? `Take it out; .env.example names every setting.`
        : `Write ${meant} instead, if that is meant; .env.example names every setting.`,
    )
  })
}

/** A setting that has all the words of a name, or the other way round: SLACK_TOKEN, DISCORD_BOT_TOKEN. */
function settingWithSameWords(name: string): string | undefined {
  const words = name.split('_')
  return Object.keys(VARIABLES).find(one => {
    const own = one.split('_')
    const [less, more] = own.length < words.length ? [own, words] : [words, own]
    return less.length > 1 && less.every(word => more.includes(word))
  })
}

/** What the environment has already, .env does not change. */
const shadowedSettings = (env: NodeJS.ProcessEnv, file: Record<string, string>): Finding[] =>
  Object.keys(VARIABLES)
    .filter(name => file[name] !== undefined && env[name] !== undefined && env[name] !== file[name])
    .map(name =>
      warning(
        'setting-shadowed',
        `${name} in .env is not used: the environment has another value.`,
        `Take it out of the environment with: unset ${name}`,
      ),
    )
