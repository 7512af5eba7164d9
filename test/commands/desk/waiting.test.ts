import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { DeskRequest } from '../../../src/commands/context.ts'
import { checkAddition, problemsOf } from '../../../src/commands/desk/add-to-story.ts'
import { startCardConversation } from '../../support/conversations/card-conversation.ts'
import { article, PAGE } from '../../support/conversations/import-conversation.ts'

const readPage = async () => article()

test('/desk says what waits for an editor, with the line that lists it, and nothing where nothing does', async () => {
  const { say, card } = await startCardConversation({}, { ownsFolder: false, readPage })
  expect(await say('/desk')).not.toContain('Waiting for an editor')
  await card('aaa', 'Bridge shut')
  await say(`/desk import ${PAGE} --into bridge`)
  expect(await say('/desk')).toContain(
    'Waiting for an editor\n\n• 1 report: /desk cards\n• 1 new draft: /desk draft\n',
  )
  await say('/desk ignore aaa')
  await say('/desk draft wqad leave rest')
  expect(await say('/desk')).not.toContain('Waiting for an editor')
})

test('what waits for a story that is gone is named by /desk, shown first, and let go of in one step', async () => {
  const desk = await startCardConversation({}, { ownsFolder: false, readPage })
  const { say, buttons, store, folder } = desk
  await desk.card('aaa', 'Bridge shut')
  await say('/desk add aaa --confirm')
  await say(`/desk import ${PAGE} --into bridge`)
  await say('/desk draft wqad confirm q1')
  expect(await say('/desk drop bridge')).toContain('Nothing waits for a story that is gone.')
  const away = join(folder, 'stories', 'bridge')
  mkdirSync(join(folder, 'elsewhere'))
  renameSync(away, join(folder, 'elsewhere', 'bridge'))
  expect(await say('/desk')).toContain('bridge is gone · 5 additions wait for it')
  expect(await say('/desk drop fence')).toContain('Additions wait for: /desk drop bridge')
  const preview = await say('/desk drop bridge')
  expect(preview).toContain('5 additions to bridge, which is not in the folder any more.')
  expect(preview).toContain('• timeline.yml · bridge-shut')
  expect(preview).toContain('• quotes.yml · mori-1')
  expect(await buttons('/desk drop bridge')).toEqual(['Confirm: /desk drop bridge --confirm'])
  expect(await store.documents.all()).toHaveLength(5)
  // Put back meanwhile, it is not dropped.
  renameSync(join(folder, 'elsewhere', 'bridge'), away)
  expect(await say('/desk drop bridge --confirm')).toContain('Nothing waits for a story that is gone.')
  rmSync(away, { recursive: true })
  expect(await say('/desk drop bridge --confirm')).toContain('5 additions to bridge let go of.')
  expect(await store.documents.all()).toEqual([])
  expect(await say('/desk')).not.toContain('is gone')
  const logged = (await desk.loggedActions()).at(-1)
  expect(logged).toMatchObject({ what: 'drop additions', story: 'bridge' })
  expect(JSON.stringify(logged)).toContain('Bridge shut')
  // What was decided can be undone where it was, and is no lie after that.
  expect(await say('/desk undo aaa')).toContain('Taken back')
})

test('what was pulled elsewhere and is gone here is let go of too', async () => {
  const desk = await startCardConversation({}, { ownsFolder: false, readPage })
  await desk.card('aaa', 'Bridge shut')
  await desk.say('/desk add aaa --confirm')
  const [first] = await desk.store.documents.all()
  await desk.store.documents.markPulled([first!.number], 1)
  rmSync(join(desk.folder, 'stories', 'bridge'), { recursive: true })
  expect(await desk.say('/desk drop bridge --confirm')).toContain('2 additions to bridge let go of.')
  expect(await desk.store.documents.all()).toEqual([])
})

test('a problem of a story is told by the name of its file, never by where it lies on a machine', async () => {
  const desk = {
    contentDir: '/srv/news/content/',
    problemsWith: async () => ['/srv/news/content/stories/bridge/story.md:5 coversTo: not a day'],
    refreshDocuments: async () => 1,
  } as unknown as DeskRequest['desk']
  const told = ['stories/bridge/story.md:5 coversTo: not a day']
  expect(await problemsOf({ desk }, {})).toEqual(told)
  expect(await checkAddition({ desk } as DeskRequest, {})).toEqual({ outcome: 'broken', problems: told })
})
