import type { Answer, Call } from '../../src/chat/platform.ts'
import { type Reply, refusal, text } from '../../src/chat/reply.ts'
import { words } from '../../src/commands/line.ts'
import { cardReply } from './one-picture.ts'

/** A reply of one sentence. */
export const said = (sentence: string, more: Partial<Reply> = {}): Reply => ({
  blocks: [text(sentence)],
  parts: [],
  audience: 'caller',
  ...more,
})

/** What a card of the echo shows: other words with a number. */
const wordsIn = ({ text }: Call) => ['see you in court', ...(/\d+/.exec(text) ?? [])].join(' ')

/** Echoes each call; `slow`, `huge` and `broken` do what their names say, `nothing` is refused, `card` is a picture. */
export function echo(): { answer: Answer; calls: Call[] } {
  const calls: Call[] = []
  const answer: Answer = call => {
    calls.push(call)
    const open = call.audience === 'place' || words(call.text).flags.public !== undefined
    const audience = open ? 'place' : 'caller'
    if (call.command === 'slow') return new Promise(resolve => setTimeout(resolve, 4_000, said('late')))
    if (call.command === 'broken') throw new Error('boom')
    if (call.command === 'card' || call.text.startsWith('card')) return cardReply(wordsIn(call), { audience })
    if (call.command === 'huge') return said('x'.repeat(5_000), { audience })
    if (call.command === 'nothing') return { ...refusal(['There is no such thing.']), audience }
    return said(`${call.command}: ${call.text}`, { audience })
  }
  return { answer, calls }
}
