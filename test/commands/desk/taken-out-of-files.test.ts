import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startCardConversation } from '../../support/conversations/card-conversation.ts'
import { article } from '../../support/conversations/import-conversation.ts'
import { temporaryFolder } from '../../support/start-process.ts'
import { waitUntil } from '../../support/wait-until.ts'

test('what landed in the files and was taken out there is undone in chat, and can be added again', async () => {
  const desk = await startCardConversation({}, { readPage: async () => article() })
  const { say, store, folder, stories } = desk
  const story = join(folder, 'stories', 'bridge')
  const older = join(temporaryFolder(), 'bridge')
  cpSync(story, older, { recursive: true })
  await desk.card('aaa', 'Bridge shut')
  await say('/desk add aaa --confirm')
  await say('/desk import https://wqad.example/bridge --into bridge')
  await say('/desk draft wqad confirm q1 p1')
  for (const { key } of await store.documents.all()) await desk.documents.land(key)
  expect(await store.documents.all()).toEqual([])
  // As long as it is there, it is taken out there.
  expect(await say('/desk undo aaa')).toContain('the event is in stories/bridge/timeline.yml by now')
  const refused = await say('/desk draft wqad undo q1 p1')
  expect(refused).toContain('it is in the file quotes.yml by now: take it out there')
  expect(refused).toContain('it is in the file people.yml by now: take it out there')
  // Somebody checks out the files as they were.
  rmSync(story, { recursive: true })
  cpSync(older, story, { recursive: true })
  const stop = stories.watch({ onChanged: () => {}, onFailed: () => {} })
  await waitUntil(() =>
    stories
      .library()
      .story('bridge')!
      .quotes.every(({ id }) => id !== 'mori-1'),
  )
  await waitUntil(() => !stories.used('bridge').ids.has('bridge-shut'))
  expect(await say('/desk undo aaa')).toContain('Taken back: the event is gone from bridge')
  expect(await say('/desk draft wqad undo q1 p1')).toContain('Undone: q1, p1')
  expect((await store.editorLog.verify()).broken).toBeUndefined()
  expect(await say('/desk add aaa --confirm')).toContain('Added to bridge.')
  expect(await say('/desk draft wqad confirm q1')).toContain('Confirmed: q1')
  expect(await say('/quote mori')).toContain('We found rust')
  stop()
})
