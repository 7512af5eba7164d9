import { expect, test } from 'vitest'
import { runWebhookCorrection } from '../../support/webhook/correction-run.ts'

/** `WEBHOOK_RUN=50` makes it fifty messages at each service. */
const MESSAGES = Number(process.env.WEBHOOK_RUN ?? 4)
const TIMEOUT_MS = 60_000 + MESSAGES * 10_000

test('through kill -9 a correction edits all at Discord, and is one second message each at Slack and Teams', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { cause, discord, slack, teams, ...result } = await runWebhookCorrection({
    messages: MESSAGES,
    killAt: { discord: [1, 3] },
  })
  expect(result).toMatchObject({ refused: [], kills: 2, laterRequests: 0 })
  expect(discord).toEqual({ messages: MESSAGES, corrected: MESSAGES })
  // A kill may fall into the second message of another service, which then is nowhere told again: the count says so.
  const told = slack.toldFor + teams.toldFor
  for (const { messages, seconds, toldFor } of [slack, teams]) {
    expect(messages).toBe(MESSAGES)
    expect([toldFor, 1]).toContain(seconds)
  }
  expect(cause).toMatchObject({
    repaired: MESSAGES,
    told: MESSAGES * told,
    impossible: MESSAGES * (2 - told),
    pending: 0,
  })
  // Of two kills, one cannot cut off both.
  expect(told).toBeGreaterThan(0)
  for (const secret of result.secrets) expect(result.output).not.toContain(secret)
})

test('what a kill cuts off is never posted twice, and counts as unclear', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { cause, slack, teams, kills } = await runWebhookCorrection({ messages: 2, killAt: { slack: [1] } })
  expect(kills).toBe(1)
  expect(slack).toEqual({ messages: 2, seconds: slack.seconds, toldFor: 0 })
  expect(slack.seconds).toBeLessThanOrEqual(1)
  expect(teams.seconds).toBeLessThanOrEqual(1)
  expect(cause).toMatchObject({
    repaired: 2,
    told: 2 * teams.toldFor,
    impossible: 4 - 2 * teams.toldFor,
    pending: 0,
  })
})
