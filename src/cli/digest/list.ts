import { parseArgs } from 'node:util'
import { type Place, platformOf } from '../../chat/platform.ts'
import type { Config } from '../../config.ts'
import { approvalRule, isAtOnce } from '../../content/digest.ts'
import { readableMoment } from '../../dates/dates.ts'
import { readableRhythm } from '../../digests/rhythm.ts'
import { rhythmOf } from '../../digests/schedule.ts'
import { REPAIR_CLASSES } from '../../platforms/webhook/pace.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import { webhookVariable } from '../../web/webhook-settings.ts'
import { withStore } from '../open.ts'
import { withCount } from '../with-count.ts'
import { COLUMNS, csvRow } from './csv.ts'

/** The verb `digest list`: prints every subscription, one a line; with `--csv`, as a file that can be imported. */
export async function digestList(config: Config, args: string[] = []): Promise<number> {
  const { values } = parseArgs({ args, options: { csv: { type: 'boolean' } } })
  return withStore(config, async ({ store, library }) => {
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
          ? [
              readableRhythm(rhythmOf(subscription)),
              ...(isAtOnce(subscription) ? [] : [`next ${readableMoment(nextSlot, zone, now)}`]),
            ]
          : [`paused: ${reason ?? 'no reason is known'}`]
      const filter = words === undefined ? [] : [`words: ${words}`]
      const approval = approvalRule(library.digest(digest)) ? ['needs the desk’s approval'] : []
      return `${[place, digest, ...columns, ...approval, ...filter, ...repairNote(place, config)].join('  ')}\n`
    })
    process.stdout.write(`${lines.join('')}${withCount(lines.length, 'subscription')}\n`)
    return 0
  })
}

/** What happens to a message that is wrong, where it cannot be edited, or why nothing can be posted. */
function repairNote(place: Place, { webhooks }: Config): string[] {
  if (platformOf(place) !== 'webhook') return []
  const name = place.slice('webhook:'.length)
  const webhook = webhooks.find(candidate => candidate.name === name)
  if (!webhook) return [`not posted: ${webhookVariable(name)} is not set`]
  return [`corrections: ${REPAIR_CLASSES[webhook.kind]}`]
}

const subscriptionRow = (subscription: Subscription): string =>
  csvRow(COLUMNS.map(column => subscription[column] ?? ''))
