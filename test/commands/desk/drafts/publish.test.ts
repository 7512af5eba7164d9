import { expect, test } from 'vitest'
import { toPlainText } from '../../../../src/chat/plain-text.ts'
import { EDITOR, PLACE } from '../../../support/conversations/desk-conversation.ts'
import {
  article,
  PAGE,
  PARAGRAPHS,
  startImportConversation,
} from '../../../support/conversations/import-conversation.ts'
import { NOON } from '../../../support/noon.ts'

const IMPORT = `/desk import ${PAGE} --as river`
const WORDS =
  '--title "The river bridge" --status "It is shut until further notice." --summary "Engineers shut the bridge because it rusts."'

test('a draft becomes a new story of what was confirmed, once an editor has written the rest; undone, it is gone', async () => {
  const { say, buttons, loggedActions, store } = await startImportConversation()
  expect(await say(IMPORT)).toContain('Draft river for a new story: 5 pieces to decide, 4 sure')
  expect(await buttons('/desk draft river')).toHaveLength(1)
  expect(await say('/desk draft river confirm sure')).toContain(
    'Confirmed: q1, q2, p1, p2 · kept for the new story',
  )
  await say('/desk draft river event e1 --date 2026-05-01 --text "The council votes on money." --confirm')
  expect(await store.documents.all()).toEqual([])
  expect(await buttons('/desk draft river')).toContain('Publish…: /desk draft river publish')
  expect(await say('/desk draft river publish')).toContain(
    'A new story needs a title, how things stand, and a summary',
  )
  expect(await say(`/desk draft river publish ${WORDS}`)).toContain(
    'To be published: The river bridge (river), with 2 quotations, 1 event, 2 people.',
  )
  expect(await say('/nutgraf river')).not.toContain('Engineers shut the bridge')
  expect(await say(`/desk draft river publish ${WORDS} --confirm`)).toContain(
    'The river bridge is a story now',
  )
  expect(await say('/nutgraf river')).toContain('Engineers shut the bridge because it rusts.')
  expect(await say('/nutgraf river timeline')).toContain('The council votes on money.')
  expect(await say('/quote mori')).toContain('“We found rust in every beam of the bridge,”')
  expect(await say(`/desk draft river publish ${WORDS} --confirm`)).toContain(
    'this was confirmed by dana already',
  )
  expect(await say('/desk draft river undo q1')).toContain('river is a story already')
  expect(await say('/desk draft river undo story')).toContain('river is no story any more.')
  expect(await say('/quote mori')).not.toContain('We found rust')
  expect(await store.documents.all()).toEqual([])
  expect((await loggedActions()).map(({ what }) => what).filter(what => /publish/.test(what))).toEqual([
    'draft publish',
    'draft unpublish',
  ])
  expect(await say(`/desk draft river publish ${WORDS} --confirm`)).toContain('is a story now')
})

test('nothing is published in the outlet’s words, or while the check finds a problem', async () => {
  const { say, store } = await startImportConversation({
    [PAGE]: () => article({ text: PARAGRAPHS.join('\n\n') }),
  })
  await say(IMPORT)
  await say('/desk draft river confirm sure')
  const copied = `--title Bridge --status Shut. --summary "The bridge over the river will stay closed, the city said. The council votes on 1 May 2026 about the money for the repair."`
  expect(await say(`/desk draft river publish ${copied} --confirm`)).toContain(
    'Nothing was published. What is left to do:',
  )
  expect(
    await say(`/desk draft river publish --title x --status "${'x'.repeat(201)}" --summary y`),
  ).toContain('--status')
  expect(await store.documents.all()).toEqual([])
  expect(await say('/desk draft river undo story')).toContain('nothing was decided about it')
})

test('two editors publish at the same moment: there is one story', async () => {
  const kim = { id: 'slack:T1/U2', name: 'kim', rights: ['member' as const] }
  const { say, store } = await startImportConversation(undefined, { users: [EDITOR.id, kim.id] })
  await say(IMPORT)
  await say('/desk draft river confirm q1')
  const line = `/desk draft river publish ${WORDS} --confirm`
  const answers = await Promise.all([say(line), say(line, { caller: kim })])
  expect(answers.filter(answer => answer.includes('is a story now')).length).toBeGreaterThan(0)
  const paths = (await store.documents.all()).map(({ path }) => path)
  expect(paths).toHaveLength(new Set(paths).size)
  expect(paths).toContain('stories/river/story.md')
})

test('a draft that is a story says so, offers to take that back, and opens no form that leads nowhere', async () => {
  const { say, buttons, forms } = await startImportConversation()
  const source = forms!.find(({ prefix }) => prefix === 'draft:')!
  await say(IMPORT)
  await say('/desk draft river confirm q1')
  await say(`/desk draft river publish ${WORDS} --confirm`)
  expect(await say('/desk draft river')).toMatch(/^Draft river: a story now, published by dana\n/)
  expect(await buttons('/desk draft river')).toEqual(['Undo story: /desk draft river undo story'])
  expect(await say('/desk draft')).toMatch(/\/desk draft river · a story now · .* · 1 decided/)
  const piece = (await buttons('/desk draft river q2')).join()
  expect(piece).not.toMatch(/Confirm|Leave|Correct/)
  for (const line of ['publish', 'speaker q2', 'event e1']) {
    const call = { command: 'desk', text: `draft river ${line}`, place: PLACE, caller: EDITOR, at: NOON }
    const form = await source.buildForm({ ...call, audience: 'caller' }, formName(line))
    expect('fields' in form ? form : toPlainText(form)).toContain('river is a story already')
  }
  expect(await buttons('/desk draft river leave q2')).toEqual(['Undo story: /desk draft river undo story'])
  await say('/desk draft river undo story')
  expect(await say('/desk draft river')).toMatch(/^Draft river for a new story: 4 pieces to decide/)
})

const formName = (line: string) => `draft:river:${line.replace(' ', ':')}${line === 'publish' ? ':' : ''}`
