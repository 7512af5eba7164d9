import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { PHONE_BUDGET } from '../../src/chat/reply.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { startConversation } from '../support/conversations/conversation.ts'

const { ask, say, buttons } = startConversation(libraryFromFiles(storyFiles('bridge')))
const hits = (text: string) => text.split('\n').filter(line => line.startsWith('• '))

test('a hit says where it stands; what others said or wrote is in quotation marks', () => {
  expect(hits(say('/nutgraf find bridge shut'))).toEqual([
    '• The Paper, line 1: “The bridge on Main Street is shut.”',
    '• Quote, Ana Example: “The bridge stays shut until it is safe, […] Nobody will cross it before then.”',
    '• The Paper, line 3: “"The bridge stays shut until it is safe," Mayor Ana Example said on Saturday. "Nobody will cross it before then."”',
    '• Source 1: The Paper: Bridge shut',
  ])
})

test('the label is the first line, and its part is there', () => {
  expect(say('/nutgraf find rust')).toMatch(/^DEVELOPING STORY · covers 30 Dec 2025 to 4 May 2026/)
  expect(ask('/nutgraf find rust').parts).toEqual(['bridge/event:2025-12-30-1', 'bridge/label'])
})

test('words of up to four letters are whole words; longer ones begin words', () => {
  expect(hits(say('/nutgraf find ice'))).toEqual([
    expect.stringMatching(/^• The Paper, line 5: .*all ice on it must go/),
  ])
  expect(say('/nutgraf find poli')).toContain('Nothing found')
  expect(hits(say('/nutgraf find inspe'))).toHaveLength(1)
  expect(say('/nutgraf find spect')).toContain('Nothing found')
})

test('similar words only when nothing has the typed ones, and it says so', () => {
  expect(say('/nutgraf find protest')).not.toContain('similar')
  expect(say('/nutgraf find portest')).toContain('Nothing has exactly these words. These are similar:')
  expect(say('/nutgraf find portest')).toContain('Drivers protest.')
  expect(say('/nutgraf find rsut')).toContain('Nothing found in 1 story.')
})

test('other forms of a word count where the typed one is nowhere, and it says so', () => {
  expect(say('/nutgraf find drivers protested')).toContain(
    'Nothing has exactly these words. These are similar:',
  )
  expect(hits(say('/nutgraf find police closes road'))[0]).toContain('Police closed the road')
  expect(hits(say('/nutgraf find drivers protested'))[0]).toContain('Drivers protest.')
})

test('case, accents and signs do not matter; every word must be there', () => {
  for (const words of ['ZOE', 'zoë', 'Müller', 'muller-armel', '“Zoë Müller”.'])
    expect(say(`/nutgraf find ${words}`), words).toContain('People: Zoë Müller-Ärmel, Engineer')
})

test('where nothing has all the words, those that stand together, and it says which', () => {
  expect(say('/nutgraf find rust protest')).toContain(
    'Nothing has all of these words. Not found with the others: “protest”. These have “rust”:',
  )
  expect(say('/nutgraf find bridge xylophone shut')).toContain(
    'Not found with the others: “xylophone”. These have “bridge shut”:',
  )
  expect(say('/nutgraf find rust naughty', { audience: 'place' })).toContain(
    'Nothing has all of these words. These have some of them:',
  )
  expect(say('/nutgraf find "rust protest"')).toContain('Nothing found')
  expect(say('/nutgraf find xylophone zebra')).toContain('Nothing found')
})

test('an excerpt with any word of a claim carries the verdict, whatever was looked for', () => {
  for (const word of ['june', 'police', 'ice'])
    expect(hits(say(`/nutgraf find ${word}`))[0], word).toMatch(/→ Nobody said this\. Too broad: one lane\.$/)
  const filler = 'and more of the same '.repeat(12)
  const { say: sayAboutFiller } = startConversation(
    libraryFromFiles(
      storyFiles('bridge', {
        stored: { 'paper.txt': `Zebra ${filler}shut the road. ${filler}xenon.\n` },
        quotes: [],
        facts: [
          {
            id: 'x',
            text: 'One lane.',
            confidence: 'high',
            sources: [1],
            claim: { says: 'Shut.', source: 1, words: 'shut the road', verdict: 'Too broad.' },
          },
        ],
      }),
    ),
  )
  expect(hits(sayAboutFiller('/nutgraf find shut'))[0]).toMatch(/→ Too broad\.$/)
  for (const beside of ['zebra', 'xenon'])
    expect(hits(sayAboutFiller(`/nutgraf find ${beside}`))[0], beside).toMatch(/”$/)
})

test('words that are quoted carry the remark on the quotation, also where a source is shown', () => {
  expect(hits(say('/nutgraf find repairs years'))).toEqual([
    '• Quote, Ben Example, before the storm: “We asked for repairs for years,”',
    '• The Paper, line 7: “"We asked for repairs for years," said Ben Example, a driver.” → Ben Example: before the storm.',
  ])
})

test('a claim about a quotation goes with the quotation, also in its second passage', () => {
  const claim = { says: 'Nobody crosses.', source: 1, words: 'Nobody will cross it', verdict: 'He did.' }
  const { say } = startConversation(
    libraryFromFiles(
      storyFiles('bridge', {
        facts: [{ id: 'x', text: 'He crossed.', confidence: 'high', sources: [1], claim }],
      }),
    ),
  )
  expect(say('/nutgraf find cross')).toMatch(/• Quote, Ana Example: .*→ He did\./)
  expect(say('/nutgraf find inspection')).not.toContain('He did')
})

test('what is not to be printed, and the notices of a website, cannot be found', () => {
  expect(say('/nutgraf find xylophone')).toContain('Nothing found')
  expect(say('/nutgraf find reload browser')).toContain('Nothing found')
})

describe('many hits', () => {
  const stories = Array.from({ length: 40 }, (_, index) =>
    storyFiles(`bridge-${index}`, {
      meta: { title: `Bridge ${index}`, state: index % 2 ? 'settled' : 'archived' },
    }),
  )
  const many = startConversation(libraryFromFiles(...stories))

  test('at most five a page, each within 120 characters, grouped by story, on pages that a phone shows', () => {
    let typed: string | undefined = '/nutgraf find bridge'
    let pages = 0
    while (typed) {
      const reply = many.ask(typed)
      const text = toPlainText(reply)
      expect(text.length).toBeLessThanOrEqual(PHONE_BUDGET)
      expect(hits(text).length).toBeLessThanOrEqual(5)
      for (const hit of hits(text))
        expect(/: “?([^→]*?)”?(?: →.*)?$/.exec(hit)![1]!.length).toBeLessThanOrEqual(120)
      const named = reply.blocks.flatMap(block =>
        block.kind === 'text'
          ? [toPlainText({ ...reply, blocks: [block], label: { state: 'settled', line: '' }, title: '' })]
          : [],
      )
      expect(new Set(named).size).toBe(named.length)
      typed = reply.buttons?.find(action => action.label === 'Next page')?.line
      pages++
    }
    expect(pages).toBeGreaterThan(5)
    expect(many.say('/nutgraf find bridge')).toMatch(/“bridge” · \d+ hits in 40 stories · the best 30/)
    expect(many.say('/nutgraf find bridge --page 999')).toContain(`There are ${pages} pages`)
  })

  test('--story keeps to one story; one that is not there is said', () => {
    expect(many.say('/nutgraf find rust --story bridge-7')).toContain('1 hit in 1 story')
    expect(many.ask('/nutgraf find rust --story bridge-7').parts[0]).toBe('bridge-7/event:2025-12-30-1')
    expect(many.say('/nutgraf find rust --story brigde-7')).toContain('/nutgraf find rust --story bridge-7')
  })

  test('several stories: the first line tells state and reach of each', () => {
    expect(many.say('/nutgraf find rust').split('\n')[0]).toMatch(
      /^ARCHIVED: bridge-0 covers to 4 May 2026, .* · the cost was not checked · SETTLED: bridge-1 covers to/,
    )
  })
})

test('an excerpt is cut between words, and says so', () => {
  const words = `Start ${'wording '.repeat(40)}needle ${'wording '.repeat(40)}end`
  const { say } = startConversation(
    libraryFromFiles(
      storyFiles('long', {
        timeline: [{ date: '2026-05-01', text: words, confidence: 'high', sources: [1] }],
      }),
    ),
  )
  const [hit = ''] = hits(say('/nutgraf find needle'))
  const excerpt = hit.slice(hit.indexOf(': ') + 2)
  expect(excerpt).toMatch(/^…(?:wording )+needle(?: wording)+…$/)
  expect(excerpt.length).toBeLessThanOrEqual(120)
  expect(buttons('/nutgraf find needle')).toEqual([])
})

test('nothing to look for', () => {
  for (const typed of ['/nutgraf find', '/nutgraf find ""', '/find --story bridge'])
    expect(say(typed)).toContain('Find what? For example /nutgraf find transport'.replace('transport', ''))
  expect(say('/nutgraf find 🦊')).toContain('Nothing found')
  expect(say(`/nutgraf find ${'x'.repeat(101)}`)).toContain('at most 100')
})

describe('scripts without spaces', () => {
  const paper = `市长说：“大桥在安全之前保持关闭，任何人不得进入。”

橋は安全が確認されるまで閉鎖されたままです。

สะพานจะปิดจนกว่าจะปลอดภัย

王小明先生表示${'这座桥很长，'.repeat(40)}结束。
`
  const chinese = startConversation(
    libraryFromFiles(storyFiles('bridge', { stored: { 'paper.txt': paper }, quotes: [], facts: [] })),
  )

  test.each([
    ['安全', '大桥在安全之前'],
    ['任何人 关闭', '大桥在安全之前'],
    ['確認', '橋は安全が確認'],
    ['ปิด', 'สะพานจะปิด'],
    ['王小明', '王小明先生'],
  ])('a word inside a sentence is found: %s', (typed, found) => {
    expect(hits(chinese.say(`/nutgraf find ${typed}`))[0]).toContain(found)
    expect(chinese.say(`/nutgraf find ${typed}`)).not.toContain('These are similar')
  })

  test('letters inside a word are only similar, and what is nowhere is not found', () => {
    expect(chinese.say('/nutgraf find 何人')).toContain('These are similar')
    expect(hits(chinese.say('/nutgraf find 何人'))[0]).toContain('任何人不得进入')
    expect(chinese.say('/nutgraf find 隧道')).toContain('Nothing found')
    expect(chinese.say('/nutgraf find 人任')).toContain('Nothing found')
  })

  test('an excerpt is cut between words', () => {
    const [hit = ''] = hits(chinese.say('/nutgraf find 结束'))
    expect(hit).toMatch(/“…[^“]*结束。”$/)
    expect(/“(…[^”]*)”$/.exec(hit)![1]!.length).toBeLessThanOrEqual(120)
  })
})

test('letters are found when typed without their marks', () => {
  const { say } = startConversation(
    libraryFromFiles(
      storyFiles('bridge', {
        stored: { 'paper.txt': '"The bridge in Łódź stays shut," said Lech Wałęsa.\n' },
        facts: [],
        quotes: [],
      }),
    ),
  )
  for (const typed of ['lodz', 'Łódź', 'ŁODZ', 'walesa'])
    expect(say(`/nutgraf find ${typed}`), typed).toContain('The bridge in Łódź stays shut')
})
