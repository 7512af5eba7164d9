import { afterEach, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { createLibrary } from '../../src/content/library.ts'
import { deskNotices } from '../../src/delivery/desk-notices.ts'
import { createOverdueEvents } from '../../src/delivery/overdue-events.ts'
import { comingFiles, EXPECTED, HAPPENED } from '../support/content/coming-events.ts'
import { startDeskConversation } from '../support/conversations/desk-conversation.ts'
import { startBridgeBot, stopBridgeBots } from '../support/delivery/bridge-bot.ts'
import { recordingLog } from '../support/recording-log.ts'

afterEach(stopBridgeBots)

const DAY_MS = 86_400_000
const vote = (fields: object = {}) => ({ timeline: [...HAPPENED, { ...EXPECTED[0]!, ...fields }] })
/** A day on which the bot of a test knows that the vote is over, and one that is still to come for it. */
const OVER = '2026-05-20'
const TOMORROW = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)

const startBot = (date: string) => startBridgeBot({ desk: 'fake:desk', first: vote({ date }) })
type Bot = Awaited<ReturnType<typeof startBot>>
const notices = ({ fake }: Bot) =>
  fake.messages.filter(({ ref }) => ref.place === 'fake:desk').map(({ text }) => text)

test('editors are told once that a day is over, also after a restart and by another process', async () => {
  const bot = await startBot(TOMORROW)
  await bot.look()
  expect(notices(bot)).toEqual([])
  bot.advanceClock(2 * DAY_MS)
  await bot.look()
  await expect.poll(() => notices(bot)).toHaveLength(1)
  expect(notices(bot)[0]).toMatch(
    /^Expected .* in bridge, and not entered: The council votes on the repairs\. Write what happened in timeline\.yml/,
  )
  await bot.restart()
  await bot.look()
  bot.advanceClock(DAY_MS)
  await bot.look()
  expect(notices(bot)).toHaveLength(1)
  expect(await bot.store.faults.list()).toHaveLength(1)
})

test('an entry ends it without a word, and an event that is put off and passes again is told again', async () => {
  const bot = await startBot(OVER)
  await bot.look()
  await expect.poll(() => notices(bot)).toHaveLength(1)
  await bot.writeStory(vote({ date: TOMORROW }))
  await bot.look()
  expect(await bot.store.faults.list()).toEqual([])
  bot.advanceClock(2 * DAY_MS)
  await bot.look()
  await expect.poll(() => notices(bot)).toHaveLength(2)
  await bot.writeStory({ ...vote({ date: OVER, expected: false }), meta: { coversTo: OVER } })
  await bot.look()
  expect(await bot.store.faults.list()).toEqual([])
  expect(notices(bot)).toHaveLength(2)
})

test('of two processes that look at the same time, one tells', async () => {
  const bot = await startBridgeBot({ first: vote({ date: OVER }) })
  const { stories } = bot.library()
  for (const { subject } of await bot.store.faults.list()) await bot.store.faults.resolve(subject)
  const log = recordingLog()
  const looks = [1, 2].map(() =>
    createOverdueEvents({
      store: bot.store,
      library: () => createLibrary(stories, 'other', []),
      notices: deskNotices({
        store: bot.store,
        place: 'fake:desk',
        lane: place => place,
        namePlace: async place => place,
        log,
      }),
      zone: 'UTC',
      log,
    }),
  )
  await Promise.all(looks.map(look => look()))
  await bot.waitUntilSettled()
  expect(notices(bot)).toHaveLength(1)
})

test('a store that fails is asked again at the next look', async () => {
  const log = recordingLog()
  const bot = await startBot(OVER)
  let fails = true
  const told: string[] = []
  const look = createOverdueEvents({
    store: {
      clock: bot.store.clock,
      faults: {
        ...bot.store.faults,
        list: async () => {
          if (fails) throw new Error('store: away')
          return []
        },
      },
    },
    library: bot.library,
    notices: { reportOverdue: async subject => void told.push(subject), closeOverdue: async () => {} },
    zone: 'UTC',
    log,
  })
  await look()
  fails = false
  await look()
  await look()
  expect(told).toEqual([`bridge/expected:vote ${OVER}`])
})

test('the desk status lists what is not entered', async () => {
  const { say, store } = await startDeskConversation({ files: [comingFiles()] })
  await store.faults.raise('bridge/expected:vote 2026-05-20', 'Expected 20 May 2026 in bridge.\nnot entered')
  expect(await say('/desk status')).toMatch(
    /Problems \(1\)\n\n• Since .* bridge\/expected:vote 2026-05-20 · Expected 20 May 2026 in bridge\./,
  )
})

test('the desk can correct what is expected, in the words that readers were shown', async () => {
  const { say } = await startDeskConversation({ files: [comingFiles()] })
  const line = (was: string) =>
    `/desk correct bridge/expected:vote --was "${was}" --now "21 May 2026" --why "Misread."`
  expect(await say(line('20 May 2026'))).toMatch(
    /bridge\/expected:vote[\s\S]*stories\/bridge\/timeline\.yml|timeline\.yml/,
  )
  expect(await say(line('19 May 2026'))).not.toContain('--confirm')
})

test('a correction of an expected event reaches the answer that shows it, and stands once it has happened', async () => {
  const bot = await startBot(TOMORROW)
  const shown = await bot.publish('/nutgraf bridge next')
  const corrections = [
    {
      on: '2026-05-05',
      part: 'expected:vote',
      was: 'The mayor votes.',
      now: 'The council votes.',
      why: 'Misread.',
    },
  ]
  await bot.writeStory({ corrections })
  expect(bot.messageAt(shown).text).toContain('was: The mayor votes.')
  await bot.writeStory({ corrections, ...vote({ date: OVER, expected: false }), meta: { coversTo: OVER } })
  const said = toPlainText(await bot.ask('/nutgraf bridge changes'))
  expect(said).toContain('The council votes.')
  expect(bot.messageAt(shown).text).toContain('was: The mayor votes.')
})
