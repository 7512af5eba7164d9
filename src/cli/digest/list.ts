import type { Config } from '../../config.ts'
import { readableMoment } from '../../dates.ts'
import { readableRhythm } from '../../digests/rhythm.ts'
import { rhythmOf } from '../../digests/schedule.ts'
import { withStore } from '../open.ts'

/** The verb `digest list`: every subscription, one a line. */
export const digestList = (config: Config): Promise<number> =>
  withStore(config, async ({ store }) => {
    const all = await store.subscriptions.list()
    const now = await store.clock()
    const rows = all.map(one => [
      one.place,
      one.digest,
      one.state === 'on' ? readableRhythm(rhythmOf(one)) : `paused: ${one.reason ?? 'no reason is known'}`,
      one.state === 'on' ? `next ${readableMoment(one.nextSlot, one.zone, now)}` : '',
    ])
    process.stdout.write(
      `${rows.map(row => row.join('  ').trimEnd()).join('\n')}${rows.length > 0 ? '\n' : ''}`,
    )
    process.stdout.write(`${rows.length} ${rows.length === 1 ? 'subscription' : 'subscriptions'}\n`)
    return 0
  })
