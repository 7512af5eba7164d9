import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PHONE_BUDGET } from '../../../src/chat/reply.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { startConversation } from '../../support/conversations/conversation.ts'

/** The bridge story with these speakers, each quoted once from its first source. */
function conversationWith(speakers: string[]) {
  const quotes = speakers.map((speaker, index) => ({
    id: `q-${index}`,
    speaker,
    role: 'r',
    kind: 'direct',
    words: `Sentence number ${index} of all.`,
    source: 1,
    saidOn: 'not given',
  }))
  const paper = quotes.map(({ words }) => `"${words}"`).join('\n\n')
  return startConversation(
    libraryFromFiles(storyFiles('bridge', { quotes, facts: [], stored: { 'paper.txt': `${paper}\n` } })),
  )
}

test('a source of many quotations is shown on pages, each short, and every quotation is on one of them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 100 }),
      fc.boolean(),
      (count, length, same) => {
        const speakers = Array.from(
          { length: count },
          (_, index) => (same ? '' : `${index} `) + 'n'.repeat(length - 3 > 0 ? length - 3 : 1),
        )
        const { say } = conversationWith(speakers)
        const line = '/nutgraf bridge sources #1'
        const pages = Number(/Page 1 of (\d+)/.exec(say(line))?.[1] ?? 1)
        const texts = Array.from({ length: pages }, (_, page) => say(`${line} --page ${page + 1}`))
        for (const text of texts) expect(text.length).toBeLessThanOrEqual(PHONE_BUDGET)
        expect(texts.join('\n').match(/characters \d+–\d+/g)).toHaveLength(count)
      },
    ),
    { numRuns: 15 },
  )
})

test('a question mark or an exclamation mark at the end of a line asks for the same', () => {
  const { say } = conversationWith(['Ana Example'])
  for (const line of ['/nutgraf bridge background', '/nutgraf bridge who ana', '/quote ana'])
    for (const sign of ['?', '!', '??', ' ?', '.', '？']) expect(say(line + sign)).toBe(say(line))
})
