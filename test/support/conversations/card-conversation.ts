import type { StoryFields } from '../content/story-files.ts'
import { storyFiles } from '../content/story-files.ts'
import { NOON } from '../noon.ts'
import { bring } from '../wire/bring.ts'
import { startDeskConversation } from './desk-conversation.ts'

const OTHER = storyFiles('old-bridge')

/** Starts a conversation at the desk, whose cards are those that the test brings. */
export async function startCardConversation(
  story: StoryFields = {},
  options: Parameters<typeof startDeskConversation>[0] = {},
) {
  const desk = await startDeskConversation({
    files: [storyFiles('bridge', { ...story, meta: { command: 'span', ...story.meta } }), OTHER],
    ...options,
  })
  await desk.store.cards.beginAt(0)
  let arrived = 0
  return {
    ...desk,
    /** Brings a report that matches the story, as a card that is posted already. */
    async card(id: string, title: string, more: Parameters<typeof bring>[3] & { story?: string } = {}) {
      const { story: slug = 'bridge', ...update } = more
      await bring(desk.store, id, title, { published: NOON - 3_600_000, ...update })
      const from = arrived++
      await desk.store.cards.tell({
        ...{ from, to: arrived, deliveries: [] },
        cards: [{ item: id, key: `card:${id}`, arrived, matches: [{ story: slug, words: ['bridge'] }] }],
      })
    },
    events: () =>
      desk.stories
        .library()
        .story('bridge')!
        .timeline.map(({ id, date, sources }) => ({ id, date, sources })),
    sources: () => desk.stories.library().story('bridge')!.sources,
  }
}
