import type { Answer, Call } from '../../src/chat/platform.ts'
import { type Reply, refusal, text } from '../../src/chat/reply.ts'
import { parseLine } from '../../src/commands/line.ts'
import { cardReply } from './fake-pictures.ts'

/** A reply of one sentence. */
export const sentenceReply = (sentence: string, more: Partial<Reply> = {}): Reply => ({
  blocks: [text(sentence)],
  parts: [],
  audience: 'caller',
  ...more,
})

/** What a card of the echo shows: other words with a number. */
const cardWords = ({ text }: Call) => ['see you in court', ...(/\d+/.exec(text) ?? [])].join(' ')

/** Echoes each call; `slow`, `huge` and `broken` do what their names say, `nothing` is refused, `card` is a picture. */
export function createEchoAnswer(): { answer: Answer; calls: Call[] } {
  const calls: Call[] = []
  const answer: Answer = call => {
    calls.push(call)
    const open = call.audience === 'place' || parseLine(call.text).flags.public !== undefined
    const audience = open ? 'place' : 'caller'
    if (call.command === 'slow')
      return new Promise(resolve => setTimeout(resolve, 4_000, sentenceReply('late')))
    if (call.command === 'broken') throw new Error('boom')
    if (call.command === 'card' || call.text.startsWith('card'))
      return cardReply(cardWords(call), { audience })
    if (call.command === 'huge') return sentenceReply('x'.repeat(5_000), { audience })
    if (call.command === 'nothing') return { ...refusal(['There is no such thing.']), audience }
    return sentenceReply(`${call.command}: ${call.text}`, { audience })
  }
  return { answer, calls }
}
