import { expect, test } from 'vitest'
import { startSlack } from '../../support/loopback/slack.ts'
import { connectSlack, connectSlackOverHttp } from '../../support/slack/connected-platform.ts'
import { postSignedRequest } from '../../support/slack/payloads.ts'

const mention = (index: number) => ({
  type: 'app_mention',
  text: '<@UBOT> help',
  ts: `9.${index}`,
  channel: `C${index}`,
})

test('a stop under load answers every command and mention that had arrived', {
  timeout: 60_000,
}, async () => {
  const loopback = await startSlack()
  for (let round = 0; round < 20; round++) {
    loopback.messages.length = 0
    const { platform } = await connectSlack(loopback)
    const before = Array.from({ length: 60 }, (_, index) => loopback.command(`/lawsuit ${index}`))
    const mentions = Array.from({ length: 10 }, (_, index) =>
      loopback.deliver('events_api', loopback.event(mention(index))),
    )
    await new Promise(resolve => setTimeout(resolve, round % 5))
    const stopped = platform.stop()
    // Slack goes on sending until it knows that the connection is closed.
    const meanwhile = Array.from({ length: 20 }, (_, index) => loopback.command(`/lawsuit late ${index}`))
    const answers = await Promise.all([...before, ...meanwhile])
    expect(answers.map(({ text }) => text)).toEqual(
      [...before.map((_, index) => `${index}`), ...meanwhile.map((_, index) => `late ${index}`)].map(
        words => `lawsuit: ${words}`,
      ),
    )
    await Promise.all(mentions)
    await stopped
    expect(loopback.messages).toHaveLength(mentions.length)
  }
  await loopback.close()
})

test('what Slack sends until it knows that we stop is answered too, though nothing is acknowledged any more', async () => {
  const loopback = await startSlack()
  const { platform } = await connectSlack(loopback, { timing: { lastFrames: 20, closeTimeout: 100 } })
  const unanswered = new Set<string>()
  const acknowledged: string[] = []
  let isStopped = false
  // In each turn of the event loop, so that no moment is quiet.
  const asking = (async () => {
    for (let index = 0; !isStopped; index++) {
      const text = `lawsuit: ${index}`
      unanswered.add(text)
      loopback.command(`/lawsuit ${index}`).then(
        answer => acknowledged.push(answer.text),
        // Nothing was sent then.
        (cause: Error) => cause.message.includes('no connection') && unanswered.delete(text),
      )
      await new Promise(setImmediate)
    }
  })()
  await platform.stop()
  isStopped = true
  await asking
  const later = loopback.responses.map(({ text }) => text)
  expect(later.length).toBeGreaterThan(0)
  for (const text of [...acknowledged, ...later]) unanswered.delete(text)
  expect([...unanswered]).toEqual([])
  await expect.poll(() => loopback.connections()).toBe(0)
  await loopback.close()
})

test('over HTTP too: what arrives until the server closes is answered, and no mention that was accepted is lost', async () => {
  const loopback = await startSlack()
  for (let round = 0; round < 10; round++) {
    loopback.messages.length = 0
    const bot = await connectSlackOverHttp(loopback)
    const commands = Array.from({ length: 20 }, (_, index) =>
      postSignedRequest(bot.url, loopback.slash(`/lawsuit ${index}`)),
    )
    const mentions = Array.from({ length: 10 }, (_, index) =>
      postSignedRequest(bot.url, loopback.event(mention(index))),
    )
    // Only once they have arrived: before that nobody can know of them.
    await mentions[0]
    const stopped = bot.platform.stop()
    const late = postSignedRequest(bot.url, loopback.slash('/lawsuit late'))
    for (const answer of await Promise.all([...commands, ...mentions, late])) expect(answer.status).toBe(200)
    await stopped
    expect(loopback.messages).toHaveLength(mentions.length)
    await bot.stop()
  }
  await loopback.close()
})
