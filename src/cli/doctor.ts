import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { doctor as look } from '../doctor/doctor.ts'
import { exitCode, type Finding, type Look, type Severity } from '../doctor/finding.ts'
import { SECRETS } from '../doctor/pasted-token.ts'

/** Reads a file as dotenv does. */
type Parse = (text: string) => Record<string, string>

/**
 * The verb `doctor`: finds what people get wrong when they set nutgraf up, each with its cure. The exit code is 2 with
 * errors, 1 with warnings alone, else 0. It needs no token, holds no lock and writes nothing.
 */
export async function doctor(env: NodeJS.ProcessEnv, parse: Parse, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
  const file = fileOf('.env', parse)
  const { findings, byEye } = await look({
    ...{ env, file, example: fileOf('.env.example', parse) },
    nodeVersion: process.version,
  })
  const report = { exitCode: exitCode(findings), counts: countsOf(findings), findings, byEye }
  const text = values.json ? `${JSON.stringify(report, null, 2)}\n` : readable(findings, byEye)
  process.stdout.write(withoutSecrets(text, env, file))
  return report.exitCode
}

function fileOf(name: string, parse: Parse): Record<string, string> {
  try {
    return parse(readFileSync(name, 'utf8'))
  } catch {
    return {}
  }
}

const SEVERITIES: Severity[] = ['error', 'warning', 'note', 'ok']

const countsOf = (findings: Finding[]) =>
  Object.fromEntries(SEVERITIES.map(one => [one, findings.filter(({ severity }) => severity === one).length]))

function readable(findings: Finding[], byEye: Look[]): string {
  // What is bad stands last, where one looks first.
  const sorted = SEVERITIES.toReversed().flatMap(one => findings.filter(({ severity }) => severity === one))
  const lines = sorted.map(
    ({ severity, says, cure }) =>
      `${severity.padEnd(9)}${says}\n${cure === undefined ? '' : `         → ${cure}\n`}`,
  )
  const looks = byEye.map(({ what, where }) => `  - ${what}\n    ${where}\n`)
  const eye = looks.length === 0 ? '' : `\nCheck by eye, since Slack does not tell:\n${looks.join('')}`
  const { error = 0, warning = 0 } = countsOf(findings)
  return `${lines.join('')}${eye}\n${counted(error, 'error')}, ${counted(warning, 'warning')}\n`
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Shorter ones are no secrets, and would take words out of sentences. */
const LEAST_SECRET = 8

/** Nothing here prints a secret; should an answer ever hold one, it is taken out. */
function withoutSecrets(text: string, env: NodeJS.ProcessEnv, file: Record<string, string>): string {
  const secrets = SECRETS.flatMap(name => [env[name], file[name]])
    .filter(one => one !== undefined)
    .map(one => one.trim())
    .filter(one => one.length >= LEAST_SECRET)
  return secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text)
}
