import { expect, test } from 'vitest'
import { text } from '../../../../src/chat/reply.ts'
import { EDITOR, STRANGER, startDeskConversation } from '../../../support/conversations/desk-conversation.ts'
import { dueEdition } from '../../../support/delivery/due-rows.ts'
import { NOON } from '../../../support/noon.ts'

const BEN = { id: 'slack:T1/U2', name: 'ben', rights: ['member' as const] }
const SLOT = NOON + 30 * 60_000

/** Starts a conversation about an edition that waits, with one text in two places and another with a reply in a third. */
async function startWaiting({ needed = 1 } = {}) {
  const desk = await startDeskConversation({ users: [EDITOR.id, BEN.id] })
  const words = (...said: string[]) =>
    JSON.stringify({ blocks: said.map(line => text(line)), parts: [], audience: 'place' })
  const rendering = (place: `${string}:${string}`, hash: string, said: string, number = 1) => ({
    ...{ key: `${dueEdition(place, SLOT).key}${number}`, place, number, hash, basis: '{}', shown: '[]' },
    ...{ selection: '{}', reply: words(said) },
  })
  await desk.store.approvals.create(
    {
      ...{ key: 'k', digest: 'morning', slot: SLOT, hash: 'one', code: 'morning-0000aa', needed },
      ...{ composedAt: NOON, until: SLOT + 24 * 3_600_000 },
    },
    [
      rendering('slack:T1/C1', 'a', 'The bridge opens.'),
      rendering('slack:T1/C2', 'a', 'The bridge opens.'),
      rendering('slack:T1/C3', 'b', 'The river rises.'),
      rendering('slack:T1/C3', 'c', 'And a boat.', 2),
    ],
  )
  const change = () =>
    desk.store.approvals.recompose(
      {
        ...{ key: 'k', was: 'one', hash: 'two', code: 'morning-0000bb', needed, why: ['items'] },
        ...{ replaced: [], renderings: [] },
      },
      () => undefined,
    )
  return { ...desk, change }
}

test('who types /desk approve sees what waits, with its buttons; with the code, it is approved', async () => {
  const desk = await startWaiting()
  const listed = await desk.say('/desk approve')
  expect(listed).toContain(
    'morning · Tue 5 May 12:30 · 3 channels'.replace('12:30', listed.match(/\d\d:\d\d/)![0]),
  )
  expect(listed).toContain('It waits for the desk. Nobody has approved it yet.')
  expect(await desk.buttons('/desk approve')).toEqual([
    'Approve: /desk approve morning-0000aa',
    'Hold: /desk hold morning-0000aa',
    'Preview: /desk preview morning-0000aa',
  ])
  expect(await desk.say('/desk approve MORNING-0000AA')).toMatch(
    /^Approved: morning · .* if nothing in it changes\.$/,
  )
  expect(await desk.say('/desk approve morning-0000aa')).toBe('It is approved already.')
  expect(await desk.loggedActions()).toMatchObject([
    { who: 'nutgraf', what: 'edition composed' },
    { who: EDITOR.id, what: 'approve', approval: 'k', hash: 'one', approved: true },
  ])
})

test('two people must approve where two are asked for; the same one counts once', async () => {
  const desk = await startWaiting({ needed: 2 })
  expect(await desk.say('/desk approve morning-0000aa')).toContain('1 other person must approve it too.')
  expect(await desk.say('/desk approve morning-0000aa')).toContain('You have approved it already.')
  expect(await desk.say('/desk approve morning-0000aa', { caller: BEN })).toContain('Approved: morning')
})

test('an old code approves nothing, and leads to the text as it is now; it still holds', async () => {
  const desk = await startWaiting()
  await desk.change()
  const reply = await desk.ask('/desk approve morning-0000aa')
  expect(reply.refusal).toBe(true)
  expect(reply.buttons).toEqual([{ label: 'Preview', line: '/desk preview morning-0000bb' }])
  expect((await desk.store.approvals.find('k'))?.votes).toEqual([])
  expect(await desk.say('/desk hold morning-0000aa')).toContain('It waits until it is approved.')
  expect(await desk.say('/desk hold morning-0000bb')).toBe('It is held already. To post it, approve it.')
})

test('why it is held is in the editors’ log alone', async () => {
  const desk = await startWaiting()
  expect(await desk.say('/desk hold morning-0000aa --why "the court calls back"')).not.toContain('court')
  expect(await desk.say('/desk approve')).not.toContain('court')
  expect((await desk.loggedActions()).at(-1)).toMatchObject({ what: 'hold', why: 'the court calls back' })
})

test('the preview shows each text once, with what can be done in a menu', async () => {
  const desk = await startWaiting()
  const reply = await desk.ask('/desk preview morning-0000aa')
  expect(reply).toMatchObject({ audience: 'caller', blocks: [text('The bridge opens.')] })
  expect(reply.title).toBe('Preview, text 1 of 3 · for slack:T1/C1, slack:T1/C2')
  expect(reply.menus?.[0]?.options.map(({ line }) => line)).toEqual([
    '/desk preview morning-0000aa --page 2',
    '/desk approve morning-0000aa',
    '/desk hold morning-0000aa',
  ])
  expect(await desk.say('/desk preview morning-0000aa --page 2')).toContain('The river rises.')
  expect(await desk.say('/desk preview morning-0000aa --page 3')).toContain('And a boat.')
})

test('what is mistyped, over, or typed by somebody else changes nothing', async () => {
  const desk = await startWaiting()
  expect(await desk.say('/desk approve morning-123456')).toContain('No edition that waits has that code.')
  expect(await desk.say('/desk hold')).toContain('Which edition?')
  expect(await desk.say('/desk approve morning-0000aa', { caller: STRANGER })).toContain('for the editors')
  expect(await desk.say('/desk approve morning-0000aa', { audience: 'place' })).toContain('answers only you')
  await desk.store.approvals.end('k', { state: 'missed' })
  for (const verb of ['approve', 'hold'])
    expect(await desk.say(`/desk ${verb} morning-0000aa`)).toBe('That edition is over. Nothing was changed.')
  expect(await desk.say('/desk approve')).toBe('No edition waits for the desk.')
  expect((await desk.loggedActions()).map(({ what }) => what)).toEqual([
    'edition composed',
    'edition not approved',
  ])
})
