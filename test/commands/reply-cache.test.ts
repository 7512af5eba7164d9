import { describe, expect, test } from 'vitest'
import { mayKeepDrawings } from '../../src/chat/kept-drawings.ts'
import type { Call } from '../../src/chat/platform.ts'
import { text } from '../../src/chat/reply.ts'
import { cacheReplies } from '../../src/commands/reply-cache.ts'
import { replyOf } from '../support/reply-of.ts'

const call = (command: string, words: string, more: Partial<Call> = {}): Call => ({
  ...{ command, text: words, place: 'slack:T1/C1', audience: 'caller', at: 0 },
  caller: { id: 'slack:T1/U1', rights: [] },
  ...more,
})

/** Asks a cache, and tells how often an answer was made. */
function counted(content: () => (object | undefined)[] = () => []) {
  const cached = cacheReplies(content)
  let made = 0
  const ask = (asked: Call) => cached(asked, () => replyOf(text(`${asked.command}|${asked.text}|${++made}`)))
  return { ask, made: () => made }
}

describe('an answer', () => {
  test('is kept from the second time on, with what is drawn of it', () => {
    const { ask, made } = counted()
    const [first, second, third] = [1, 2, 3].map(() => ask(call('quote', 'byrne')))
    expect(made()).toBe(2)
    expect(third).toBe(second)
    expect([first, second].map(reply => !(reply instanceof Promise) && mayKeepDrawings(reply!))).toEqual([
      false,
      true,
    ])
  })

  test('stays kept, however many lines are asked once in between', () => {
    const { ask, made } = counted()
    ask(call('quote', 'byrne'))
    ask(call('quote', 'byrne'))
    for (let count = 0; count < 5_000; count++) ask(call('quote', `words ${count}`))
    const before = made()
    ask(call('quote', 'byrne'))
    expect(made()).toBe(before)
  })

  test.each<[string, Call, Call]>([
    ['other words', call('quote', 'a b'), call('quote a', 'b')],
    ['another audience', call('quote', 'a'), call('quote', 'a', { audience: 'place' })],
    ['a platform that draws otherwise', call('quote', 'a'), call('quote', 'a', { place: 'discord:1/2' })],
    ['a button that may be old', call('quote', 'a'), call('quote', 'a', { fromButton: true })],
    [
      'another clock',
      call('quote', 'a'),
      call('quote', 'a', { caller: { id: 'slack:T1/U1', rights: [], zone: 'Asia/Tokyo' } }),
    ],
    [
      'other rights',
      call('quote', 'a'),
      call('quote', 'a', { caller: { id: 'slack:T1/U1', rights: ['manage'] } }),
    ],
  ])('is never that to %s', (_, one, other) => {
    const { ask, made } = counted()
    for (const asked of [one, other, one, other, one, other]) ask(asked)
    expect(made()).toBe(4)
  })

  test('is made anew where the content is another, and in the next quarter of an hour', () => {
    let content = {}
    const { ask, made } = counted(() => [content])
    for (let count = 0; count < 3; count++) ask(call('quote', 'a'))
    content = {}
    ask(call('quote', 'a'))
    expect(made()).toBe(3)
    ask(call('quote', 'a', { at: 15 * 60_000 }))
    expect(made()).toBe(4)
  })
})
