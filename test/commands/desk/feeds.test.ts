import { expect, test } from 'vitest'
import { createWireView } from '../../../src/wire/view.ts'
import { digestFile } from '../../support/content/digest-file.ts'
import { storyFiles } from '../../support/content/story-files.ts'
import { startDeskConversation } from '../../support/conversations/desk-conversation.ts'
import { NOON } from '../../support/noon.ts'
import { bring } from '../../support/wire/bring.ts'
import { setFeedState } from '../../support/wire/feed-states.ts'
import { feed } from '../../support/wire/items.ts'

const MINUTE = 60_000
const VIEW = createWireView([], [feed('wqad'), feed('ap', { outlet: 'AP' }), feed('city')])
const FILES = [
  storyFiles('bridge', { meta: { wire: { words: ['bridge'] } } }),
  [digestFile(`[{ name: morning, title: Morning brief, time: '08:00', days: daily }]`)],
]
const start = () => startDeskConversation({ files: FILES, wire: () => VIEW, senders: ['ghost'] })
const lines = (text: string) => text.split('\n').filter(line => line.startsWith('• '))

test('lists feeds, those in trouble first, and senders', async () => {
  const bot = await start()
  await setFeedState(bot.store, 'wqad', { reachedAt: NOON - 10 * MINUTE, newItemAt: NOON - 60 * MINUTE })
  await setFeedState(bot.store, 'ap', {
    ...{ reachedAt: NOON - 300 * MINUTE, failures: 4, failure: { code: 'status', detail: '503' } },
    movedTo: 'https://new.example/feed',
  })
  const text = await bot.say('/desk feeds')
  expect(text).toContain('3 feeds, 1 sender')
  expect(lines(text)).toEqual([
    '• ap · AP · reached Tue 5 May 02:00 · failed 4 times: its server answers with an error (503) · next Tue 5 May 08:00 · has moved to https://new.example/feed',
    '• wqad · WQAD · reached Tue 5 May 06:50, last new report Tue 5 May 06:00 · next Tue 5 May 08:00',
    '• city · CITY · never reached · next in a moment',
    '• ghost · sender · has never called',
  ])
  await bring(bot.store, 'g1', 'From Ghost', { via: 'hook:ghost', outlet: 'Blog' })
  expect(await bot.say('/desk feeds')).toContain('ghost · sender · called last Tue 5 May 07:00')
})

test('says of the last reports of a feed what became of each, or why nothing', async () => {
  const bot = await start()
  await bring(bot.store, 'i1', 'Bridge stays shut')
  await bring(bot.store, 'i2', 'Bridge opens')
  await bring(bot.store, 'i3', 'Something else')
  await bring(bot.store, 'i4', 'Killed words')
  await bring(bot.store, 'i4', '', { kind: 'changed', state: 'withdrawn' })
  await bring(bot.store, 'i5', 'Later words', { heldUntil: NOON + 60 * MINUTE })
  await bring(bot.store, 'i6', 'Bridge of old', { backlog: true })
  await bot.addPostedMessage('posted', ['wire/item:i1'])
  const text = await bot.say('/desk feeds wqad')
  const about = (words: string) => lines(text).find(line => line.includes(words))
  expect(about('Bridge stays shut')).toMatch(/· about bridge · shown in slack:T1\/C1$/)
  expect(about('Bridge opens')).toMatch(/· about bridge · no channel with morning has shown it$/)
  expect(about('Something else')).toMatch(/· no story has words for it · no digest takes it$/)
  expect(about('took back')).toMatch(/A report that WQAD took back, Tue 5 May 07:00/)
  expect(about('is held')).toBe('• A report that is held until Tue 5 May 08:00')
  expect(about('Bridge of old')).toContain('it can be found, and is posted nowhere')
  expect(text).not.toMatch(/Killed words|Later words/)
})

test('a feed that does not exist, and a set-up without any', async () => {
  expect(await (await start()).say('/desk feeds wqda')).toContain('/desk feeds wqad')
  expect(await (await startDeskConversation({})).say('/desk feeds')).toContain('No feeds are set up')
})

test('an audit says whether a message still shows a report as its outlet has it', async () => {
  const bot = await start()
  await bring(bot.store, 'i1', 'Bridge stays shut')
  await bot.addPostedMessage('posted', ['wire/item:i1'])
  expect(await bot.say('/desk audit posted')).toMatch(/wire\/item:i1 · revision 1\b(?!.*no longer there)/)
  await bring(bot.store, 'i1', 'Bridge opens', { kind: 'changed' })
  expect(await bot.say('/desk audit posted')).toMatch(/wire\/item:i1 · revision 1 .*2/)
})
