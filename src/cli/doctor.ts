import { parseArgs } from 'node:util'
import { runDoctor } from '../doctor/doctor.ts'
import { exitCode, type Finding, type ManualCheck, type Severity } from '../doctor/finding.ts'
import { SECRET_SETTINGS } from '../doctor/pasted-token.ts'
import { isWebhookVariable } from '../web/webhook-settings.ts'
import { type ParseEnvFile, readEnvFile } from './env-file.ts'
import { withCount } from './with-count.ts'

/**
 * The verb `doctor`: finds what is wrong with a set-up, and says how to fix it. The exit code is 2 with errors, 1 with
 * warnings only, otherwise 0. It needs no token, holds no lock and writes nothing.
 */
export async function doctor(env: NodeJS.ProcessEnv, parse: ParseEnvFile, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
  const file = readEnvFile('.env', parse)
  const { findings, byEye } = await runDoctor({
    env,
    file,
    example: readEnvFile('.env.example', parse),
    nodeVersion: process.version,
  })
  const report = { exitCode: exitCode(findings), counts: countBySeverity(findings), findings, byEye }
  const text = values.json ? `${JSON.stringify(report, null, 2)}\n` : formatFindings(findings, byEye)
  process.stdout.write(redactSecrets(text, env, file))
  return report.exitCode
}

const SEVERITIES: Severity[] = ['error', 'warning', 'note', 'ok']

const withSeverity = (findings: Finding[], severity: Severity) =>
  findings.filter(finding => finding.severity === severity)

const countBySeverity = (findings: Finding[]) =>
  Object.fromEntries(SEVERITIES.map(severity => [severity, withSeverity(findings, severity).length]))

function formatFindings(findings: Finding[], byEye: ManualCheck[]): string {
  // The worst is printed last: in a terminal, that is read first.
  const sorted = SEVERITIES.toReversed().flatMap(severity => withSeverity(findings, severity))
  const lines = sorted.map(
    ({ severity, says, cure }) =>
      `${severity.padEnd(9)}${says}\n${cure === undefined ? '' : `         → ${cure}\n`}`,
  )
  const checks = byEye.map(({ what, where }) => `  - ${what}\n    ${where}\n`)
  const manualChecks =
    checks.length === 0 ? '' : `\nCheck these yourself; Slack does not report them:\n${checks.join('')}`
  const { error = 0, warning = 0 } = countBySeverity(findings)
  return `${lines.join('')}${manualChecks}\n${withCount(error, 'error')}, ${withCount(warning, 'warning')}\n`
}

/** Shorter values are no secrets, and replacing them would break words of sentences. */
const MIN_SECRET_CHARACTERS = 8

/** Removes secrets from the output. No finding prints one, but an answer of a platform might contain one. */
function redactSecrets(text: string, env: NodeJS.ProcessEnv, file: Record<string, string>): string {
  const webhooks = Object.keys({ ...env, ...file }).filter(isWebhookVariable)
  const secrets = [...SECRET_SETTINGS, ...webhooks]
    .flatMap(name => [env[name], file[name]])
    .filter(value => value !== undefined)
    .map(value => value.trim())
    .filter(value => value.length >= MIN_SECRET_CHARACTERS)
  return secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '[secret]'), text)
}
