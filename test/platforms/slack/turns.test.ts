import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Handlers } from '../../../src/chat/platform.ts'
import { text } from '../../../src/chat/reply.ts'
import { createPublish } from '../../../src/delivery/publish.ts'
import type { SlackPlatform } from '../../../src/platforms/slack/slack.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { bundledAnswers, createButtonLines } from '../../support/platforms/bundled-answers.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { replyOf } from '../../support/reply-of.ts'
import { slackPlatformFor } from '../../support/slack/connected-platform.ts'
import { visibleText } from '../../support/slack/drawn-message.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'
import { chosenBody } from '../../support/slack/payloads.ts'
import type { PrivateMessage } from '../../support/slack/private-messages.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: Loopback
let platform: SlackPlatform
let answerCard: Handlers['answer'] | undefined
const buttonLines = createButtonLines()

beforeAll(async () => {
  loopback = await startSlack()
  const log = recordingLog()
  platform = slackPlatformFor(loopback, { log, appToken: loopback.appToken, buttonLines })
  await platform.start({
    ...bundledAnswers,
    answer: call => (answerCard ?? bundledAnswers.answer)(call),
    publish: createPublish({ platforms: () => [platform], log }),
    checkMessage: async () => ({
      ...replyOf(text('Checked')),
      menus: [{ label: 'Open', options: [{ label: 'The list', line: '/lawsuit timeline' }] }],
    }),
  })
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})
beforeEach(() => {
  answerCard = undefined
  loopback.privately.shown.length = loopback.responses.length = loopback.messages.length = 0
})

const shown = () => loopback.privately.shown
const textOf = ({ blocks }: PrivateMessage | Json) => visibleText(blocks as [])

/** Types a command, and shows its answer to whoever typed it. */
const ask = async (line: string) => loopback.privately.show(await loopback.command(line))

/** Presses a button or picks an option by its label, and waits for what is shown then. */
async function press(where: PrivateMessage | Json, label: string, fields: object = {}): Promise<void> {
  const before = loopback.responses.length
  await loopback.deliver('interactive', { ...loopback.privately.press(where, label), ...fields })
  await waitUntil(() => loopback.responses.length > before)
}

describe('in a message that only its reader sees', () => {
  test('three presses on the next page change one message three times', async () => {
    const message = await ask('/lawsuit facts')
    for (const page of [2, 3, 4]) {
      await press(message, 'Next page')
      expect(textOf(message)).toContain(`Page ${page} of 4`)
    }
    expect(shown()).toHaveLength(1)
    expect(message.edits).toBe(3)
  })

  test('a picked option takes the place of its list, and the way back too; what was picked is not kept', async () => {
    const message = await ask('/lawsuit timeline')
    const menuIds = () =>
      message.blocks
        .flatMap(({ elements = [] }) => elements)
        .filter(({ type }: Json) => type === 'static_select')
        .map(({ action_id }: Json) => action_id)
    const before = menuIds()
    await press(message, '19 Apr 2018 · 7th Circuit upholds the nationwide block')
    expect(textOf(message)).toContain('19 Apr 2018')
    expect(textOf(message)).not.toContain('Turning points')
    await press(message, 'Back to the list')
    expect(shown()).toHaveLength(1)
    for (const id of menuIds()) expect(before).not.toContain(id)
  })

  test('in a thread it stays in the thread', async () => {
    const message = await ask('/lawsuit facts')
    message.thread = '1700000000.000100'
    await press(message, 'Next page')
    expect(loopback.responses.at(-1)).toMatchObject({
      replace_original: true,
      thread_ts: '1700000000.000100',
    })
    expect(shown()).toHaveLength(1)
  })

  test('a refusal, and an answer that is no page of the list, leave the list and stand below it', async () => {
    const message = await ask('/lawsuit facts')
    const before = textOf(message)
    const [button] = message.blocks
      .flatMap(({ elements = [] }) => elements)
      .filter(({ type }: Json) => type === 'button')
    button.value = '/lawsuit facts --page 99'
    await press(message, 'Next page')
    expect(textOf(message)).toBe(before)
    expect(shown()).toHaveLength(2)
    await press(await ask('/lawsuit summary'), 'Sources')
    expect(shown()).toHaveLength(4)
  })

  test('an old message, whose buttons do not say that they turn, is answered below it', async () => {
    const message = await ask('/lawsuit facts')
    for (const element of message.blocks.flatMap(({ elements = [] }) => elements))
      if (element.type === 'button') element.action_id = 'run:0'
    await press(message, 'Next page')
    expect(shown()).toHaveLength(2)
    expect(message.edits).toBe(0)
  })
})

test('a public message never changes: a press makes a copy for its presser, and that one turns', async () => {
  const mention = { type: 'app_mention', text: '<@UBOT> lawsuit facts', channel: 'C1', ts: '18.1' }
  await loopback.deliver('events_api', loopback.event(mention))
  await waitUntil(() => loopback.messages.length > 0)
  const message: Json = loopback.messages[0]!
  const before = JSON.stringify(message)
  await press(message, 'Next page')
  expect(JSON.stringify(message)).toBe(before)
  const [copy] = shown()
  expect(copy).toMatchObject({ thread: '18.1' })
  await press(copy!, 'Next page')
  await press(copy!, 'Next page')
  expect(shown()).toHaveLength(1)
  expect(copy!.edits).toBe(2)
  expect(textOf(copy!)).toContain('Page 4 of 4')
  expect(JSON.stringify(message)).toBe(before)
})

test('an option with a long line works, in a message that was posted too', async () => {
  const line = `/nutgraf find ${'bridge '.repeat(30).trim()}`
  const reply = { blocks: [], parts: [], audience: 'place' as const, title: 'List' }
  const menus = [{ label: 'Open', options: [{ label: 'The long one', line }] }]
  await platform.post('slack:T1/C1', { ...reply, menus }, { key: 'k' })
  const calls: string[] = []
  answerCard = ({ command, text }) => {
    calls.push(`/${command} ${text}`)
    return { ...reply, audience: 'caller', title: 'Found' }
  }
  await press(loopback.messages[0]!, 'The long one')
  expect(calls).toEqual([line])
  buttonLines.all.clear()
  await press(loopback.messages[0]!, 'The long one')
  expect(textOf(shown().at(-1)!)).toContain('This button is too old')
})

test('a menu in a modal opens what was picked on top of it, and then in its place', async () => {
  const views = loopback.views.shown
  const viewCalls = () =>
    loopback.calls.map(({ method }) => method).filter(method => method.startsWith('views.'))
  const pick = async (label: string) => {
    const before = viewCalls().length
    const view = views.at(-1)!
    const select = view.blocks
      .flatMap(({ elements = [] }) => elements as Json[])
      .find(({ type }: Json) => type === 'static_select')!
    const selected_option = select.options.find(({ text }: Json) => text.text === label)
    await loopback.deliver(
      'interactive',
      loopback.withTrigger(chosenBody(view, { ...select, selected_option })),
    )
    await waitUntil(() => viewCalls().length > before)
  }
  await loopback.deliver('interactive', loopback.shortcut('“x”'))
  await waitUntil(() => views.length > 0)
  await pick('The list')
  expect(visibleText(views.at(-1)!.blocks as [])).toContain('Turning points')
  await pick('19 Apr 2018 · 7th Circuit upholds the nationwide block')
  expect(visibleText(views.at(-1)!.blocks as [])).not.toContain('Turning points')
  expect(viewCalls()).toEqual(['views.open', 'views.push', 'views.update'])
  expect(loopback.responses).toEqual([])
})
