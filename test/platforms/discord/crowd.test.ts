import { expect, test } from 'vitest'
import { APP, BOT } from '../../support/discord/payloads.ts'
import { startPipelineBot } from '../../support/discord/pipeline-bot.ts'
import { waitUntil } from '../../support/wait-until.ts'

const MENTIONS = 300
/** More channels answer sooner: here each takes four posts in two seconds, so a third of the answers must wait. */
const CHANNELS = 50

test('300 mentions at once, of which a third meet a 429, are all answered, each once', async () => {
  const { loopback, store } = await startPipelineBot({ postLimit: 4, postWindow: 2_000 })
  const asked = Array.from({ length: MENTIONS }, (_, index) => {
    const channel_id = String(310000000000000000n + BigInt(index % CHANNELS))
    return loopback.say(`<@${APP}> bridge status`, { channel_id })
  })
  const answers = () => loopback.messages.filter(({ author }) => author.id === BOT.id)
  await waitUntil(() => answers().length >= MENTIONS, 50_000)
  await waitUntil(() => loopback.messages.length === MENTIONS * 2)
  const answered = answers().map(({ message_reference }) => message_reference?.message_id)
  expect(answered.sort()).toEqual(asked.map(({ id }) => id).sort())
  await expect.poll(() => store.ledger.countByState(), { timeout: 20_000 }).toEqual({ sent: MENTIONS })
}, 60_000)
