import { toPlainText } from '../../../src/chat/plain-text.ts'
import { DeliveryError, type MessageRef, type Place, type Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'

/** The outcome of a request: it works, or it fails before or after its work was done. */
export type FakeOutcome = 'works' | 'cut after' | 'cut before' | 'limited' | 'gone' | 'hangs up' | 'too large'

const UNSENT = { outcome: 'unsent' } as const

/**
 * Creates a platform in memory whose next requests can be made to fail in every way that a real one fails. `repeatsMs` is
 * how long it recognises a repeated post.
 */
export function fakePlatform(name = 'fake', { repeatsMs = 0 } = {}) {
  const messages: { ref: MessageRef; key: string; text: string; edits: number }[] = []
  const nextOutcomes: FakeOutcome[] = []
  const searchedKeys: string[] = []
  let mayLook = true
  let count = 0

  const store = (place: Place, key: string, reply: Reply, under?: string): MessageRef => {
    const ref = { place, id: String(++count), ...(under !== undefined && { under }) }
    messages.push({ ref, key, text: toPlainText(reply), edits: 0 })
    return ref
  }
  const failAs = (outcome: FakeOutcome): void => {
    if (outcome === 'limited') throw new DeliveryError('fake: 429', { ...UNSENT, retryInMs: 1 })
    if (outcome === 'gone')
      throw new DeliveryError('fake: gone', { ...UNSENT, human: 'The channel is gone.', deadPlace: true })
    if (outcome === 'too large') throw new DeliveryError('fake: does not fit', UNSENT)
    if (outcome !== 'works') throw new DeliveryError(`fake: ${outcome}`, { outcome: 'unknown', retryInMs: 1 })
  }

  const platform: Platform = {
    name,
    deduplicatesForMs: repeatsMs,
    start: async () => {},
    state: () => ({ state: 'connected' }),
    stop: async () => {},
    async post(place, reply, { key, under }) {
      const outcome = nextOutcomes.shift() ?? 'works'
      if (outcome === 'works') return store(place, key, reply, under)
      if (outcome === 'cut after') store(place, key, reply, under)
      failAs(outcome)
      throw new Error('never')
    },
    async edit(ref, reply) {
      failAs(nextOutcomes.shift() ?? 'works')
      const message = messages.find(posted => posted.ref.id === ref.id)!
      message.text = toPlainText(reply)
      message.edits++
    },
    async findPost(place, key) {
      searchedKeys.push(key)
      if (!mayLook) throw new DeliveryError('fake: may not look', UNSENT)
      return messages.find(message => message.key === key && message.ref.place === place)?.ref
    },
  }
  return {
    platform,
    messages,
    searchedKeys,
    /** Sets the outcomes of the next requests, one each; the requests after those work. */
    queueOutcomes: (...outcomes: FakeOutcome[]) => void nextOutcomes.push(...outcomes),
    refuseFind: () => {
      mayLook = false
    },
  }
}
