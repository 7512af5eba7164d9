import { expect, test } from 'vitest'
import { digestForm } from '../../../src/commands/digest/form.ts'
import { createWireView } from '../../../src/wire/view.ts'
import { digestFile } from '../../support/content/digest-file.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import { PLACE, startDigestConversation, THURSDAY } from '../../support/conversations/digest-conversation.ts'
import { feed, item } from '../../support/wire/items.ts'

const LIBRARY = libraryFromFiles(storyFiles('bridge', { meta: { wire: { words: ['bridge'] } } }), [
  digestFile(
    `[{ name: breaking, title: Breaking, time: at once, days: weekdays, anHour: 4, quietHours: '22:00-07:00' }]`,
  ),
])
const VIEW = createWireView([item('aaa', 'Bridge stays shut')], [feed('wqad')])
const start = () => startDigestConversation({ library: LIBRARY, more: { wire: () => VIEW } })

test('a digest that comes at once is switched on without a time, and says what holds reports back', async () => {
  const bot = await start()
  await bot.say('/digest on breaking')
  expect(bot.posts()[0]).toContain(
    'each report as it comes, Mon–Fri, Chicago time (America/Chicago)\n1 story: bridge\n' +
      'at most 4 posts an hour, none 22:00–07:00: the others come together afterwards\nNext: as reports come in',
  )
  expect(await bot.subscriptionsHere()).toMatchObject([{ time: 'at once', nextDate: '9999-12-31' }])
  const status = await bot.say('/digest status')
  expect(status).toContain('Breaking (breaking) · ON · each report as it comes')
  expect(status).toContain('at most 4 posts an hour')
  expect(status).not.toContain('9999')
})

test('it takes days, a zone and words, but no time', async () => {
  const bot = await start()
  expect(await bot.say('/digest on breaking 07:30')).toContain(
    'Breaking posts each report as it comes, so it has no time of day.',
  )
  expect(await bot.subscriptionsHere()).toEqual([])
  await bot.say('/digest on breaking daily london words: bridge')
  expect(await bot.subscriptionsHere()).toMatchObject([
    { time: 'at once', zone: 'Europe/London', days: 'mon,tue,wed,thu,fri,sat,sun', words: 'bridge' },
  ])
})

test('its preview is the newest report as it would be posted', async () => {
  const bot = await start()
  const preview = await bot.say('/digest preview breaking')
  expect(preview).toContain('Bridge stays shut')
  expect(preview).toContain('REPORTED BY WQAD, ')
  expect(preview).toContain('· not checked by our desk')
})

test('its form asks for no time, and what it makes is a line without one', async () => {
  const bot = await start()
  const form = digestForm({
    ...{ library: () => LIBRARY, version: '1', zone: 'Europe/London' },
    digests: bot.context,
  })
  const caller = { id: 'slack:T1/U1', name: 'dana', rights: ['member'] } as const
  const built = await form.buildForm(
    {
      ...{ command: 'digest', text: '', place: PLACE, audience: 'caller', at: THURSDAY },
      caller: { ...caller, rights: [...caller.rights] },
    },
    undefined,
  )
  if (!('fields' in built)) throw new Error('there is no form')
  expect(built.fields.map(({ name }) => name)).toEqual(['digest', 'sent', 'zone', 'days', 'stories', 'words'])
  const filled = {
    ...{ digest: ['breaking'], sent: ['skip'], zone: ['Europe/London'], days: ['mon', 'tue'] },
    ...{ stories: [], words: ['bridge'] },
  }
  const made = form.lineFor(filled)
  if (!('line' in made)) throw new Error(JSON.stringify(made))
  await bot.say(made.line)
  expect(await bot.subscriptionsHere()).toMatchObject([
    { digest: 'breaking', time: 'at once', zone: 'Europe/London', days: 'mon,tue', words: 'bridge' },
  ])
  expect(form.lineFor({ ...filled, days: [] })).toEqual({
    problems: { days: 'Choose at least one day.' },
  })
})
