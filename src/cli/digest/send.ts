import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Pace, type Place, platformOf } from '../../chat/platform.ts'
import type { Config } from '../../config.ts'
import { approvalRule } from '../../content/digest.ts'
import { localDate } from '../../dates/dates.ts'
import { editionKey } from '../../digests/schedule.ts'
import { pace as discordPace } from '../../platforms/discord/pace.ts'
import { pace as slackPace } from '../../platforms/slack/pace.ts'
import { pace as webhookPace } from '../../platforms/webhook/pace.ts'
import { waitWhileAway } from '../../store/connect.ts'
import { isDataLocked } from '../../store/data-lock.ts'
import { StoreError } from '../../store/engine.ts'
import type { Store } from '../../store/store.ts'
import { withStore } from '../open.ts'
import { withCount } from '../with-count.ts'

/** How often progress is printed at first; more seldom the longer it takes. */
const POLL_MS = 500
const MAX_POLL_MS = 10_000
/** How often a database that is away is asked again. */
const AWAY_POLL_MS = 2_000

/**
 * The verb `digest send`: makes a digest due now, and prints the progress of the running bot. A store that is away is waited
 * for.
 */
export async function digestSend(
  config: Config,
  args: string[],
  { retryMs }: { retryMs?: number } = {},
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { place: { type: 'string' } },
  })
  const name = positionals[0]
  if (name === undefined) throw new Error('digest send: name a digest, such as morning')
  const onAway = (sentence: string) =>
    void process.stdout.write(`${sentence}. It is waited for; Ctrl-C ends that, and nothing is due yet.\n`)
  return withStore(
    config,
    async ({ store, library }) => {
      const found = library.digest(name)
      if (!found) {
        const known = library.digests.map(digest => digest.name).join(', ')
        throw new Error(`digest send: no digest is called “${name}”. Digests: ${known}`)
      }
      const place = values.place as Place | undefined
      const subscriptions = (await store.subscriptions.list(place)).filter(
        ({ digest, state }) => digest === name && state === 'on',
      )
      if (subscriptions.length === 0)
        throw new Error(
          `digest send: ${place ?? 'no place'} ${place ? 'does not receive' : 'receives'} “${name}”. ${place?.startsWith('webhook:') ? 'Subscribe it with digest import' : `In the channel: /digest on ${name}`}`,
        )
      const now = await store.clock()
      const rule = approvalRule(found)
      const rows = subscriptions.map(subscription => ({
        key: editionKey(subscription, now),
        kind: 'edition' as const,
        place: subscription.place,
        lane: laneOf(subscription.place),
        digest: name,
        slot: now,
        date: localDate(now, subscription.zone),
        number: 1,
        state: rule ? ('held' as const) : ('due' as const),
        dueAt: now,
      }))
      // Adding the same rows again adds nothing, so it may be repeated where nobody knows whether they were added.
      await waitWhileAway(() => store.ledger.add(rows), { onWait: onAway, retryMs })
      // Whoever is not told looks by itself.
      await store.notify().catch(() => {})
      const waits = rule ? 'waits for the desk’s approval: /desk approve' : 'is due now'
      process.stdout.write(`${withCount(rows.length, 'place')}: “${name}” ${waits}.\n`)
      // A store that went away in this moment belongs to a bot, or is waited for below.
      if (!(await isBotRunning(config, store).catch(() => true))) {
        process.stdout.write('No nutgraf is running on this data: it is sent once one is started.\n')
        return 0
      }
      // People may take hours: whoever waits for them here would wait for nothing.
      if (rule) return 0
      return printProgress(
        store,
        rows.map(row => row.key),
      )
    },
    { onAway, retryMs },
  )
}

/** Whether a bot is running on this data, which sends what is due. */
const isBotRunning = async (config: Config, store: Store): Promise<boolean> =>
  config.databaseUrl === undefined ? isDataLocked(config.dataDir) : store.revisions.isContentLeased()

/**
 * Prints progress until nothing is left: done, failed, left, rate and remaining time. Gives the exit code. A store that
 * is away meanwhile is waited for: what is due is in it already. `wait` lets some milliseconds pass.
 */
export async function printProgress(
  store: { ledger: Pick<Store['ledger'], 'statesOf'> },
  keys: string[],
  wait: (ms: number) => Promise<void> = sleep,
): Promise<number> {
  const startedAt = Date.now()
  let printedLine = ''
  for (;;) {
    const states = await store.ledger.statesOf(keys).catch(cause => {
      if (!(cause instanceof StoreError) || !cause.isAway) throw cause
      return cause
    })
    if (states instanceof StoreError) {
      const line = `${states.message}. The digests are stored and are sent; their progress is shown once it answers.`
      if (line !== printedLine) process.stdout.write(`${line}\n`)
      printedLine = line
      await wait(AWAY_POLL_MS)
      continue
    }
    const count = (...names: string[]) => keys.filter(key => names.includes(states.get(key) ?? 'due')).length
    const left = count('due', 'sending')
    const done = count('sent', 'quiet')
    const failed = keys.length - left - done
    const seconds = (Date.now() - startedAt) / 1000
    const rate = (done + failed) / Math.max(seconds, 0.001)
    const quiet = count('quiet')
    const line = [
      `${done} done${quiet > 0 ? ` (${quiet} had nothing new)` : ''}`,
      `${failed} failed`,
      `${left} left`,
      `${rate.toFixed(1)} a second`,
      ...(left > 0 && rate > 0 ? [`about ${Math.ceil(left / rate)} s to go`] : []),
    ].join(', ')
    if (line !== printedLine) process.stdout.write(`${line}\n`)
    printedLine = line
    if (left === 0) return failed > 0 ? 1 : 0
    await wait(Math.min(MAX_POLL_MS, POLL_MS + seconds * 50))
  }
}

const PACES: Record<string, (place: Place) => Pace> = {
  slack: slackPace,
  discord: discordPace,
  // The lane is the same for all services.
  webhook: place => webhookPace('slack', place),
}

/** Gives the lane of a place, for rows that are added without a running platform. */
export const laneOf = (place: Place): string => PACES[platformOf(place)]?.(place).lane ?? place
