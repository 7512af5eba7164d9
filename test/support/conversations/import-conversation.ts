import type { Article } from '../../../src/import/article.ts'
import { PageError } from '../../../src/import/page/page-failure.ts'
import { storyFiles } from '../content/story-files.ts'
import { startDeskConversation } from './desk-conversation.ts'

/** The address of the page of these conversations. */
export const PAGE = 'https://wqad.example/2026/05/bridge'

/** A page with two quotations whose speakers are certain, marked words that are none, and a dated sentence. */
export const PARAGRAPHS = [
  'The bridge over the river will stay closed, the city said.',
  '“We found rust in every beam of the bridge,” said Ann Mori, the city engineer.',
  'Bo Lind, a shop owner, said, “Nobody asked us before they closed the bridge.”',
  'The council votes on 1 May 2026 about the money for the repair.',
  'The council calls it its “green plan”.',
]

/** The page as it is read. */
export const article = (more: Partial<Article> = {}): Article => ({
  title: { value: 'Bridge stays closed', from: 'meta' },
  outlet: { value: 'WQAD', from: 'meta' },
  published: { date: '2026-05-02', from: 'json-ld', sure: true },
  url: PAGE,
  text: PARAGRAPHS.join('\n\n'),
  words: 60,
  dropped: [],
  ...more,
})

/** Starts a conversation with editors, in which addresses lead to these articles, or to the failure of a page. */
export function startImportConversation(
  pages: Record<string, () => Article | PageError | Promise<Article>> = { [PAGE]: article },
  options: Parameters<typeof startDeskConversation>[0] = {},
) {
  return startDeskConversation({
    files: [storyFiles('bridge', { meta: { command: 'span' } })],
    ownsFolder: false,
    readPage: async address => {
      const page = await (pages[address]?.() ?? new PageError('dns'))
      if (page instanceof Error) throw page
      return page
    },
    ...options,
  })
}
