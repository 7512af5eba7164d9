import { expect, test } from 'vitest'
import { StoreError } from '../../../src/store/engine.ts'
import type { Store } from '../../../src/store/store.ts'
import { startDeskConversation } from '../../support/conversations/desk-conversation.ts'

const CORRECT =
  '/desk correct bridge/event:2026-05-02-1 --was "closes" --now "shuts" --why "Misread." --confirm'

/** A store whose additions end without a trace, as if the process was killed there: before they are stored, or after. */
const cutOff = (when: 'before' | 'after', isOver: () => boolean) => (store: Store) => ({
  documents: {
    ...store.documents,
    add: async (...act: Parameters<Store['documents']['add']>) => {
      if (isOver()) return store.documents.add(...act)
      if (when === 'after') await store.documents.add(...act)
      throw new StoreError('the process ended here')
    },
  },
})

test.each(['before', 'after'] as const)(
  'an act that ends %s it is stored is done once, whenever it is tried again, and each try is logged',
  async when => {
    let isOver = false
    const { say, store, stories, documents, loggedActions } = await startDeskConversation({
      store: cutOff(when, () => isOver),
      ownsFolder: false,
    })
    expect(await say(CORRECT)).toContain('Please try again')
    expect((await loggedActions()).map(({ what }) => what)).toEqual(['correct', 'correct failed'])
    isOver = true
    // What was stored is in use at the next look, also in a process that only starts now.
    await documents.refresh()
    expect(stories.library().story('bridge')!.corrections).toHaveLength(when === 'after' ? 1 : 0)
    expect(await say(CORRECT)).toMatch(when === 'after' ? /already in/ : /^Added to/)
    expect(await store.documents.waiting()).toBe(1)
    expect(stories.library().story('bridge')!.corrections).toHaveLength(1)
    expect((await store.editorLog.verify()).broken).toBeUndefined()
  },
)

test('two editors who add to one story at once both do', async () => {
  const { say, store, stories } = await startDeskConversation({ ownsFolder: false })
  const other = CORRECT.replace('"shuts"', '"blocks"')
  const answers = await Promise.all([say(CORRECT), say(other)])
  expect(answers.filter(answer => answer.startsWith('Added'))).toHaveLength(2)
  expect(
    stories
      .library()
      .story('bridge')!
      .corrections.map(({ now }) => now),
  ).toEqual(['shuts', 'blocks'])
  expect(await store.documents.waiting()).toBe(2)
})
