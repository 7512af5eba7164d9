import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLibrary } from '../../src/content/library.ts'
import { partsByStory } from '../../src/content/parts.ts'
import type { Story } from '../../src/content/story.ts'
import { createWordsRecorder } from '../../src/delivery/record-words.ts'
import { createSqliteEngine } from '../../src/store/sqlite.ts'
import { openStore } from '../../src/store/store.ts'
import { libraryFromFiles, storyFiles } from '../support/content/story-files.ts'
import { temporaryFolder } from '../support/start-process.ts'

test('the words of a story are recorded once, also after a restart, and again when it has others', async () => {
  const store = await openStore(createSqliteEngine(join(temporaryFolder(), 'db')))
  const written: string[] = []
  const partWords = {
    ...store.partWords,
    recordStories: (stories: Parameters<typeof store.partWords.recordStories>[0]) => {
      written.push(...stories.map(({ story }) => story))
      return store.partWords.recordStories(stories)
    },
  }
  const save = async (stories: Story[]) => {
    const library = createLibrary(stories, 'any')
    await store.revisions.acquireContentLease('a', { value: 'any', stories: () => partsByStory(library) }, 9)
    return library
  }
  const { stories } = libraryFromFiles(storyFiles('bridge'), storyFiles('tunnel'))
  const [bridge, tunnel] = stories as [Story, Story]
  const record = createWordsRecorder({ partWords })
  await record(await save([bridge, tunnel]))
  expect(written.splice(0)).toEqual(['bridge', 'tunnel'])
  expect(await store.partWords.ofRevisions('bridge/label')).toEqual([expect.stringContaining(bridge.dek)])
  const changed = { ...tunnel, dek: 'Other words.' }
  await record(await save([bridge, changed]))
  expect(written.splice(0)).toEqual(['tunnel'])
  expect(await store.partWords.ofRevisions('tunnel/label')).toHaveLength(2)
  await createWordsRecorder({ partWords })(await save([bridge, changed]))
  expect(written).toEqual([])
  await store.close()
})
