import { parseArgs } from 'node:util'
import type { Config } from '../../config.ts'
import { readableMoment } from '../../dates.ts'
import { planDeliveries } from '../../digests/schedule.ts'
import { withStore } from '../open.ts'

/** The verb `digest due`: what a tick at a moment would make due and count as missed. It changes nothing. */
export async function digestDue(config: Config, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { at: { type: 'string' } } })
  const at = values.at === undefined ? Date.now() : Date.parse(values.at)
  if (Number.isNaN(at)) throw new Error('digest due: --at takes a moment like 2026-11-30T08:00Z')
  return withStore(config, async ({ store }) => {
    let due = 0
    for (const one of await store.subscriptions.list()) {
      if (one.state !== 'on' || one.nextSlot > at) continue
      for (const row of planDeliveries(one, at, one.place).deliveries) {
        const when = readableMoment(row.slot ?? at, one.zone, at)
        process.stdout.write(
          `${row.state === 'due' ? 'due   ' : 'missed'}  ${one.place}  ${one.digest}  ${when} ${one.zone}\n`,
        )
        if (row.state === 'due') due++
      }
    }
    process.stdout.write(`${due} due at ${new Date(at).toISOString()}\n`)
    return 0
  })
}
