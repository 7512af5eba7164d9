import { describe, expect, test } from 'vitest'
import { PHONE_BUDGET } from '../../../src/chat/reply.ts'
import { createWireView } from '../../../src/wire/view.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { startConversation } from '../../support/conversations/conversation.ts'
import { NOON } from '../../support/noon.ts'
import { feed, item } from '../../support/wire/items.ts'

const DAY = 86_400_000
const BRIDGE = { meta: { wire: { words: ['Main Street', 'bridge'], not: ['card game'] } } }
const LIBRARY = libraryFromFiles(
  storyFiles('bridge', BRIDGE),
  storyFiles('museum', { meta: { title: 'A museum' } }),
)

const ITEMS = [
  item('aaa', 'Bridge on Main Street stays shut'),
  item('bbb', 'Mayor “regrets” the delay', { outlet: 'AP', via: 'feed:ap', published: NOON - 3 * DAY }),
  item('ccc', 'A new bridge club: the card game', { published: NOON - DAY }),
  item('ddd', 'Killed words', { state: 'withdrawn' }),
  item('eee', 'Without a date', { datedBy: 'us', published: NOON - 60_000, url: undefined }),
]
const FEEDS = [feed('wqad'), feed('ap', { outlet: 'AP' }), feed('quiet', { outlet: 'Quiet Post' })]

function talk(items = ITEMS, feeds = FEEDS) {
  const view = createWireView(items, feeds)
  return startConversation(LIBRARY, {}, { wire: () => view })
}
const lines = (text: string) => text.split('\n').filter(line => line.startsWith('• '))

describe('/nutgraf wire', () => {
  test('lists what stands, the newest first, word for word, with outlet and moment in the zone of the newsroom', () => {
    const { say, ask } = talk()
    expect(say('/nutgraf wire').split('\n')[0]).toBe('REPORTED BY WQAD, AP · not checked by our desk')
    expect(lines(say('/nutgraf wire'))).toEqual([
      '• Without a date · WQAD, first seen 06:59',
      expect.stringMatching(/^• Bridge on Main Street stays shut .*· WQAD, 05:00$/),
      expect.stringMatching(/^• A new bridge club: the card game .*· WQAD, Mon 4 May 07:00$/),
      expect.stringMatching(/^• Mayor “regrets” the delay .*· AP, Sat 2 May 07:00$/),
    ])
    expect(say('/nutgraf wire')).not.toContain('Killed words')
    expect(ask('/nutgraf wire').parts).toEqual([
      'wire/item:eee',
      'wire/item:aaa',
      'wire/item:ccc',
      'wire/item:bbb',
    ])
    expect(ask('/nutgraf wire').blocks[0]).toMatchObject({
      items: [
        ['Without a date', expect.anything()],
        [{ link: 'https://wqad.example/aaa' }, expect.anything()],
        {},
        {},
      ],
    })
  })

  test('takes a feed, a story or words, and says so where nothing fits', () => {
    const { say } = talk()
    expect(lines(say('/nutgraf wire ap'))).toHaveLength(1)
    expect(say('/nutgraf wire ap')).toContain('1 report on the wire · AP')
    expect(lines(say('/nutgraf wire bridge'))).toEqual([expect.stringContaining('stays shut')])
    expect(lines(say('/nutgraf wire delay mayor'))).toEqual([expect.stringContaining('regrets')])
    expect(say('/nutgraf wire quiet')).toContain('Nothing has come in from Quiet Post.')
    expect(say('/nutgraf wire museum')).toContain('Nothing on the wire is about A museum.')
    expect(say('/nutgraf wire xylophone')).toContain('Nothing on the wire has these words.')
  })

  test('takes a day to begin with', () => {
    const { say } = talk()
    expect(lines(say('/nutgraf wire --since yesterday'))).toHaveLength(3)
    expect(say('/nutgraf wire ap --since today')).toContain('Nothing has come in since then.')
    expect(say('/nutgraf wire --since whenever')).toContain('I can’t read that date.')
  })

  test('a reply for all repeats nothing that was typed', () => {
    const { say } = talk()
    for (const line of [
      '/nutgraf wire naughty',
      '/nutgraf wire mayor delay',
      '/nutgraf wire mayor delay --page 7',
    ])
      expect(say(line, { audience: 'place' }), line).not.toMatch(/naughty|mayor delay/)
  })

  test('many items page, and no page is too long for a phone', () => {
    const many = Array.from({ length: 60 }, (_, at) =>
      item(`m${at}`, `${'A long headline about it '.repeat(3)}${at}`),
    )
    const { say, buttons } = talk(many)
    expect(say('/nutgraf wire')).toContain('Page 1 of')
    expect(say('/nutgraf wire').length).toBeLessThanOrEqual(PHONE_BUDGET)
    expect(buttons('/nutgraf wire')).toContainEqual(expect.stringMatching(/: \/nutgraf wire --page 2$/))
  })

  test('a headline that no phone could show is told by its length and linked, not cut', () => {
    const { say } = talk([item('aaa', 'Long '.repeat(400))])
    expect(lines(say('/nutgraf wire'))[0]).toMatch(/^• A report whose headline has 2,000 characters/)
  })

  test('without feeds, and before anything has come in, it says that', () => {
    expect(talk([], []).say('/nutgraf wire')).toContain('No feeds are set up here')
    expect(talk([]).say('/nutgraf wire')).toContain('Nothing has come in yet.')
  })

  test('where a second outlet stands by a report, it says who does not', () => {
    const both = item('aaa', 'Bridge shut', {
      outlet: 'AP',
      carriers: [
        { via: 'feed:ap', outlet: 'AP', state: 'stands', since: NOON },
        { via: 'feed:wqad', outlet: 'WQAD', state: 'withdrawn', since: NOON },
      ],
    })
    expect(lines(talk([both]).say('/nutgraf wire'))[0]).toMatch(/· AP, 05:00 · withdrawn by WQAD$/)
  })
})

describe('in other answers', () => {
  test('latest ends with what others report of the story, and with the line to all', () => {
    const { say, ask } = talk(
      Array.from({ length: 5 }, (_, at) => item(`i${at}`, `Bridge news number ${at}`)),
    )
    const latest = say('/nutgraf bridge latest')
    expect(latest).toMatch(/^DEVELOPING STORY/)
    expect(latest).toContain('In the news (not checked by our desk)')
    expect(lines(latest).filter(line => line.includes('Bridge news number'))).toHaveLength(3)
    expect(latest).toContain('All 5: /nutgraf wire bridge')
    expect(ask('/nutgraf bridge latest').parts).toContain('wire/item:i0')
    expect(say('/nutgraf museum latest')).not.toContain('In the news')
    expect(talk([]).say('/nutgraf bridge latest')).not.toContain('In the news')
  })

  test('a search shows what the stories say first, then the wire; or the wire alone', () => {
    const { say, buttons, ask } = talk()
    const both = say('/nutgraf find main street')
    expect(both.indexOf('In the news (not checked by our desk)')).toBeGreaterThan(both.indexOf('The Paper'))
    expect(buttons('/nutgraf find main street')).toContain('1 report on the wire: /nutgraf wire main street')
    expect(ask('/nutgraf find main street').parts).toContain('wire/item:aaa')
    expect(say('/nutgraf find regrets')).toMatch(/^REPORTED BY AP · not checked by our desk/)
    expect(say('/nutgraf find killed')).toContain('Nothing found')
  })

  test('an answer follows the wire, although replies are kept', () => {
    let view = createWireView([ITEMS[0]!], FEEDS)
    const { say } = startConversation(LIBRARY, {}, { wire: () => view })
    expect(lines(say('/nutgraf wire'))).toHaveLength(1)
    view = createWireView(ITEMS, FEEDS)
    expect(lines(say('/nutgraf wire'))).toHaveLength(4)
  })
})
