import { afterEach, expect, test } from 'vitest'
import type { Place } from '../../src/chat/platform.ts'
import { createHandler } from '../../src/commands/handler.ts'
import { startBridgeBot, stopBridgeBots } from '../support/delivery/bridge-bot.ts'

afterEach(stopBridgeBots)

const event = (text: string) => ({
  ...{ id: 'vote', date: '2026-05-04', text, confidence: 'high', sources: [1] },
})
const ENTRY = { on: '2026-05-05', part: 'event:vote', was: 'a', now: 'b', why: 'Misread.' }

test('whoever shared an answer is still named when it is corrected, and when it is gone', async () => {
  const bot = await startBridgeBot({ first: { timeline: [event('The council votes on WEDNESDAY.')] } })
  const share = async (name: string, text: string, place: Place) => {
    const call = {
      ...{ command: 'nutgraf', text, place, audience: 'caller' as const, at: Date.now() },
      caller: { id: `fake:${name}`, name, rights: [] },
    }
    const reply = await createHandler({ library: bot.library, version: '1', zone: 'UTC' }, bot.log).answer(
      call,
    )
    const posted = await bot.createPublisher()(call, reply, { key: name })
    if (!('message' in posted)) throw new Error(JSON.stringify(posted))
    return bot.messageAt(posted.message)
  }
  const known = await share('Dana', 'bridge timeline --public', 'fake:1')
  const named = 'Shared by Dana · asked with /nutgraf bridge timeline'
  expect(known.text.split('\n').at(-1)).toBe(named)
  const searched = await share('@everyone', 'find council votes --public', 'fake:2')
  expect(searched.text.split('\n').at(-1)).toBe('Shared by @everyone')
  await bot.writeStory({ timeline: [event('The council votes on Thursday.')], corrections: [ENTRY] })
  expect(known).toMatchObject({ edits: 1, text: expect.stringContaining('Thursday') })
  expect(searched).toMatchObject({ edits: 1 })
  expect(known.text).toMatch(/^[\s\S]*CORRECTED[\s\S]*Shared by Dana · asked with \/nutgraf bridge timeline$/)
  expect(searched.text.split('\n').at(-1)).toBe('Shared by @everyone')
})
