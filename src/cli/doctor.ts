import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runDoctor as look } from '../doctor/doctor.ts'
import { exitCode, type Finding, type ManualCheck, type Severity } from '../doctor/finding.ts'
import { SECRET_SETTINGS } from '../doctor/pasted-token.ts'

/** Reads a file as dotenv does. */
type ParseEnvFile = (text: string) => Record<string, string>

/**
 * The verb `doctor`: finds what people get wrong when they set nutgraf up, each with its cure. The exit code is 2 with
 * errors, 1 with warnings alone, else 0. It needs no token, holds no lock and writes nothing.
 */
export async function doctor(env: NodeJS.ProcessEnv, parse: ParseEnvFile, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
  const file = readEnvFile('.env', parse)
  const { findings, byEye } = await look({
    ...{ env, file, example: readEnvFile('.env.example', parse) },
    nodeVersion: process.version,
  })
  const report = { exitCode: exitCode(findings), counts: countBySeverity(findings), findings, byEye }
  const text = values.json ? `${JSON.stringify(report, null, 2)}\n` : formatFindings(findings, byEye)
  process.stdout.write(redactSecrets(text, env, file))
  return report.exitCode
}

function readEnvFile(name: string, parse: ParseEnvFile): Record<string, string> {
  try {
    return parse(readFileSync(name, 'utf8'))
  } catch {
    return {}
  }
}

const SEVERITIES: Severity[] = ['error', 'warning', 'note', 'ok']

const countBySeverity = (findings: Finding[]) =>
  Object.fromEntries(SEVERITIES.map(one => [one, findings.filter(({ severity }) => severity === one).length]))

function formatFindings(findings: Finding[], byEye: ManualCheck[]): string {
  // What is bad stands last, where one looks first.
  const sorted = SEVERITIES.toReversed().flatMap(one => findings.filter(({ severity }) => severity === one))
  const lines = sorted.map(
    ({ severity, says, cure }) =>
      `${severity.padEnd(9)}${says}\n${cure === undefined ? '' : `         → ${cure}\n`}`,
  )
  const looks = byEye.map(({ what, where }) => `  - ${what}\n    ${where}\n`)
  const eye = looks.length === 0 ? '' : `\nCheck by eye, since Slack does not tell:\n${looks.join('')}`
  const { error = 0, warning = 0 } = countBySeverity(findings)
  return `${lines.join('')}${eye}\n${withCount(error, 'error')}, ${withCount(warning, 'warning')}\n`
}

const withCount = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Shorter ones are no secrets, and would take words out of sentences. */
const MIN_SECRET_CHARACTERS = 8

/** Nothing here prints a secret; should an answer ever hold one, it is taken out. */
function redactSecrets(text: string, env: NodeJS.ProcessEnv, file: Record<string, string>): string {
  const secrets = SECRET_SETTINGS.flatMap(name => [env[name], file[name]])
    .filter(one => one !== undefined)
    .map(one => one.trim())
    .filter(one => one.length >= MIN_SECRET_CHARACTERS)
  return secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text)
}
