import { setTimeout as sleep } from 'node:timers/promises'
import type { Place } from '../../../src/chat/platform.ts'
import { linesAt } from '../../../src/commands/digest/command-lines.ts'
import { handler } from '../../../src/commands/handler.ts'
import { headOf } from '../../../src/commands/line.ts'
import { library } from '../../../src/content/library.ts'
import { partsIn } from '../../../src/content/parts.ts'
import { load } from '../../../src/content/read/load.ts'
import { presses } from '../../../src/delivery/pipeline.ts'
import { publishing } from '../../../src/delivery/publish.ts'
import type { Store } from '../../../src/store/store.ts'
import { quietLog } from '../preview/fake-preview.ts'
import type { CorrectStage } from './correction-platform.ts'
import { filesAt, type Stage } from './correction-stories.ts'
import { daily, minutesAgo } from './due-rows.ts'

const PATIENCE_MS = 90_000

/**
 * Posts messages as a bot does, all at once: editions of one story and of several, with their thread replies, and
 * published answers, some of them in threads. Half of them show what is wrong.
 */
export async function seed(store: Store, stage: CorrectStage, messages: number): Promise<void> {
  const old = booksAt('old')
  await store.record(partsIn(old))
  const newsFrom = await store.clock()
  await sleep(5)
  const books = booksAt('new')
  const { platform } = stage
  const press = presses({
    ...{ store, library: () => books, platforms: () => [platform], lines: linesAt, zone: 'UTC' },
    redraw: () => Promise.reject(new Error('nothing is redrawn here')),
    size: { sweepMs: 50 },
    log: quietLog(),
  })
  const slot = minutesAgo(2, await store.clock())
  const share = (part: number) => Math.round(messages * part)
  let places = 0
  const wish = (digest: string, count: number) =>
    Array.from({ length: count }, () => daily(stage.placeOf(places++), slot, { digest, newsFrom }))
  await store.save([
    // Each in two messages, of which the second shows it.
    ...wish('morning', share(0.2)),
    ...wish('bridge', share(0.15)),
    ...wish('harbor', share(0.11)),
    ...wish('museum', share(0.04)),
  ])
  const publish = publishing({
    platforms: () => [platform],
    ledger: { store, owner: press.owner, shown: press.shown },
    log: quietLog(),
  })
  const { answer } = handler({ library: () => books, version: 'test', zone: 'UTC' }, quietLog())
  const ask = async (line: string, index: number): Promise<void> => {
    const place: Place = stage.placeOf(places++)
    const caller = { id: 'seed:u', rights: [] }
    const call = { ...headOf(line), place, caller, audience: 'place' as const, at: Date.now() }
    const under = index % 3 === 0 ? await platform.post(place, TALK, { key: `talk ${index}` }) : undefined
    const how = { key: String(index), ...(under && { under: under.id }) }
    const result = await publish(call, await answer(call), how)
    if ('problem' in result) throw new Error(JSON.stringify(result.problem))
  }
  for (let index = 0; index < share(0.15); index++) {
    await ask('/nutgraf bridge timeline', index)
    await ask(index % 8 === 0 ? '/nutgraf museum timeline' : '/nutgraf harbor timeline', 10_000 + index)
  }
  await press.start()
  await press.schedule.tick()
  await delivered(store)
  await press.stop()
}

/** Resolves once nothing is due or under way any more. */
export async function delivered(store: Store): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; ; await sleep(20)) {
    const { due = 0, sending = 0 } = await store.counts()
    if (due + sending === 0) return
    if (Date.now() > end) throw new Error(`${due} rows are due, ${sending} under way`)
  }
}

const TALK = {
  blocks: [{ kind: 'text' as const, text: ['What happened?'] }],
  parts: [],
  audience: 'place' as const,
}

function booksAt(stage: Stage) {
  const loaded = load(filesAt(stage))
  if (loaded.problems.length > 0) throw new Error(JSON.stringify(loaded.problems))
  return library(loaded.stories, stage, loaded.digests)
}
