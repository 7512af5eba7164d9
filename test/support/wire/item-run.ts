import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createPipeline } from '../../../src/delivery/pipeline.ts'
import type { ItemPost } from '../../../src/digests/items/post.ts'
import { storeFile } from '../../../src/store/connect.ts'
import type { NewDelivery } from '../../../src/store/delivery.ts'
import { createPostgresEngine } from '../../../src/store/postgres.ts'
import { createSqliteEngine } from '../../../src/store/sqlite.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import { createCorrectionFaults } from '../delivery/correction-faults.ts'
import { waitUntilDelivered } from '../delivery/correction-messages.ts'
import { type CorrectionPlatform, openCorrectionPlatform } from '../delivery/correction-platform.ts'
import { openCorrectionProcesses } from '../delivery/correction-processes.ts'
import { morningLibrary } from '../delivery/test-pipeline.ts'
import { recordingLog } from '../recording-log.ts'
import { bring } from './bring.ts'

type ItemRunOptions = { platform: 'slack' | 'discord'; messages: number; kills: number; databaseUrl?: string }

const PATIENCE_MS = 80_000
const ITEM = 'aaa'
const OLD = 'WRONG HEADLINE'
const NEW = 'Right headline'

/**
 * Posts a report to many places, then changes its headline and kills processes while they edit; afterwards takes it back.
 * Gives how often messages were edited beyond once, where nobody was killed in the middle, and what they say.
 */
export async function runItemChanges({ platform, messages, kills, databaseUrl }: ItemRunOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'nutgraf-items-'))
  const data = join(folder, 'data')
  const loopback = await openCorrectionPlatform(platform)
  const engine =
    databaseUrl === undefined
      ? createSqliteEngine(storeFile(data))
      : createPostgresEngine(databaseUrl, { maxConnections: 2 })
  const store = await openStore(engine)
  const faults = createCorrectionFaults(platform, false)
  const options = { platform, messages, databaseUrl }
  const processes = await openCorrectionProcesses(options, { loopback, faults, store, engine, folder, data })

  /** Waits until a cause is done, and starts processes again that were killed. */
  async function follow(cause: string): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(25)) {
      if (processes.hasEnded()) {
        faults.killAfter(--killsLeft > 0 ? killEvery : Number.POSITIVE_INFINITY)
        await processes.revive()
      }
      await engine.query(`update deliveries set due_at = 1 where state = 'due' and error is not null`)
      const found = (await store.corrections.causes()).find(row => row.cause === cause)
      if (found?.doneAt !== undefined) return
      if (Date.now() > end) throw new Error(`${cause} was not done: ${JSON.stringify(found)}`)
    }
  }

  const killEvery = Math.ceil(messages / (kills + 2))
  let killsLeft = kills
  try {
    processes.write('new')
    await bring(store, ITEM, OLD)
    await postEverywhere(store, loopback, messages)
    await processes.start()
    faults.begin([])
    faults.killAfter(killEvery)
    await bring(store, ITEM, NEW, { kind: 'changed' })
    await store.notify()
    await follow(`wire/item:${ITEM}@2`)
    const changed = loopback.messages().map(({ text }) => text)
    // The desk hears of a withdrawal in a message of its own.
    const shown = new Set(loopback.messages().map(({ id }) => id))
    // What was under way when a process was killed may be done twice.
    const counts = loopback.editCounts()
    const extraEdits = loopback
      .messages()
      .map(({ id }) => (counts.get(id) ?? 0) - 1 - faults.unconfirmedEdits(id))
      .filter(more => more > 0)
    const begun = performance.now()
    await bring(store, ITEM, '', { kind: 'changed', state: 'withdrawn' })
    await store.notify()
    await follow(`wire/item:${ITEM}@3`)
    const tookMs = performance.now() - begun
    const withdrawn = loopback
      .messages()
      .filter(({ id }) => shown.has(id))
      .map(({ text }) => text)
    await processes.stop()
    return {
      killed: kills - killsLeft,
      changed,
      extraEdits,
      withdrawn,
      tookMs,
      causes: await store.corrections.causes(),
    }
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${processes.output()}`, { cause })
  } finally {
    await processes.close()
    await Promise.all([loopback.close(), store.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}

async function postEverywhere(store: Store, loopback: CorrectionPlatform, messages: number): Promise<void> {
  const library = morningLibrary()
  const pipeline = createPipeline({
    ...{ store, library: () => library, platforms: () => [loopback.platform], commandLines: commandLinesFor },
    ...{ zone: 'UTC', size: { sweepMs: 50 }, log: recordingLog() },
    redraw: () => Promise.reject(new Error('nothing is redrawn here')),
  })
  const at = await store.clock()
  await store.ledger.add(
    Array.from({ length: messages }, (_, index): NewDelivery => {
      const place = loopback.placeOf(index)
      const post: ItemPost = { version: 1, digest: 'fast', title: 'Fast', zone: 'UTC', at, items: [ITEM] }
      return {
        ...{ key: `${place} fast item:${ITEM}`, kind: 'item', place, lane: place, digest: 'fast', number: 1 },
        ...{ state: 'due', dueAt: at, selection: JSON.stringify(post) },
      }
    }),
  )
  await pipeline.start()
  await waitUntilDelivered(store)
  await pipeline.stop()
}
