import { isSetting, readConfig, VARIABLES } from '../config.ts'
import { closestNames, nameIndex } from '../content/names/closest-names.ts'
import { type Finding, findingsFor } from './finding.ts'
import { pastedToken } from './pasted-token.ts'

/** The settings by name: of the environment, of `.env` and of `.env.example`. */
export type SettingsInput = {
  env: NodeJS.ProcessEnv
  file: Record<string, string>
  example?: Record<string, string>
}

const { error, warning, note, ok } = findingsFor('settings')

/** Settings of programs around nutgraf: no mistake in .env. */
const FOREIGN_SETTINGS = /^(?:NODE_|npm_|HTTPS?_PROXY$|NO_PROXY$|CHROMIUM_PATH$|TZ$|PATH$|HOME$|LANG$|PGSSL)/i
const YES_OR_NO = ['1', 'true', 'yes', '0', 'false', 'no']
const settingNames = nameIndex(Object.keys(VARIABLES))

/** Says what is wrong with the settings by themselves, before any platform is asked. */
export function diagnoseSettings({ env, file, example = {} }: SettingsInput): Finding[] {
  const value = (name: string) => env[name]?.trim() || undefined
  const wrongTokens = Object.keys(VARIABLES).flatMap(name => {
    const pasted = pastedToken(name, value(name) ?? '')
    return pasted && value(name) !== undefined ? [{ name, ...pasted }] : []
  })
  const read = readConfig(env)
  // What a wrong token is says more than that it is not a token.
  const problems = ('problems' in read ? read.problems : []).filter(
    problem => !wrongTokens.some(({ name }) => problem.startsWith(`${name} must`)),
  )
  const findings = [
    ...wrongTokens.map(({ name, is, cure }) => error('wrong-token', `${name} holds ${is}.`, cure)),
    ...problems.map(problem => error('setting-wrong', `${problem}.`, cureOf(problem))),
    ...doubtfulFindings(value),
    ...unknownSettings(env, file),
    ...shadowedSettings(env, file),
    ...Object.keys(example)
      .filter(name => example[name]?.trim())
      .map(name =>
        warning(
          'example-filled',
          `${name} has a value in .env.example, which is not read and may be committed.`,
          'Move the value into .env, and restore .env.example with: git checkout .env.example',
        ),
      ),
  ]
  if (findings.some(({ severity }) => severity !== 'note')) return findings
  const on = [value('SLACK_BOT_TOKEN') && 'Slack', value('DISCORD_TOKEN') && 'Discord'].filter(Boolean)
  const platforms =
    on.length > 0
      ? `${on.join(' and ')} ${on.length > 1 ? 'are' : 'is'} on`
      : 'without a token the preview is on'
  return [ok('settings', `The settings are valid: ${platforms}.`), ...findings]
}

function cureOf(problem: string): string {
  const name = Object.keys(VARIABLES)
    .filter(variable => problem.startsWith(variable))
    .sort((a, b) => b.length - a.length)[0]
  return name === undefined ? 'Correct it in .env.' : `Correct ${name} in .env. ${VARIABLES[name]}.`
}

/** Reports settings that are valid but probably do not do what was meant. */
function doubtfulFindings(value: (name: string) => string | undefined): Finding[] {
  const findings: Finding[] = []
  const guild = value('DISCORD_GUILD_ID')
  const discord = value('DISCORD_TOKEN') !== undefined
  if (guild !== undefined && !/^\d{17,20}$/.test(guild))
    findings.push(
      error(
        'guild-no-number',
        'DISCORD_GUILD_ID is not a server ID.',
        'In Discord turn on User Settings → Advanced → Developer Mode, then right-click the server and choose Copy Server ID.',
      ),
    )
  if (guild !== undefined && !discord)
    findings.push(
      warning(
        'guild-without-token',
        'DISCORD_GUILD_ID is set and DISCORD_TOKEN is not: Discord stays off.',
        'Set DISCORD_TOKEN too, or remove DISCORD_GUILD_ID from .env.',
      ),
    )
  for (const name of ['PREVIEW', 'METRICS', 'FEEDS']) {
    const answer = value(name)?.toLowerCase()
    if (answer !== undefined && !YES_OR_NO.includes(answer))
      findings.push(
        warning(
          'no-yes-or-no',
          `${name} is neither yes nor no, and counts as no.`,
          `Write ${name}=1 to turn it on, or remove it from .env.`,
        ),
      )
  }
  const secret = value('SLACK_SIGNING_SECRET')
  if (
    secret !== undefined &&
    pastedToken('SLACK_SIGNING_SECRET', secret) === undefined &&
    !/^[0-9a-f]{32}$/.test(secret)
  )
    findings.push(
      warning(
        'signing-secret-shape',
        'SLACK_SIGNING_SECRET looks wrong: a signing secret is 32 characters, 0–9 and a–f.',
        'Copy the “Signing Secret” again at https://api.slack.com/apps → your app → Basic Information, not the “Client Secret”.',
      ),
    )
  if (secret !== undefined && value('SLACK_APP_TOKEN') !== undefined)
    findings.push(
      note('both-ways', 'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: Socket Mode is used.'),
    )
  const address = value('PUBLIC_URL')
  if (address?.startsWith('http://') && secret !== undefined && value('SLACK_APP_TOKEN') === undefined)
    findings.push(
      warning(
        'public-url-plain',
        'PUBLIC_URL begins with http://, but Slack calls only https:// addresses.',
        'Put a proxy with a certificate in front of nutgraf, and use its https:// address.',
      ),
    )
  const isOn = (name: string) => ['1', 'true', 'yes'].includes(value(name)?.toLowerCase() ?? '')
  if (isOn('METRICS'))
    findings.push(note('metrics-open', 'METRICS is on: anyone who can reach PORT can read GET /metrics.'))
  if (isOn('FEEDS') && address !== undefined)
    findings.push(
      note(
        'feeds-open',
        'FEEDS is on: anyone can read what is new in stories and digests, below /feeds/ of PUBLIC_URL.',
      ),
    )
  return findings
}

/** Reports names in .env that nothing reads, and names in the environment that look like ours. */
function unknownSettings(env: NodeJS.ProcessEnv, file: Record<string, string>): Finding[] {
  const similar = Object.keys(env).filter(name => /^(?:SLACK|DISCORD|DESK|HOOK|WEBHOOK)_/.test(name))
  const unknown = [...new Set([...Object.keys(file), ...similar])].filter(
    name => !isSetting(name) && !FOREIGN_SETTINGS.test(name),
  )
  return unknown.map(name => {
    const meant = closestNames(name, settingNames)[0] ?? settingWithSameWords(name)
    const where = Object.hasOwn(file, name) ? '.env' : 'the environment'
    return warning(
      'unknown-setting',
      `${name} in ${where} is not a setting of nutgraf, and is ignored.`,
      meant === undefined
        ? 'Remove it; .env.example lists every setting.'
        : `Write ${meant} instead, if you mean that; .env.example lists every setting.`,
    )
  })
}

/** Finds a setting that has all the words of a name, or the other way round: SLACK_TOKEN, DISCORD_BOT_TOKEN. */
function settingWithSameWords(name: string): string | undefined {
  const words = name.split('_')
  return Object.keys(VARIABLES).find(setting => {
    const own = setting.split('_')
    const [shorter, longer] = own.length < words.length ? [own, words] : [words, own]
    return shorter.length > 1 && shorter.every(word => longer.includes(word))
  })
}

/** Reports settings in .env that the environment overrides. */
const shadowedSettings = (env: NodeJS.ProcessEnv, file: Record<string, string>): Finding[] =>
  Object.keys(VARIABLES)
    .filter(name => file[name] !== undefined && env[name] !== undefined && env[name] !== file[name])
    .map(name =>
      warning(
        'setting-shadowed',
        `${name} in .env is not used: the environment has another value.`,
        `Remove it from the environment with: unset ${name}`,
      ),
    )
