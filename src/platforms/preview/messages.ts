import { DeliveryError, type MessageRef, type Place, type PostOptions } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'

/** A message in the preview's one channel. */
export type Message = { ref: MessageRef; key: string; reply: Reply; at: number; edited: boolean }

/** The messages of the preview, in memory: the oldest go when there are too many. */
type Messages = {
  add(place: Place, reply: Reply, options: PostOptions): { message: Message; fresh: boolean }
  replace(ref: MessageRef, reply: Reply): Message
  find(place: Place, key: string, range: { since: number; under?: string }): MessageRef | undefined
  all(): Message[]
  /** A message by its id. */
  byId(id: unknown): Message | undefined
}

const MAX_MESSAGES = 200

/** An empty channel. A key names one post, as it does on the real platforms. */
export function createMessages(): Messages {
  const kept: Message[] = []
  let count = 0
  // An open page outlives a restart: a new message must not have the name of an old one.
  const born = Date.now().toString(36)
  return {
    add: (place, reply, { key, under }) => {
      const known = kept.find(one => one.key === key && one.ref.place === place)
      if (known) return { message: known, fresh: false }
      const ref: MessageRef = { place, id: `${born}.${++count}`, ...(under !== undefined && { under }) }
      const message = { ref, key, reply, at: Date.now(), edited: false }
      kept.push(message)
      if (kept.length > MAX_MESSAGES) kept.shift()
      return { message, fresh: true }
    },
    replace: (ref, reply) => {
      const message = kept.find(one => one.ref.id === ref.id && one.ref.place === ref.place)
      if (!message)
        throw new DeliveryError(`preview: no message ${ref.id} in ${ref.place} to edit`, {
          outcome: 'unsent',
          human: 'The preview forgets its messages when it stops.',
        })
      message.reply = reply
      message.edited = true
      return message
    },
    find: (place, key, { since, under }) =>
      kept.find(
        one => one.key === key && one.ref.place === place && one.at >= since && one.ref.under === under,
      )?.ref,
    all: () => kept,
    byId: id => kept.find(({ ref }) => ref.id === id),
  }
}
