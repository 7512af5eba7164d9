import { DeliveryError, type MessageRef, type Place, type PostOptions } from '../../chat/platform.ts'
import type { Reply } from '../../chat/reply.ts'

/** A message in the preview's one channel. */
export type Message = { ref: MessageRef; key: string; reply: Reply; at: number; edited: boolean }

/** The messages of the preview, in memory. The oldest are dropped when there are too many. */
type Messages = {
  add(place: Place, reply: Reply, options: PostOptions): { message: Message; fresh: boolean }
  replace(ref: MessageRef, reply: Reply): Message
  find(place: Place, key: string, range: { since: number; under?: string }): MessageRef | undefined
  all(): Message[]
  /** A message by its id. */
  byId(id: unknown): Message | undefined
}

/** More than anybody reads on the page, and little memory. */
const MAX_MESSAGES = 200

/** Creates an empty channel. Posting again with the same key posts nothing new, as on the real platforms. */
export function createMessages(): Messages {
  const messages: Message[] = []
  let count = 0
  // A page may stay open over a restart: a new message must not have the id of an old one.
  const idPrefix = Date.now().toString(36)
  return {
    add: (place, reply, { key, under }) => {
      const existing = messages.find(message => message.key === key && message.ref.place === place)
      if (existing) return { message: existing, fresh: false }
      const ref: MessageRef = { place, id: `${idPrefix}.${++count}`, ...(under !== undefined && { under }) }
      const message = { ref, key, reply, at: Date.now(), edited: false }
      messages.push(message)
      if (messages.length > MAX_MESSAGES) messages.shift()
      return { message, fresh: true }
    },
    replace: (ref, reply) => {
      const message = messages.find(posted => posted.ref.id === ref.id && posted.ref.place === ref.place)
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
      messages.find(message => {
        const { ref, at } = message
        return message.key === key && ref.place === place && at >= since && ref.under === under
      })?.ref,
    all: () => messages,
    byId: id => messages.find(({ ref }) => ref.id === id),
  }
}
