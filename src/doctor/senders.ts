import type { Config } from '../config.ts'
import type { SenderRow } from '../content/senders/sender-row.ts'
import { openSenders } from '../wire/senders/open-senders.ts'
import { type Finding, findingsFor } from './finding.ts'

const { error, warning, ok } = findingsFor('settings')

/** Checks the systems that may call us: whether their secrets can work, and where each finds this server. `rows` are those of senders.yml. */
export function diagnoseSenders({ hooks, publicUrl }: Config, rows: SenderRow[] = []): Finding[] {
  if (hooks.length === 0) return []
  const { senders, problems } = openSenders(hooks, rows)
  if (problems.length > 0)
    return problems.map(problem =>
      error(
        'hook-secret',
        `${problem}.`,
        'Correct it in .env, and give the same secret to the system: docs/hooks.md',
      ),
    )
  const base = publicUrl?.replace(/\/+$/, '')
  const address = ({ name, row }: (typeof senders)[number]) =>
    `${base ?? ''}/hooks/${name}${row.signature ? '' : '/ and its secret'}`
  const list = senders.map(sender => `${sender.name} (${sender.row.system}) at ${address(sender)}`).join(', ')
  return base === undefined
    ? [
        warning(
          'hook-address',
          `Systems may call this server: ${list}. PUBLIC_URL does not say where they find it.`,
          'Set PUBLIC_URL to the address under which they reach nutgraf, such as https://bot.example.org',
        ),
      ]
    : [ok('hooks', `Systems may call this server: ${list}.`)]
}
