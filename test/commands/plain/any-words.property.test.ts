import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainInlines, toPlainText } from '../../../src/chat/plain-text.ts'
import { parseLine } from '../../../src/commands/line.ts'
import { searchPassagesOf } from '../../../src/content/search/passages.ts'
import { bundledLibrary, startConversation } from '../../support/conversations/conversation.ts'

const { ask, errors } = startConversation(bundledLibrary)
const texts = bundledLibrary.stories.flatMap(searchPassagesOf).map(({ text }) => text)
const wordsOfStories = [...new Set(texts.flatMap(text => text.split(/\s+/)))].filter(word =>
  /^[\p{L}\d’-]+$/u.test(word),
)

const STOP_WORDS =
  'what did the about is it who when was in a of please tell me how and on since last to'.split(' ')
const ASKING =
  'summary timeline quotes said who is true sources latest news next why share stop subscribe digest 2018 march page'.split(
    ' ',
  )
const heads = fc.constantFrom(
  '',
  '',
  '/lawsuit ',
  '/nutgraf ',
  '/quote ',
  '/lawsuit timeline ',
  '/lawsuit summary ',
)
const word = fc.oneof(
  fc.constantFrom(...wordsOfStories),
  fc.constantFrom(...STOP_WORDS),
  fc.constantFrom(...ASKING),
)
const line = fc
  .tuple(heads, fc.array(word, { minLength: 1, maxLength: 8 }))
  .map(([head, words]) => head + words.join(' '))

test('whatever words are typed, there is an answer that says how it read them and changes nothing', () => {
  fc.assert(
    fc.property(line, fc.constantFrom('caller' as const, 'place' as const), (typed, audience) => {
      const reply = ask(typed, { audience })
      expect(toPlainText(reply).trim()).not.toBe('')
      const lead = plainInlines(reply.lead ?? [])
      const read = /^I read this as: (.*?)(?: · |$)/.exec(lead)?.[1]
      // What is run by itself only shows something, and to nobody else.
      if (read !== undefined)
        expect(read).not.toMatch(/ (?:follow|unfollow|--public)|^\/(?:desk|digest (?:on|off|set|quiet))/)
      expect(errors).toEqual([])
    }),
    { numRuns: 400 },
  )
})

test('a word that nobody knows is never dropped in silence', () => {
  const strange = 'qzxjqzxj'
  fc.assert(
    fc.property(heads, fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(5), (head, words, at) => {
      const typed = head + words.toSpliced(at, 0, strange).join(' ')
      const reply = ask(typed)
      // Without a bot that runs, `follow` and `report` say only that.
      fc.pre(!/^(?:Digests|Reports) need a running bot/.test(toPlainText(reply)))
      // A refusal that offers what a mistyped word may have been is about that word.
      if (!(reply.unread && reply.buttons?.length)) expect(toPlainText(reply), typed).toContain(strange)
      expect(toPlainText(ask(typed, { audience: 'place' })), typed).not.toContain(strange)
      expect(parseLine(typed).args.join(' ')).toContain(strange)
    }),
    { numRuns: 300 },
  )
})
