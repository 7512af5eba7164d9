import type { SenderRow } from '../../content/senders/sender-row.ts'
import type { Via } from '../../store/wire/items.ts'
import type { HookSetting } from '../../web/hook-settings.ts'
import { rowOf, SENDER_ROWS } from './rows.ts'
import { secretProblem } from './verify.ts'

/** A sender that may call us: its row, its secrets, and under which outlet its items stand if they name none. */
export type Sender = { name: string; via: Via; row: SenderRow; secrets: string[]; outlet?: string }

/**
 * Makes the senders of the settings, or says which secrets cannot work. `more` are systems beside ours. Never shows a
 * secret.
 */
export function openSenders(
  settings: HookSetting[],
  more: SenderRow[] = [],
): { senders: Sender[]; problems: string[] } {
  const problems: string[] = []
  const senders = settings.map(({ name, secrets, outlet }): Sender => {
    const row = rowOf(name, [...SENDER_ROWS, ...more])
    for (const secret of secrets) {
      const is = secretProblem(row, secret)
      if (is !== undefined) problems.push(`HOOK_SECRET_${name.toUpperCase().replaceAll('-', '_')} ${is}`)
    }
    return { name, via: `hook:${name}`, row, secrets, ...(outlet !== undefined && { outlet }) }
  })
  return { senders, problems }
}
