import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Place } from '../../chat/platform.ts'
import { type Pace, platformOf } from '../../chat/platform.ts'
import type { Config } from '../../config.ts'
import { localDate } from '../../dates.ts'
import { editionKey } from '../../digests/schedule.ts'
import { pace as discord } from '../../platforms/discord/rate-limit.ts'
import { pace as slack } from '../../platforms/slack/rate-limit.ts'
import { isDataLocked } from '../../store/data-lock.ts'
import type { Store } from '../../store/store.ts'
import { withStore } from '../open.ts'

const POLL_MS = 500

/** The verb `digest send`: makes a digest due now, and shows how far the running bot is with it. */
export async function digestSend(config: Config, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { place: { type: 'string' } },
  })
  const name = positionals[0]
  if (name === undefined) throw new Error('digest send: name a digest, such as morning')
  return withStore(config, async ({ store, library }) => {
    if (!library.digest(name)) {
      const known = library.digests.map(digest => digest.name).join(', ')
      throw new Error(`digest send: there is no digest “${name}”. There are: ${known}`)
    }
    const place = values.place as Place | undefined
    const all = (await store.subscriptions.list(place)).filter(
      one => one.digest === name && one.state === 'on',
    )
    if (all.length === 0)
      throw new Error(
        `digest send: ${place ?? 'no place'} ${place ? 'does not take' : 'takes'} “${name}”. In the channel: /digest on ${name}`,
      )
    const now = await store.clock()
    const rows = all.map(one => ({
      key: editionKey(one, now),
      kind: 'edition' as const,
      place: one.place,
      lane: laneOf(one.place),
      digest: name,
      slot: now,
      date: localDate(now, one.zone),
      number: 1,
      state: 'due' as const,
      dueAt: now,
    }))
    await store.ledger.add(rows)
    await store.notify()
    process.stdout.write(`${rows.length} ${rows.length === 1 ? 'place' : 'places'}: “${name}” is due now.\n`)
    if (!(await isBotRunning(config, store))) {
      process.stdout.write('No nutgraf is running on this data: it is sent once one is started.\n')
      return 0
    }
    return printProgress(
      store,
      rows.map(row => row.key),
    )
  })
}

/** Whether somebody is there to send. */
const isBotRunning = async (config: Config, store: Store): Promise<boolean> =>
  config.databaseUrl === undefined ? isDataLocked(config.dataDir) : store.revisions.isContentLeased()

/** Prints how far it is until nothing is left: done, failed, left, rate and the time that is left. */
async function printProgress(store: Store, keys: string[]): Promise<number> {
  const began = Date.now()
  let said = ''
  for (;;) {
    const states = await store.ledger.statesOf(keys)
    const count = (...names: string[]) => keys.filter(key => names.includes(states.get(key) ?? 'due')).length
    const left = count('due', 'sending')
    const done = count('sent', 'quiet')
    const failed = keys.length - left - done
    const seconds = (Date.now() - began) / 1000
    const rate = (done + failed) / Math.max(seconds, 0.001)
    const quiet = count('quiet')
    const line = [
      `${done} done${quiet > 0 ? ` (${quiet} had nothing new)` : ''}`,
      `${failed} failed`,
      `${left} left`,
      `${rate.toFixed(1)} a second`,
      ...(left > 0 && rate > 0 ? [`about ${Math.ceil(left / rate)} s to go`] : []),
    ].join(', ')
    if (line !== said) process.stdout.write(`${line}\n`)
    said = line
    if (left === 0) return failed > 0 ? 1 : 0
    await sleep(Math.min(10_000, POLL_MS + seconds * 50))
  }
}

const PACES: Record<string, (place: Place) => Pace> = { slack, discord }
/** What a place shares its platform’s rate limit with, for rows that are added without a platform at hand. */
export const laneOf = (place: Place): string => PACES[platformOf(place)]?.(place).lane ?? place
