import { expect, test } from 'vitest'
import { afterEachTest } from '../../support/after-each.ts'
import { html, startImportBot } from '../../support/conversations/import-bot.ts'
import { discordPlatformFor } from '../../support/discord/connected-platform.ts'
import { DANA, type Json } from '../../support/discord/payloads.ts'
import { type Loopback, startDiscord } from '../../support/loopback/discord.ts'
import { createButtonLines } from '../../support/platforms/bundled-answers.ts'
import { recordingLog } from '../../support/recording-log.ts'
import { waitUntil } from '../../support/wait-until.ts'

let loopback: Loopback
afterEachTest(async () => {
  await loopback?.close()
})

async function start() {
  loopback = await startDiscord()
  const log = recordingLog()
  const bot = await startImportBot(
    [`discord:${DANA.id}`],
    ({ commands }) => discordPlatformFor(loopback, { log, commands, buttonLines: createButtonLines() }),
    log,
  )
  await waitUntil(() => loopback.callsTo('PUT /applications/:id/commands').length > 0)
  return { ...bot, log }
}

/** Asks for a command, and gives the private message that answers it. */
async function ask(path: string, values: Record<string, string | boolean> = {}): Promise<Json> {
  await loopback.command(path, values)
  return loopback.privateMessages.at(-1)!
}

test('a page is fetched, its sure pieces are confirmed by one press, quoted verbatim, and taken back', async () => {
  const { page, untilRead } = await start()
  await ask('/desk import', { address: page, into: 'bridge' })
  await untilRead('page')
  const message = await ask('/desk draft', { draft: 'page' })
  expect(message.content).toContain('4 sure')
  loopback.privateMessages.splice(0, loopback.privateMessages.length, message)
  await loopback.pressIn(message, 'Confirm all 4 sure ones')
  expect(message.content).toContain('**Confirmed: q1, q2, p1, p2** · in bridge now')
  expect(loopback.privateMessages).toHaveLength(1)
  await loopback.press('run:/quote mori')
  expect(loopback.privateMessages.at(-1)!.content).toContain('We found rust in every beam of the bridge,')
  const piece = await ask('/desk draft', { draft: 'page', act: 'q1' })
  await loopback.pressIn(piece, 'Undo q1')
  expect(piece.content).toContain('Undone: q1')
  await loopback.press('run:/quote mori')
  expect(loopback.privateMessages.at(-1)!.content).not.toContain('We found rust')
  expect(loopback.messages).toEqual([])
})

test('a speaker is corrected in a form, which a button opens and which confirms the words so', async () => {
  const { page, untilRead } = await start()
  await ask('/desk import', { address: page, into: 'bridge', as: 'rust' })
  await untilRead('rust')
  const piece = await ask('/desk draft', { draft: 'rust', act: 'q1' })
  const { type, data: modal } = await loopback.pressIn(piece, 'Correct speaker…')
  expect(type).toBe(9)
  expect(modal.custom_id).toBe('form:draft:rust:speaker:q1')
  const { data } = await loopback.submit(modal, { name: 'Anne @everyone Mori', role: 'city engineer' })
  expect(data.content).toContain('**Confirmed: q1** · in bridge now')
  expect(data.allowed_mentions).toEqual({ parse: [] })
  await loopback.press('run:/quote mori')
  expect(loopback.privateMessages.at(-1)!.content).toContain('Anne \\@everyone Mori')
})

test('what is typed into options is data: an act, a piece and a name', async () => {
  const { page, untilRead } = await start()
  await ask('/desk import', { address: page, into: 'bridge', as: 'rust' })
  await untilRead('rust')
  const values = { draft: 'rust', act: 'speaker', piece: 'q2', name: 'Bo --confirm', role: 'baker' }
  expect((await ask('/desk draft', values)).content).toContain('Changed: q2')
  expect((await ask('/desk draft', { draft: 'rust', act: 'confirm', piece: 'q2' })).content).toContain(
    '**Confirmed: q2**',
  )
})

test('a page that is slow comes by itself, in place of the answer', async () => {
  const { page, site } = await start()
  const gate = Promise.withResolvers<void>()
  site.answer('/bridge', async res => {
    await gate.promise
    res.writeHead(200, { 'content-type': 'text/html' }).end(html())
  })
  const message = await ask('/desk import', { address: page, into: 'bridge' })
  expect(message.content).toContain('What I find comes here, only to you')
  gate.resolve()
  await waitUntil(() => [...loopback.responses.values()].at(-1)!.revised)
  expect(JSON.stringify([...loopback.responses.values()].at(-1))).toContain('Draft page for bridge: 5 pieces')
})
