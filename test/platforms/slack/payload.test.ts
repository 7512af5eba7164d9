import { expect, test } from 'vitest'
import { createDeduplicator } from '../../../src/platforms/responder.ts'
import {
  actionCall,
  type EventPayload,
  eventCall,
  readableText,
  setInstalledTeam,
  slashCall,
} from '../../../src/platforms/slack/payload.ts'
import { eventBody, pressBody, slashBody } from '../../support/slack/payloads.ts'

test.each([
  ['<@UBOT> lawsuit summary', 'lawsuit summary'],
  ['<@UBOT|nutgraf>: lawsuit', 'lawsuit'],
  ['hey <@UBOT> lawsuit', 'hey   lawsuit'],
  ['<@UBOT>\u00a0quote &lt;b&gt; &amp;amp;', 'quote <b> &amp;'],
  ['<@UBOT> who is <@U2|dana> or <@U3>', 'who is @dana or @U3'],
  ['<@UBOT> <#C1|general> <!here> <!subteam^S1|@desk>', '#general @here @desk'],
  [
    '<@UBOT> find <http://chicago.gov|chicago.gov> <https://x.org/a?b&amp;c>',
    'find chicago.gov https://x.org/a?b&c',
  ],
  ['<@UBOT> <mailto:a@b.org|a@b.org> <mailto:c@d.org>', 'a@b.org c@d.org'],
  ['<@UBOT>', ''],
])('%s is read as it was typed', (text, typed) => {
  expect(readableText(text, 'UBOT')).toBe(typed)
})

test('without knowing who we are, only a leading mention is taken for ours', () => {
  expect(readableText('<@W1> ask <@U2>')).toBe('ask @U2')
})

test('a slash command keeps its text as it came', () => {
  expect(slashCall(slashBody('/Quote "a  b" &amp; <x>'), 5).call).toEqual({
    command: 'quote',
    text: '"a  b" &amp; <x>',
    place: 'slack:T1/C1',
    caller: { id: 'slack:T1/U1', name: 'dana', rights: ['member'] },
    audience: 'caller',
    at: 5,
  })
})

test('in a shared channel, the workspace is the one that the bot is installed in', () => {
  const body = eventBody(
    { type: 'app_mention', text: 'x' },
    { team_id: 'T9', authorizations: [{ team_id: 'T2' }] },
  )
  expect(eventCall(body as unknown as EventPayload, 'UBOT', 0)?.call.place).toBe('slack:T2/C1')
})

test('a button is about the workspace that we are installed in, whatever workspace its payload or its user names', () => {
  const pressed = { ...pressBody('/quote'), team: null, user: { id: 'U1', team_id: 'T2' } }
  expect(actionCall(pressed, '/quote', 0).call.place).toBe('slack:/C1')
  setInstalledTeam(pressed, 'T1')
  expect(actionCall(pressed, '/quote', 0).call).toMatchObject({
    command: 'quote',
    text: '',
    place: 'slack:T1/C1',
    audience: 'caller',
  })
})

test('the memory of events is bounded, and forgets the oldest', () => {
  const isNew = createDeduplicator(2)
  expect(['a', 'a', 'b', 'c', 'c', 'a'].map(isNew)).toEqual([true, false, true, true, false, true])
})

test('a direct message with a file, or shown in the channel too, was asked like any other; an edit was not', () => {
  const textOf = (subtype: string) =>
    eventCall(
      eventBody({ type: 'message', channel_type: 'im', text: 'help', subtype }) as unknown as EventPayload,
      'UBOT',
      0,
    )?.call.text
  expect(['file_share', 'thread_broadcast', 'message_changed', 'channel_join'].map(textOf)).toEqual([
    'help',
    'help',
    undefined,
    undefined,
  ])
})
