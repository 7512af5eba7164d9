import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { PHONE_BUDGET } from '../../../src/chat/reply.ts'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { drawEdition, selectEdition } from '../../../src/digests/edition.ts'
import { drawItemPost } from '../../../src/digests/items/post.ts'
import type { Item } from '../../../src/store/wire/items.ts'
import { createWireView } from '../../../src/wire/view.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { startConversation } from '../../support/conversations/conversation.ts'
import { replyFaults } from '../../support/limits/reply-faults.ts'
import { normalizeUrl } from '../../support/limits/slack-faults.ts'
import { NOON } from '../../support/noon.ts'
import { feed, item } from '../../support/wire/items.ts'

const LIBRARY = libraryFromFiles(storyFiles('bridge', { meta: { wire: { words: ['bridge'] } } }))
const LINES = commandLinesFor('discord:1/2')

const words = fc.oneof(
  fc.constantFrom(
    '<@U1>',
    '@everyone',
    '<!channel>',
    '*bold*',
    '`code`',
    '[a](http://x.example)',
    '&amp;',
    '||x||',
  ),
  fc.lorem({ maxCount: 12 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
)
const titles = fc.array(words, { minLength: 1, maxLength: 14 }).map(
  pieces =>
    pieces
      .join(' ')
      .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '')
      .trim() || 'Bridge',
)
const items = fc.array(
  fc.record({
    title: titles,
    outlet: fc.constantFrom('WQAD', 'AP', 'The <b>Paper</b> & Co', 'Zeitung_für*alles'),
    state: fc.constantFrom('stands' as const, 'stands' as const, 'withdrawn' as const),
    path: fc.constantFrom('a', 'a?b=c&d=(e)', `${'x'.repeat(900)}`, `${'y'.repeat(3_000)}`),
    hasUrl: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

function makeItems(
  drawn: { title: string; outlet: string; state: Item['state']; path: string; hasUrl: boolean }[],
): Item[] {
  return drawn.map(({ title, outlet, state, path, hasUrl }, at) =>
    item(`i${at}`, title, {
      ...{ outlet, state, published: NOON - at * 60_000 },
      url: hasUrl ? `https://paper.example/${path}` : undefined,
      carriers: [{ via: 'feed:wqad', outlet, state: state === 'stands' ? 'stands' : 'withdrawn', since: 0 }],
    }),
  )
}
const linksOf = (list: Item[]) => new Set(list.flatMap(({ url }) => (url ? [normalizeUrl(url)] : [])))

test('whatever others report, each answer and post about it fits on both platforms, and pings nobody', () => {
  fc.assert(
    fc.property(items, drawn => {
      const list = makeItems(drawn)
      const view = createWireView(list, [feed('wqad')])
      const { ask } = startConversation(LIBRARY, {}, { wire: () => view })
      const links = linksOf(list)
      const byId = new Map(list.map(each => [each.id, each]))
      const context = { item: (id: string) => byId.get(id), story: LIBRARY.story, commandLines: LINES }
      const answers = [ask('/nutgraf wire'), ask('/nutgraf bridge latest'), ask('/nutgraf find bridge')]
      for (const reply of answers) {
        expect(replyFaults(reply, new Set([...links, ...storyLinks]))).toEqual([])
        expect(toPlainText(reply).length - (reply.label?.warnings ?? 0)).toBeLessThanOrEqual(PHONE_BUDGET)
      }
      for (const ids of [list.slice(0, 1), list].map(some => some.map(({ id }) => id))) {
        const post = { version: 1 as const, digest: 'd', title: 'Digest', zone: 'UTC', at: NOON, items: ids }
        expect(replyFaults(drawItemPost(post, context), links, { posted: true })).toEqual([])
      }
      const selection = selectEdition({
        ...{ digest: { name: 'd', title: 'Digest' }, stories: LIBRARY.stories, revisions: new Map() },
        ...{ commandLines: LINES, zone: 'UTC', slot: NOON, date: '2026-05-05', now: NOON, newsTo: NOON },
        ...{ quiet: 'skip' as const, newsFrom: NOON - 1_000, news: [] },
        items: list.filter(({ state }) => state === 'stands'),
      })
      if (!selection) return
      const { reply } = drawEdition(selection, { ...context, revisions: new Map() })
      expect(replyFaults(reply, links, { posted: true })).toEqual([])
    }),
    { numRuns: 60 },
  )
})

const storyLinks = LIBRARY.stories.flatMap(({ sources }) =>
  sources.flatMap(({ url }) => (url ? [normalizeUrl(url)] : [])),
)
