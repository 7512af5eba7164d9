import { expect, test } from 'vitest'
import { text } from '../../../src/chat/reply.ts'
import { render } from '../../../src/platforms/discord/render.ts'
import { drawReply } from '../../../src/platforms/preview/draw-reply.ts'

test('a button with a line too long for Discord can be pressed on the page, and its JSON is the real one', async () => {
  const line = `/nutgraf find "${'bridge '.repeat(20)}"`
  const reply = {
    blocks: [text('x')],
    parts: [],
    audience: 'caller' as const,
    buttons: [{ label: 'Next page', line }],
  }
  const { json, view } = await drawReply({ name: 'Discord', render }, reply, {
    at: 0,
    callerOnly: true,
  })
  expect(JSON.stringify(json)).toMatch(/"custom_id":"kept:[\w-]{43}"/)
  expect(JSON.stringify(view)).toContain(JSON.stringify({ run: line }).slice(1, -1))
})
