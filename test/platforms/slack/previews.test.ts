import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { drawItemPost } from '../../../src/digests/items/post.ts'
import type { SlackPlatform } from '../../../src/platforms/slack/slack.ts'
import { type Loopback, startSlack } from '../../support/loopback/slack.ts'
import { NOON } from '../../support/noon.ts'
import { connectSlack } from '../../support/slack/connected-platform.ts'
import { item } from '../../support/wire/items.ts'

let loopback: Loopback
let platform: SlackPlatform
beforeAll(async () => {
  loopback = await startSlack()
  platform = (await connectSlack(loopback)).platform
})
afterAll(async () => {
  await platform.stop()
  await loopback.close()
})

const post = async (more: object = {}) => {
  const reply = drawItemPost(
    { version: 1, digest: 'd', title: 'D', zone: 'UTC', at: NOON, items: ['aaa'], ...more },
    {
      item: () => item('aaa', 'Bridge shut'),
      story: () => undefined,
      commandLines: commandLinesFor('slack:T1/C1'),
    },
  )
  await platform.post('slack:T1/C1', reply, { key: JSON.stringify(more) })
  const { args } = loopback.callsTo('chat.postMessage').at(-1)!
  return [String(args.unfurl_links), String(args.unfurl_media), String(args.parse)]
}

test('Slack shows what is behind a headline only where its digest asks for that', async () => {
  expect(await post()).toEqual(['false', 'false', 'none'])
  expect(await post({ previews: true })).toEqual(['true', 'true', 'none'])
  expect(loopback.messages.map(({ text }) => text).join()).toContain('not checked by our desk')
})
