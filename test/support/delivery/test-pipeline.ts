import type { Log, Platform } from '../../../src/chat/platform.ts'
import { linesAt } from '../../../src/commands/digest/command-lines.ts'
import { type Press, presses } from '../../../src/delivery/pipeline.ts'
import type { Store } from '../../../src/store/store.ts'
import { books, storyFiles } from '../content/story-files.ts'

/** A log that remembers its warnings and errors as text. */
export function saidLog(): Log & { said(): string } {
  const lines: string[] = []
  const keep = (details: object, message: string) => {
    const { err } = details as { err?: Error }
    lines.push(`${message} ${err?.message ?? ''}`)
  }
  return { debug: () => {}, info: () => {}, warn: keep, error: keep, said: () => lines.join('\n') }
}

const DIGESTS = [{ name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' }]

/** A library with one story and one digest, `morning`. */
export const morning = (dek = 'Why it closed.') =>
  books(storyFiles('bridge', { meta: { dek } }), [
    { path: 'digests.yml', text: JSON.stringify(DIGESTS), origin: 'content/digests.yml' },
  ])

/** Presses on a store that post on one platform, with short times. */
export function pressOn(store: Store, platform: Platform, more: Partial<Press> = {}) {
  const log = saidLog()
  const library = morning()
  const press = presses({
    store,
    library: () => library,
    platforms: () => [platform],
    lines: linesAt,
    redraw: () => Promise.reject(new Error('there are no answers here')),
    zone: 'UTC',
    times: { leaseMs: 300, requestMs: 120, backOffMs: 20, backOffMostMs: 100 },
    log,
    ...more,
  })
  return { press, log }
}
