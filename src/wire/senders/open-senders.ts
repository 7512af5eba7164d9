import type { Via } from '../../store/wire/items.ts'
import type { HookSetting } from '../../web/hook-settings.ts'
import type { SenderRow } from './row.ts'
import { rowOf } from './rows.ts'
import { secretProblem } from './verify.ts'

/** A sender that may call us: its row, its secrets, and under which outlet its items stand if they name none. */
export type Sender = { name: string; via: Via; row: SenderRow; secrets: string[]; outlet?: string }

/** Makes the senders of the settings, or says which secrets cannot work. Never shows a secret. */
export function openSenders(
  settings: HookSetting[],
  rows?: SenderRow[],
): { senders: Sender[]; problems: string[] } {
  const problems: string[] = []
  const senders = settings.map(({ name, secrets, outlet }): Sender => {
    const row = rowOf(name, rows)
    for (const secret of secrets) {
      const is = secretProblem(row, secret)
      if (is !== undefined) problems.push(`HOOK_SECRET_${name.toUpperCase().replaceAll('-', '_')} ${is}`)
    }
    return { name, via: `hook:${name}`, row, secrets, ...(outlet !== undefined && { outlet }) }
  })
  return { senders, problems }
}
