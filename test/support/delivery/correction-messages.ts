import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../../../src/chat/platform.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { createHandler } from '../../../src/commands/handler.ts'
import { splitCommand } from '../../../src/commands/line.ts'
import { createLibrary } from '../../../src/content/library.ts'
import { partsOfAll } from '../../../src/content/parts.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import { createPipeline } from '../../../src/delivery/pipeline.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import type { Store } from '../../../src/store/store.ts'
import { recordingLog } from '../recording-log.ts'
import type { CorrectionPlatform } from './correction-platform.ts'
import { type ContentStage, filesAtStage } from './correction-stories.ts'
import { dailySubscription, minutesAgo } from './due-rows.ts'

const PATIENCE_MS = 90_000

/**
 * Posts about this many messages at once, as a bot does: editions of one story and of several, with their thread replies,
 * and published answers, some of them in threads. Half of them show the wrong event.
 */
export async function postCorrectionMessages(
  store: Store,
  loopback: CorrectionPlatform,
  messages: number,
): Promise<void> {
  const old = libraryAtStage('old')
  await store.revisions.record(partsOfAll(old))
  const newsFrom = await store.clock()
  await sleep(5)
  const library = libraryAtStage('new')
  const { platform } = loopback
  const pipeline = createPipeline({
    store,
    library: () => library,
    platforms: () => [platform],
    commandLines: commandLinesFor,
    zone: 'UTC',
    redraw: () => Promise.reject(new Error('nothing is redrawn here')),
    size: { sweepMs: 50 },
    log: recordingLog(),
  })
  const slot = minutesAgo(2, await store.clock())
  const share = (fraction: number) => Math.round(messages * fraction)
  let places = 0
  const subscriptions = (digest: string, count: number) =>
    Array.from({ length: count }, () =>
      dailySubscription(loopback.placeOf(places++), slot, { digest, newsFrom }),
    )
  await store.subscriptions.save([
    // Editions of two messages; the second shows the wrong event.
    ...subscriptions('morning', share(0.2)),
    ...subscriptions('bridge', share(0.15)),
    ...subscriptions('harbor', share(0.11)),
    ...subscriptions('museum', share(0.04)),
  ])
  const publish = createPublish({
    platforms: () => [platform],
    ledger: { store, owner: pipeline.owner, shownRevisions: pipeline.shownRevisions },
    log: recordingLog(),
  })
  const { answer } = createHandler({ library: () => library, version: 'test', zone: 'UTC' }, recordingLog())
  const ask = async (line: string, index: number): Promise<void> => {
    const place: Place = loopback.placeOf(places++)
    const caller = { id: 'seed:u', rights: [] }
    const call = { ...splitCommand(line), place, caller, audience: 'place' as const, at: Date.now() }
    const under = index % 3 === 0 ? await platform.post(place, TALK, { key: `talk ${index}` }) : undefined
    const result = await publish(call, await answer(call), { key: String(index), under: under?.id })
    if ('problem' in result) throw new Error(JSON.stringify(result.problem))
  }
  for (let index = 0; index < share(0.15); index++) {
    await ask('/nutgraf bridge timeline', index)
    await ask(index % 8 === 0 ? '/nutgraf museum timeline' : '/nutgraf harbor timeline', 10_000 + index)
  }
  await pipeline.start()
  await pipeline.schedule.tick()
  await waitUntilDelivered(store)
  await pipeline.stop()
}

/** Resolves once nothing is due or under way any more. */
export async function waitUntilDelivered(store: Store): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(20)) {
    const { due = 0, sending = 0 } = await store.ledger.countByState()
    if (due + sending === 0) return
    if (Date.now() > end) throw new Error(`${due} rows are due, ${sending} under way`)
  }
}

const TALK = {
  blocks: [{ kind: 'text' as const, text: ['What happened?'] }],
  parts: [],
  audience: 'place' as const,
}

function libraryAtStage(stage: ContentStage) {
  const loaded = loadContent(filesAtStage(stage))
  if (loaded.problems.length > 0) throw new Error(JSON.stringify(loaded.problems))
  return createLibrary(loaded.stories, stage, loaded.digests)
}
