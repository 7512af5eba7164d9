import { expect, test } from 'vitest'
import { cardReply, createFakePainter } from '../../support/fake-pictures.ts'
import { startPipelineBot } from '../../support/slack/pipeline-bot.ts'
import { waitUntil } from '../../support/wait-until.ts'

/** More channels answer sooner: here each takes four posts in two seconds, so a third of the answers must wait. */
const CHANNELS = 20
const MENTIONS = 120

test('mentions that meet a 429 are all answered later, each once', { timeout: 60_000 }, async () => {
  const { loopback, store } = await startPipelineBot()
  loopback.rules.postLimit = { posts: 4, inMs: 2_000 }
  const asked = Array.from({ length: MENTIONS }, (_, index) =>
    loopback.storeMessage({ channel: `C${index % CHANNELS}`, text: '@nutgraf status' }),
  )
  for (const { ts, channel } of asked)
    void loopback.deliver(
      'events_api',
      loopback.event({ type: 'app_mention', text: '<@UBOT> bridge status', ts, channel }),
    )
  const answers = () => loopback.messages.filter(({ thread_ts }) => thread_ts !== undefined)
  await waitUntil(() => answers().length >= MENTIONS, 50_000)
  await waitUntil(() => loopback.messages.length === MENTIONS * 2)
  expect(
    answers()
      .map(({ thread_ts }) => thread_ts)
      .sort(),
  ).toEqual(asked.map(({ ts }) => ts).sort())
  expect(loopback.callsTo('chat.postMessage').length).toBeGreaterThan(MENTIONS)
  await expect.poll(() => store.ledger.countByState(), { timeout: 20_000 }).toEqual({ sent: MENTIONS })
})

test('a message that is posted from the ledger waits in it for its picture, and shows it', async () => {
  const { loopback, platform } = await startPipelineBot({ paint: createFakePainter() })
  loopback.files.processing.next.push(500)
  const from = loopback.callsTo('chat.postMessage').length
  await platform.post('slack:T1/C1', cardReply('see you in court'), { key: 'k', triedAgain: true })
  expect(loopback.callsTo('chat.postMessage').length - from).toBeGreaterThan(1)
  expect(loopback.files.fileShownIn(loopback.messages[0]!)).toBeDefined()
})
