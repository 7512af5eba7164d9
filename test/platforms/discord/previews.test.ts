import { expect, test } from 'vitest'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { drawItemPost } from '../../../src/digests/items/post.ts'
import { render } from '../../../src/platforms/discord/render.ts'
import { NOON } from '../../support/noon.ts'
import { item } from '../../support/wire/items.ts'

const shut = item('aaa', 'Bridge shut', { url: 'https://wqad.example/a_(b)' })
const post = (more: object = {}) =>
  drawItemPost(
    { version: 1, digest: 'd', title: 'D', zone: 'UTC', at: NOON, items: ['aaa'], ...more },
    { item: () => shut, story: () => undefined, commandLines: commandLinesFor('discord:1/2') },
  )

test('Discord shows what is behind a headline only where its digest asks for that', () => {
  expect(render(post()).content).toContain('[Bridge shut](<https://wqad.example/a_%28b%29>)')
  expect(render(post({ previews: true })).content).toContain('[Bridge shut](https://wqad.example/a_%28b%29)')
  expect(render(post({ previews: true })).content).toContain('not checked by our desk')
})
