import { expect, test, vi } from 'vitest'
import { startPlatforms } from '../../src/bot/start-platforms.ts'
import type { Platform } from '../../src/chat/platform.ts'
import { StartFailure } from '../../src/chat/start-failure.ts'
import { recordingLog } from '../support/recording-log.ts'

const FAST = { firstLook: 200, backOff: 5, backOffMax: 20, quickTries: 50, slow: 40, person: 30 }
const away = (sentence = 'Slack cannot be reached.', retryInMs?: number) =>
  new StartFailure(sentence, { needsPerson: false, retryInMs, cause: undefined })
const refusal = (sentence: string) => new StartFailure(sentence, { needsPerson: true, cause: undefined })
const NEVER = new Promise<void>(() => {})

/** A platform whose starts end in this order; the last outcome stays. */
function platformThat(name: string, ...outcomes: (StartFailure | 'connects' | 'hangs')[]) {
  const start = vi.fn(async () => {
    const outcome = outcomes.length > 1 ? outcomes.shift()! : outcomes[0]!
    if (outcome === 'hangs') return NEVER
    if (outcome !== 'connects') throw outcome
  })
  return { name, start } as unknown as Platform & { start: typeof start }
}

function begin(...platforms: Platform[]) {
  const log = recordingLog()
  const starting = startPlatforms(platforms, () => undefined, { log, timing: FAST })
  const refused = vi.fn<(cause: Error) => void>()
  starting.refused.catch(refused)
  return { ...starting, log, refused }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test('a platform that cannot be reached is tried until it connects, holds nobody up, and is one line of the log', async () => {
  const slack = platformThat('slack', away(), away(), away(), 'connects')
  const discord = platformThat('discord', 'connects')
  const { looked, log, refused, stop } = begin(slack, discord)
  await looked
  expect(discord.start).toHaveBeenCalledTimes(1)
  await vi.waitFor(() => expect(slack.start).toHaveBeenCalledTimes(4))
  await pause(100)
  expect(slack.start).toHaveBeenCalledTimes(4)
  expect(refused).not.toHaveBeenCalled()
  const warnings = log.lines.filter(({ level }) => level === 'warn')
  expect(warnings).toEqual([
    {
      level: 'warn',
      message: 'slack: not connected; it is tried again',
      details: { why: 'Slack cannot be reached.', retryInMs: expect.any(Number) },
    },
  ])
  stop()
})

test('where every platform needs a person, the start ends with every sentence', async () => {
  const { refused } = begin(
    platformThat('slack', refusal('Wrong Slack token.')),
    platformThat('discord', away('Discord is away.'), refusal('Wrong Discord token.')),
    platformThat('preview', 'connects'),
  )
  await vi.waitFor(() => expect(refused).toHaveBeenCalledTimes(1))
  expect(refused.mock.lastCall![0].message).toBe('Wrong Slack token.\nWrong Discord token.')
})

test.each(['connects', 'hangs', away('away')] as const)(
  'a wrong token does not end the work of another platform: %s',
  async outcome => {
    const slack = platformThat('slack', refusal('Wrong token.'), refusal('Wrong token.'), 'connects')
    const { looked, refused, log, stop } = begin(slack, platformThat('discord', outcome))
    await looked
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ details: { why: 'Wrong token.', retryInMs: FAST.person } }),
    ])
    await vi.waitFor(() => expect(slack.start).toHaveBeenCalledTimes(3))
    expect(refused).not.toHaveBeenCalled()
    stop()
  },
)

test('a platform that never answers holds the first screen up for a moment only', async () => {
  const before = performance.now()
  const { looked, stop } = begin(platformThat('slack', 'hangs'))
  await looked
  expect(performance.now() - before).toBeGreaterThan(FAST.firstLook - 20)
  stop()
})

test('the pause that a platform asks for is kept, and after a stop nothing is tried', async () => {
  const slack = platformThat('slack', away('limited', 150), away('limited', 10))
  const { looked, stop } = begin(slack)
  await looked
  await pause(100)
  expect(slack.start).toHaveBeenCalledTimes(1)
  await vi.waitFor(() => expect(slack.start.mock.calls.length).toBeGreaterThan(2))
  stop()
  const { length } = slack.start.mock.calls
  await pause(100)
  expect(slack.start.mock.calls).toHaveLength(length)
})
