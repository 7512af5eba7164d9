import { parseArgs } from 'node:util'
import type { Config } from '../../config.ts'
import { readableMoment } from '../../dates/dates.ts'
import { readableRhythm } from '../../digests/rhythm.ts'
import { rhythmOf } from '../../digests/schedule.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import { withStore } from '../open.ts'
import { withCount } from '../with-count.ts'
import { COLUMNS, csvRow } from './csv.ts'

/** The verb `digest list`: prints every subscription, one a line; with `--csv`, as a file that can be imported. */
export async function digestList(config: Config, args: string[] = []): Promise<number> {
  const { values } = parseArgs({ args, options: { csv: { type: 'boolean' } } })
  return withStore(config, async ({ store }) => {
    const subscriptions = await store.subscriptions.list()
    if (values.csv) {
      process.stdout.write([csvRow(COLUMNS), ...subscriptions.map(subscriptionRow)].join(''))
      return 0
    }
    const now = await store.clock()
    const lines = subscriptions.map(subscription => {
      const { place, digest, state, reason, nextSlot, zone, words } = subscription
      const columns =
        state === 'on'
          ? [readableRhythm(rhythmOf(subscription)), `next ${readableMoment(nextSlot, zone, now)}`]
          : [`paused: ${reason ?? 'no reason is known'}`]
      const filter = words === undefined ? [] : [`words: ${words}`]
      return `${[place, digest, ...columns, ...filter].join('  ')}\n`
    })
    process.stdout.write(`${lines.join('')}${withCount(lines.length, 'subscription')}\n`)
    return 0
  })
}

const subscriptionRow = (subscription: Subscription): string =>
  csvRow(COLUMNS.map(column => subscription[column] ?? ''))
