import { parseArgs } from 'node:util'
import type { Config } from '../../config.ts'
import { readableMoment } from '../../dates/dates.ts'
import { planDeliveries } from '../../digests/schedule.ts'
import { withStore } from '../open.ts'

/** The verb `digest due`: prints what a tick at a moment would make due or count as missed. It changes nothing. */
export async function digestDue(config: Config, args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { at: { type: 'string' } } })
  const at = values.at === undefined ? Date.now() : Date.parse(values.at)
  if (Number.isNaN(at)) throw new Error('digest due: --at needs a moment such as 2026-11-30T08:00Z')
  return withStore(config, async ({ store }) => {
    let due = 0
    for (const subscription of await store.subscriptions.list()) {
      const { place, digest, zone, state, nextSlot } = subscription
      if (state !== 'on' || nextSlot > at) continue
      for (const row of planDeliveries(subscription, at, place).deliveries) {
        const when = readableMoment(row.slot ?? at, zone, at)
        process.stdout.write(
          `${row.state === 'due' ? 'due   ' : 'missed'}  ${place}  ${digest}  ${when} ${zone}\n`,
        )
        if (row.state === 'due') due++
      }
    }
    process.stdout.write(`${due} due at ${new Date(at).toISOString()}\n`)
    return 0
  })
}
