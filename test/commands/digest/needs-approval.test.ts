import { expect, test } from 'vitest'
import { NOT_APPROVED } from '../../../src/digests/schedule.ts'
import { digestFile } from '../../support/content/digest-file.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { PLACE, startDigestConversation } from '../../support/conversations/digest-conversation.ts'
import { dueEdition } from '../../support/delivery/due-rows.ts'

const LIBRARY = libraryFromFiles(storyFiles('bridge'), [
  digestFile(`[{ name: morning, title: Morning brief, time: '07:30', days: weekdays, approve: desk }]`),
])
const SLOT = Date.parse('2018-04-18T12:30:00Z')

test('a digest that needs the desk’s approval says so, and what became of editions that waited', async () => {
  const bot = await startDigestConversation({ library: LIBRARY })
  await bot.say('/digest on morning')
  expect(bot.posts()[0]).toContain('The desk approves each edition before it is posted')
  expect(await bot.say('/digest status')).toContain('needs the desk’s approval')
  await bot.store.ledger.add([dueEdition(PLACE, SLOT, { state: 'missed', error: NOT_APPROVED })])
  const status = await bot.say('/digest status')
  expect(status).toContain('not approved in time')
  expect(status).not.toContain('not running')
  await bot.store.ledger.add([dueEdition(PLACE, SLOT + 86_400_000, { state: 'held' })])
  expect(await bot.say('/digest status')).toContain('waiting for the desk’s approval')
})
