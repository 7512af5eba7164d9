import type { Config } from '../../config.ts'
import { readableMoment } from '../../dates/dates.ts'
import { readableRhythm } from '../../digests/rhythm.ts'
import { rhythmOf } from '../../digests/schedule.ts'
import { withStore } from '../open.ts'
import { withCount } from '../with-count.ts'

/** The verb `digest list`: prints every subscription, one a line. */
export const digestList = (config: Config): Promise<number> =>
  withStore(config, async ({ store }) => {
    const subscriptions = await store.subscriptions.list()
    const now = await store.clock()
    const lines = subscriptions.map(subscription => {
      const { place, digest, state, reason, nextSlot, zone } = subscription
      const columns =
        state === 'on'
          ? [readableRhythm(rhythmOf(subscription)), `next ${readableMoment(nextSlot, zone, now)}`]
          : [`paused: ${reason ?? 'no reason is known'}`]
      return `${[place, digest, ...columns].join('  ')}\n`
    })
    process.stdout.write(`${lines.join('')}${withCount(lines.length, 'subscription')}\n`)
    return 0
  })
