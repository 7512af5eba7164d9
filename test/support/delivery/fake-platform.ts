import { toPlainText } from '../../../src/chat/plain-text.ts'
import { DeliveryError, type MessageRef, type Place, type Platform } from '../../../src/chat/platform.ts'
import type { Reply } from '../../../src/chat/reply.ts'

/** What a request does: its work or not, and then what it tells. */
export type FakeOutcome = 'works' | 'cut after' | 'cut before' | 'limited' | 'gone' | 'hangs up' | 'too large'

const NOW = { outcome: 'unsent' } as const

/** A platform in memory, whose next requests can be made to fail in every way that a real one does. */
export function fakePlatform(name = 'fake', { repeatsMs = 0 } = {}) {
  const messages: { ref: MessageRef; key: string; text: string; edits: number }[] = []
  const turns: FakeOutcome[] = []
  const searchedKeys: string[] = []
  let mayLook = true
  let count = 0

  const store = (place: Place, key: string, reply: Reply, under?: string): MessageRef => {
    const ref = { place, id: String(++count), ...(under !== undefined && { under }) }
    messages.push({ ref, key, text: toPlainText(reply), edits: 0 })
    return ref
  }
  const fail = (turn: FakeOutcome): void => {
    if (turn === 'limited') throw new DeliveryError('fake: 429', { ...NOW, retryInMs: 1 })
    if (turn === 'gone') throw new DeliveryError('fake: gone', { ...NOW, human: 'The channel is gone.' })
    if (turn === 'too large') throw new DeliveryError('fake: does not fit', NOW)
    if (turn !== 'works') throw new DeliveryError(`fake: ${turn}`, { outcome: 'unknown', retryInMs: 1 })
  }

  const platform: Platform = {
    name,
    deduplicatesForMs: repeatsMs,
    start: async () => {},
    state: () => ({ state: 'connected' }),
    stop: async () => {},
    async post(place, reply, { key, under }) {
      const turn = turns.shift() ?? 'works'
      if (turn === 'works') return store(place, key, reply, under)
      if (turn === 'cut after') store(place, key, reply, under)
      fail(turn)
      throw new Error('never')
    },
    async edit(ref, reply) {
      fail(turns.shift() ?? 'works')
      const message = messages.find(one => one.ref.id === ref.id)!
      message.text = toPlainText(reply)
      message.edits++
    },
    async findPost(place, key) {
      searchedKeys.push(key)
      if (!mayLook) throw new DeliveryError('fake: may not look', NOW)
      return messages.find(one => one.key === key && one.ref.place === place)?.ref
    },
  }
  return {
    platform,
    messages,
    searchedKeys,
    /** What the next requests do, one each; after that all work. */
    queueOutcomes: (...given: FakeOutcome[]) => void turns.push(...given),
    refuseFind: () => {
      mayLook = false
    },
  }
}
