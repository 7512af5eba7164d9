import { expect, test } from 'vitest'
import { afterEachTest } from '../../support/after-each.ts'
import { html, startImportBot } from '../../support/conversations/import-bot.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { createButtonLines } from '../../support/platforms/bundled-answers.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { slackPlatformFor } from '../../support/slack/connected-platform.ts'
import { visibleText } from '../../support/slack/drawn-message.ts'
import type { Json } from '../../support/slack/loopback-workspace.ts'
import { chosenBody } from '../../support/slack/payloads.ts'
import type { PrivateMessage } from '../../support/slack/private-messages.ts'
import { waitUntil } from '../../support/wait-until.ts'

const DANA = { user_id: 'U1' }
let loopback: Loopback
afterEachTest(async () => {
  await loopback?.close()
})

async function start() {
  loopback = await startSlack()
  const log = recordingLog()
  const bot = await startImportBot(
    ['slack:T1/U1'],
    () => slackPlatformFor(loopback, { log, appToken: loopback.appToken, buttonLines: createButtonLines() }),
    log,
  )
  const ask = async (line: string) => loopback.privately.show(await loopback.command(line, DANA))
  const press = async (where: PrivateMessage, label: string) => {
    const before = loopback.responses.length
    await loopback.deliver('interactive', loopback.privately.press(where, label))
    await waitUntil(() => loopback.responses.length > before)
  }
  return { ...bot, log, ask, press }
}

const textOf = ({ blocks }: PrivateMessage | Json) => visibleText(blocks as [])

test('a page is fetched, its sure pieces are confirmed by one press, quoted verbatim, and taken back', async () => {
  const { page, ask, press, store, untilRead } = await start()
  await ask(`/desk import ${page} --into bridge`)
  await untilRead('page')
  const message = await ask('/desk draft page')
  const shown = loopback.privately.shown.length
  expect(textOf(message)).toContain('4 sure')
  await press(message, 'Confirm all 4 sure ones')
  expect(textOf(message)).toContain('Confirmed: q1, q2, p1, p2 · in bridge now')
  expect(loopback.privately.shown).toHaveLength(shown)
  expect(textOf(await ask('/quote mori'))).toContain('“We found rust in every beam of the bridge,”')
  const piece = await ask('/desk draft page q1')
  await press(piece, 'Undo q1')
  expect(textOf(piece)).toContain('Undone: q1 · out of bridge again')
  expect(textOf(await ask('/quote mori'))).not.toContain('We found rust')
  expect((await store.editorLog.entries()).map(({ what }) => what).at(-1)).toBe('draft undo')
  // Nothing of it was posted for others.
  expect(loopback.messages).toEqual([])
})

test('a speaker is corrected in a form, which confirms the words so; the next form opens in the same window', async () => {
  const { page, ask, untilRead } = await start()
  await ask(`/desk import ${page} --into bridge --as rust`)
  await untilRead('rust')
  expect(await loopback.command('/desk draft rust speaker q1', DANA)).toEqual({})
  const view = loopback.views.shown.at(-1)!
  const empty = await loopback.deliver('interactive', loopback.submit(view, { name: ' ', role: 'engineer' }))
  expect(empty).toMatchObject({ response_action: 'errors' })
  const filled = loopback.submit(view, { name: 'Anne <!channel> Mori', role: 'city engineer' })
  const answer = await loopback.deliver('interactive', filled)
  expect(answer.response_action).toBe('update')
  expect(textOf(answer.view)).toContain('Confirmed: q1 · in bridge now')
  // The next piece stands in the same window, and so does its form.
  const next = { ...view, ...answer.view }
  const button = next.blocks
    .flatMap(({ elements = [] }: Json) => elements)
    .find(({ value }: Json) => value === '/desk draft rust speaker q2')
  await loopback.deliver('interactive', loopback.withTrigger(chosenBody(next, button)))
  await waitUntil(() => loopback.views.shown.length === 2)
  expect(textOf(loopback.views.shown[1]!)).toContain('“Nobody asked us before they closed the bridge.”')
  expect(loopback.views.shown[1]!.submit.text).toBe('Confirm so')
  const quoted = await ask('/quote mori')
  expect(textOf(quoted)).toContain('Anne <!channel> Mori, city engineer')
  expect(JSON.stringify(quoted.blocks)).not.toMatch(/"type":"mrkdwn"[^}]*<!channel>/)
})

test('a page that is slow comes by itself, as another private message', async () => {
  const { page, site, ask } = await start()
  const gate = Promise.withResolvers<void>()
  site.answer('/bridge', async res => {
    await gate.promise
    res.writeHead(200, { 'content-type': 'text/html' }).end(html())
  })
  const message = await ask(`/desk import ${page} --into bridge`)
  expect(textOf(message)).toContain('What I find comes here, only to you')
  gate.resolve()
  await waitUntil(() => loopback.responses.length > 0)
  const [later] = loopback.responses
  expect(later).toMatchObject({ response_type: 'ephemeral', replace_original: false })
  expect(textOf(later!)).toContain('Draft page for bridge: 5 pieces to decide, 4 sure')
})
