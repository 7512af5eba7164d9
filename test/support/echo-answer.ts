import type { Answer, Call } from '../../src/chat/platform.ts'
import { type Reply, refusal, text } from '../../src/chat/reply.ts'
import { parseLine } from '../../src/commands/line.ts'
import { cardReply } from './fake-pictures.ts'
import { replyOf } from './reply-of.ts'

/** A reply of one sentence. */
export const sentenceReply = (sentence: string, more: Partial<Reply> = {}): Reply => ({
  ...replyOf(text(sentence)),
  ...more,
})

/** The words on a card of the echo, with the number in the line if there is one. */
const cardWords = ({ text }: Call) => ['see you in court', ...(/\d+/.exec(text) ?? [])].join(' ')

/**
 * Creates an answer that echoes each call. The commands `slow`, `huge` and `broken` do what their names say, `nothing` is
 * refused, and `card` gives a picture.
 */
export function createEchoAnswer(): { answer: Answer; calls: Call[] } {
  const calls: Call[] = []
  const answer: Answer = call => {
    calls.push(call)
    const isPublic = call.audience === 'place' || parseLine(call.text).flags.public !== undefined
    const audience = isPublic ? 'place' : 'caller'
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
