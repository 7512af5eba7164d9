import { beforeEach, expect, test } from 'vitest'
import { landedIn, pullInto } from '../../../../src/content/read/documents/pull.ts'
import { startCardConversation } from '../../../support/conversations/card-conversation.ts'
import { article, PARAGRAPHS } from '../../../support/conversations/import-conversation.ts'

const REPORT = 'https://wqad.example/aaa'
const IMPORT = `/desk import ${REPORT}?utm_source=rss --into bridge`
let text = PARAGRAPHS.join('\n\n')
let labels: true | undefined
let desk: Awaited<ReturnType<typeof startCardConversation>>
beforeEach(async () => {
  text = PARAGRAPHS.join('\n\n')
  labels = undefined
  desk = await startCardConversation(
    {},
    { ownsFolder: false, readPage: async url => article({ url, text, labels }) },
  )
  await desk.card('aaa', 'Bridge shut, mayor says')
})
const sources = () =>
  desk.sources().map(({ number, title, text }) => `${number} ${title}${text === undefined ? '' : ' · text'}`)
const cited = () => desk.stories.library().story('bridge')!.quotes.at(-1)?.source.number

test('a draft of a page that is a source by its card takes that source over: one page, one source', async () => {
  const before = sources()
  await desk.say('/desk add aaa --confirm')
  expect(sources()).toEqual([...before, '3 Bridge shut, mayor says'])
  expect(await desk.say(IMPORT)).toMatch(
    /this page is source 3 of the story “bridge” already, without its text/,
  )
  expect(await desk.say('/desk draft wqad confirm q1')).toContain('Confirmed: q1')
  expect(sources()).toEqual([...before, '3 Bridge shut, mayor says · text'])
  expect(cited()).toBe(3)
  // The card stands on the same source, whichever of both is taken back first.
  expect(await desk.say('/desk undo aaa')).toContain('Taken back')
  expect(sources()).toEqual([...before, '3 Bridge shut, mayor says · text'])
  expect(await desk.say('/desk draft wqad undo q1')).toContain('Undone: q1')
  expect(sources()).toEqual(before)
  await desk.say('/desk add aaa --confirm')
  await desk.say('/desk draft wqad confirm q1 q2')
  expect(await desk.say('/desk draft wqad undo q1 q2')).toContain('Undone: q1, q2')
  expect(sources()).toEqual([...before, expect.stringMatching(/^\d Bridge shut, mayor says$/)])
  expect(await desk.store.documents.all()).toHaveLength(2)
})

test('a transcript that is a source by its card is checked as one, and a day that we only saw it on yields', async () => {
  text =
    'MR. COLE: Good afternoon, and a statement first.\nQUESTION: Is it shut?\nMR. COLE: It is shut for now.'
  labels = true
  await desk.card('bbb', 'Transcript', { published: undefined })
  await desk.say('/desk add bbb --confirm')
  await desk.say('/desk import https://wqad.example/bbb --into bridge')
  expect(await desk.say('/desk draft wqad confirm q1')).toContain('Confirmed: q1')
  expect(desk.sources().at(-1)).toMatchObject({ kind: 'primary', date: '2026-05-02', title: 'Transcript' })
})

test('pulled, it stands in the files once, with its text, and the same revision is in use', async () => {
  await desk.say('/desk add aaa --confirm')
  await desk.say(IMPORT)
  await desk.say('/desk draft wqad confirm sure')
  const { revision } = desk.stories.library()
  const documents = await desk.store.documents.all()
  const pulled = await pullInto(desk.folder, documents, { reserve: async wanted => wanted })
  expect(new Set(pulled.map(({ outcome }) => outcome))).toEqual(new Set(['written']))
  expect(await landedIn(desk.folder, documents)).toHaveLength(documents.length)
  await desk.stories.setDocuments([])
  expect(desk.stories.library().revision).toBe(revision)
  expect(sources().filter(source => source.startsWith('3'))).toEqual(['3 Bridge shut, mayor says · text'])
})

test('a source that was pulled without its text stays as it is: the text comes with a source of its own', async () => {
  await desk.say('/desk add aaa --confirm')
  await desk.say(IMPORT)
  const numbers = (await desk.store.documents.all()).map(({ number }) => number)
  await desk.store.documents.markPulled(numbers, 1)
  expect(await desk.say('/desk draft wqad confirm q1')).toContain('Confirmed: q1')
  expect(sources().slice(-2)).toEqual(['3 Bridge shut, mayor says', '4 Bridge stays closed · text'])
})

test('a page that is a source with this very text is cited, and said to be so; a changed one is another source', async () => {
  await desk.say(IMPORT)
  await desk.say('/desk draft wqad confirm q1')
  const again = await desk.say(IMPORT.replace('?utm_source=rss', '/'))
  expect(again).toContain('Imported before')
  text = `${text}\n\nMore came later.`
  await desk.say(IMPORT)
  expect(await desk.say('/desk draft wqad-2')).toMatch(
    /LOOK · this page is source 3 of the story “bridge” already, with another text/,
  )
  await desk.say('/desk draft wqad-2 confirm q2')
  expect(sources().slice(-2)).toEqual(['3 Bridge stays closed · text', '4 Bridge stays closed · text'])
})

test('what a story was made of is a note when more of the page is added to it, and no second source', async () => {
  await desk.say(`/desk import ${REPORT} --as levy`)
  await desk.say('/desk draft levy confirm q1')
  await desk.say('/desk draft levy publish --title Levy --status "It is shut." --summary "Shut." --confirm')
  expect(await desk.say(`/desk import ${REPORT} --into levy`)).toMatch(
    /Note · this page is source 1 of the story “levy” already, with this text/,
  )
  expect(await desk.say('/desk draft wqad confirm q2')).toContain('Confirmed: q2')
  expect(desk.stories.library().story('levy')!.sources).toHaveLength(1)
})
