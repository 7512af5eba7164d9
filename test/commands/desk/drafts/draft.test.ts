import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../../../src/chat/plain-text.ts'
import { StoreError } from '../../../../src/store/engine.ts'
import { EDITOR } from '../../../support/conversations/desk-conversation.ts'
import { PAGE, startImportConversation } from '../../../support/conversations/import-conversation.ts'

const IMPORT = `/desk import ${PAGE} --into bridge`
const KIM = { id: 'slack:T1/U2', name: 'kim', rights: ['member' as const] }

test('what is sure is confirmed at once, quoted verbatim, listed as decided, and undone piece by piece', async () => {
  const { say, buttons, loggedActions, store } = await startImportConversation()
  await say(IMPORT)
  const [all = ''] = await buttons('/desk draft wqad')
  expect(all).toBe('Confirm all 4 sure ones: /desk draft wqad confirm sure')
  expect(await say('/desk draft wqad confirm sure')).toContain('Confirmed: q1, q2, p1, p2 · in bridge now')
  expect(await say('/quote mori')).toContain(
    '“We found rust in every beam of the bridge,”\nAnn Mori, the city engineer',
  )
  expect(await say('/quote mori')).toContain('exact match with our stored copy')
  expect(await say('/desk draft wqad q1')).toContain('Confirmed by dana')
  expect(await say('/span timeline')).not.toContain('The council votes')
  // Again, it changes nothing.
  expect(await say('/desk draft wqad confirm sure')).toContain('No piece that is sure is left')
  expect(await say('/desk draft wqad confirm q1')).toContain('this was confirmed by dana already')
  expect(await store.documents.all()).toHaveLength(6)
  expect(await say('/desk draft wqad undo q1')).toContain('Undone: q1 · out of bridge again')
  expect(await say('/quote mori')).not.toContain('We found rust')
  expect(await say('/quote lind')).toContain('Nobody asked us')
  expect(await say('/desk draft wqad undo q1')).toContain('nothing was decided about it')
  await say('/desk draft wqad undo q2 p1 p2')
  // With the last piece, the page goes out of the sources too.
  expect(await store.documents.all()).toEqual([])
  expect(await say('/span sources')).not.toContain('WQAD')
  expect((await loggedActions()).map(({ what }) => what)).toEqual([
    'import',
    ...Array.from({ length: 4 }, () => 'draft confirm'),
    ...Array.from({ length: 4 }, () => 'draft undo'),
  ])
  expect((await store.editorLog.verify()).broken).toBeUndefined()
  await say('/desk draft wqad confirm q1')
  expect(await say('/quote mori')).toContain('We found rust')
})

test('the pieces come one after the other: confirm, leave out, and what was done can be undone at once', async () => {
  const { ask, say, buttons } = await startImportConversation()
  await say(IMPORT)
  expect(await buttons('/desk draft wqad q1')).toEqual([
    'Confirm: /desk draft wqad confirm q1',
    'Correct speaker…: /desk draft wqad speaker q1',
    'Leave out: /desk draft wqad leave q1',
    'Next: /desk draft wqad q2',
  ])
  const next = await ask('/desk draft wqad confirm q1')
  expect(toPlainText(next)).toContain('Confirmed: q1 · in bridge now\n\nq2: quotation in draft wqad · sure')
  expect(next.buttons?.map(({ label }) => label)).toEqual([
    'Confirm',
    'Correct speaker…',
    'Leave out',
    'Undo q1',
  ])
  expect(next.buttons?.every(({ turns }) => turns)).toBe(true)
  expect(await say('/desk draft wqad leave q2')).toContain('Left out: q2')
  expect(await say('/desk draft wqad')).toContain('2 decided')
  expect(await say('/desk draft wqad confirm q2')).toContain('this was left out by dana already')
  expect(await say('/quote lind')).not.toContain('Nobody asked us')
  await say('/desk draft wqad undo q2')
  expect(await say('/desk draft wqad confirm q2')).toContain('Confirmed: q2')
})

test('words that were typed without quotation marks are no pieces: the answer shows how to write them', async () => {
  const { say, store } = await startImportConversation()
  await say(IMPORT)
  const answer = await say('/desk draft wqad event e1 --text The council has voted')
  expect(answer).toContain('/desk draft wqad event e1 --date')
  expect(await store.drafts.pieces.ofDraft('wqad')).toEqual(new Map())
})

test('two editors at the same moment: the first decision stands, and the second is told', async () => {
  const { say, store } = await startImportConversation(undefined, { users: [EDITOR.id, KIM.id] })
  await say(IMPORT)
  const [dana, kim] = await Promise.all([
    say('/desk draft wqad confirm q1'),
    say('/desk draft wqad leave q1', { caller: KIM }),
  ])
  const told = [dana, kim].filter(answer => answer.includes('and the first decision stands'))
  expect(told).toHaveLength(1)
  const { decision } = (await store.drafts.pieces.ofDraft('wqad')).get('q1')!
  expect(told[0]).toContain(decision === 'confirmed' ? 'confirmed by dana' : 'left out by kim')
  const quoted = (await say('/quote mori')).includes('We found rust')
  expect(quoted).toBe(decision === 'confirmed')
  expect((await store.documents.all()).filter(({ path }) => path.endsWith('quotes.desk.yml'))).toHaveLength(
    decision === 'confirmed' ? 1 : 0,
  )
})

test('what was cut off between a decision and its entry is finished by confirming again', async () => {
  const { say, store } = await startImportConversation()
  await say(IMPORT)
  await store.drafts.pieces.decide('wqad', 'q1', { decision: 'confirmed', by: EDITOR.id, byName: 'dana' })
  expect(await say('/desk draft wqad q1')).toContain('dana was confirming this, and it is not finished')
  expect(await say('/desk draft wqad confirm q1')).toContain('Confirmed: q1')
  expect(await say('/quote mori')).toContain('We found rust')
  expect((await store.documents.all()).map(({ path }) => path).sort()).toEqual([
    'stories/bridge/quotes.desk.yml',
    'stories/bridge/sources.desk.yml',
    'stories/bridge/sources/3-wqad.txt',
  ])
})

test.each([
  ['before the page is a source', 0, 'before'],
  ['after the page is a source', 0, 'after'],
  ['before its entry is stored', 1, 'before'],
  ['after its entry is stored', 1, 'after'],
] as const)(
  'a store that fails %s loses nothing, and confirming again doubles nothing',
  async (_, fails, when) => {
    let calls = 0
    const { say, store } = await startImportConversation(undefined, {
      store: ({ documents }) => ({
        documents: {
          ...documents,
          add: async act => {
            const isFailing = calls++ === fails
            if (isFailing && when === 'before') throw new StoreError('the disk is full')
            const outcome = await documents.add(act)
            if (isFailing) throw new StoreError('the connection broke')
            return outcome
          },
        },
      }),
    })
    await say(IMPORT)
    expect(await say('/desk draft wqad confirm q1')).not.toContain('Confirmed: q1')
    expect(await say('/desk draft wqad confirm q1')).toContain('Confirmed: q1')
    expect((await store.documents.all()).map(({ path }) => path).sort()).toEqual([
      'stories/bridge/quotes.desk.yml',
      'stories/bridge/sources.desk.yml',
      'stories/bridge/sources/3-wqad.txt',
    ])
    expect(await say('/quote mori')).toContain('We found rust')
    await say('/desk draft wqad undo q1')
    expect(await store.documents.all()).toEqual([])
  },
)

describe('what an editor types', () => {
  test('corrects the speaker, with or without confirming', async () => {
    const { say, loggedActions } = await startImportConversation()
    await say(IMPORT)
    expect(await say('/desk draft wqad speaker q2')).toContain(
      'To change it, send this with what is right: /desk draft wqad speaker q2 --name="Bo Lind" --role="a shop owner"',
    )
    const changed = await say('/desk draft wqad speaker q2 --name "Bo Linde" --role baker')
    expect(changed).toContain('Changed: q2 · not confirmed yet')
    expect(changed).toContain('Bo Linde, baker')
    expect(await say('/quote linde')).not.toContain('Nobody asked us')
    expect(await say('/desk draft wqad speaker q1 --name "Anne Mori" --role engineer --confirm')).toContain(
      'Confirmed: q1',
    )
    expect(await say('/quote mori')).toContain('Anne Mori, engineer')
    expect(await say('/desk draft wqad speaker q1 --name "Ann Mori"')).toContain('undo that first')
    expect((await loggedActions()).filter(({ what }) => what === 'draft speaker')).toMatchObject([
      { piece: 'q2', name: 'Bo Linde', role: 'baker' },
      { piece: 'q1', name: 'Anne Mori', role: 'engineer' },
    ])
  })

  test('rewrites an event; as it was found, it goes on saying whose words it is', async () => {
    const { say } = await startImportConversation()
    await say(IMPORT)
    await say('/desk draft wqad confirm e1')
    expect(await say('/span timeline')).toContain('In WQAD’s words: The council votes on 1 May 2026')
    await say('/desk draft wqad undo e1')
    const verbatim =
      '--date 2026-05-01 --text "The council votes on 1 May 2026 about the money for the repair."'
    await say(`/desk draft wqad event e1 ${verbatim} --confirm`)
    expect(await say('/span timeline')).toContain('In WQAD’s words: The council votes')
    await say('/desk draft wqad undo e1')
    await say(
      '/desk draft wqad event e1 --date 2026-05-01 --text "The council *votes* on [money] @everyone." --confirm',
    )
    expect(await say('/span timeline')).toContain('The council *votes* on [money] @everyone.')
    expect(await say('/span timeline')).not.toContain('In WQAD’s words')
  })

  test.each([
    ['speaker q1 --name ""', '--name needs a value'],
    [`speaker q1 --name "${'x'.repeat(101)}"`, '101'],
    ['speaker q1 --name "Ann \u202eMori"', '--name'],
    ['event e1 --date yesterday', 'A day is typed as 2018-04-19'],
    ['event e1 --date 2026-13-45', 'A day is typed as 2018-04-19'],
    ['speaker e1 --name Ann', 'Only a quotation or a person has a speaker.'],
    ['event q1 --text x', 'Only an event has a day and a text.'],
    ['confirm', 'Which piece? /desk draft wqad confirm q1'],
    ['confirm q9', 'That draft has no such piece'],
    ['q9', 'That draft has no such piece'],
    ['burn q1', 'A piece can be confirmed, left out or corrected'],
    ['confirm q1 --public', 'only you'],
  ])('is refused where it cannot be right: %s', async (typed, said) => {
    const { say, store } = await startImportConversation()
    await say(IMPORT)
    expect(await say(`/desk draft wqad ${typed}`)).toContain(said)
    expect(await store.documents.all()).toEqual([])
    expect(await store.drafts.pieces.ofDraft('wqad')).toEqual(new Map())
  })

  test('is no event on a day that has not come, unless the page tells it so', async () => {
    const { say, store } = await startImportConversation()
    await say(IMPORT)
    const line = '/desk draft wqad event e1 --date 2999-01-01 --text "Made up." --confirm'
    expect(await say(line)).toContain('That day has not come yet. Nothing was changed.')
    expect((await store.drafts.pieces.ofDraft('wqad')).get('e1')).toBeUndefined()
  })
})

test('what is left is left out at once, and what was decided needs no look any more', async () => {
  const { say, buttons } = await startImportConversation()
  await say(IMPORT)
  await say('/desk draft wqad speaker q1 --name "Ann Mori" --role engineer')
  expect((await buttons('/desk draft wqad')).join()).not.toContain('Leave out the')
  expect(await say('/desk draft wqad confirm q1, q2;p1 p2')).toContain('Confirmed: q1, q2, p1, p2')
  expect(await buttons('/desk draft wqad')).toEqual(['Leave out the last one: /desk draft wqad leave rest'])
  expect(await say('/desk draft wqad leave rest')).toContain('Left out: e1')
  expect(await say('/desk draft wqad leave rest')).toContain('Every piece was decided.')
  expect(await say('/desk draft wqad undo story')).toContain('That draft adds to the story bridge')
})
