import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../../../src/chat/plain-text.ts'
import type { Reply } from '../../../../src/chat/reply.ts'
import { PageError } from '../../../../src/import/page/page-failure.ts'
import { EDITOR, STRANGER } from '../../../support/conversations/desk-conversation.ts'
import {
  article,
  PAGE,
  PARAGRAPHS,
  startImportConversation,
} from '../../../support/conversations/import-conversation.ts'
import { NOON } from '../../../support/noon.ts'

const IMPORT = `/desk import ${PAGE} --into bridge`
test('a page is imported, and nothing of it is in the story before an editor confirms it', async () => {
  const { say, loggedActions, store, stories } = await startImportConversation()
  const before = stories.library()
  const answer = await say(IMPORT)
  expect(answer).toContain('Draft wqad for bridge: 5 pieces to decide, 4 sure')
  expect(answer).toContain('LOOK · rights not known')
  expect(answer).toContain('q1 · “We found rust in every beam of the bridge,” · Ann Mori · sure')
  expect(answer).toContain('e1 · 1 May 2026: In WQAD’s words: The council votes')
  expect(answer.length).toBeLessThanOrEqual(900)
  expect(stories.library()).toBe(before)
  expect(await store.documents.all()).toEqual([])
  expect(await loggedActions()).toEqual([
    { who: EDITOR.id, what: 'import', draft: 'wqad', address: PAGE, into: 'bridge' },
  ])
})

describe('the same address again', () => {
  test('says so and changes nothing, as long as the page is the same', async () => {
    const { say, store } = await startImportConversation()
    await say(IMPORT)
    await say('/desk draft wqad confirm q1')
    const again = await say(IMPORT)
    expect(again).toContain('Imported before; the page has not changed since.')
    expect(again).toContain('Draft wqad for bridge: 4 pieces to decide')
    expect(await store.drafts.list(10)).toHaveLength(1)
  })

  test('a page that has changed is a draft of its own, which says what changed', async () => {
    let paragraphs = PARAGRAPHS
    const { say, store } = await startImportConversation({
      [PAGE]: () => article({ text: paragraphs.join('\n\n') }),
    })
    await say(IMPORT)
    await say('/desk draft wqad confirm q1')
    paragraphs = [...PARAGRAPHS.slice(1), '“It opens in June,” said Cy Park, a spokesman.', 'The end.']
    const changed = await say(IMPORT)
    expect(changed).toContain(
      'The page has changed since the draft wqad: 2 paragraphs new, 1 paragraph gone. What was decided there stands',
    )
    expect(changed).toContain('Draft wqad-2 for bridge')
    expect(await say('/desk draft wqad-2')).toContain('the story “bridge” has these words already')
    expect(await say('/quote mori')).toContain('We found rust')
    expect(await say(IMPORT)).toContain('Draft wqad-2 for bridge')
    expect(await store.drafts.list(10)).toHaveLength(2)
  })
})

test('a page that takes longer comes later, to whoever asked alone', async () => {
  const gate = Promise.withResolvers<void>()
  const { say, loggedActions } = await startImportConversation({
    [PAGE]: () => gate.promise.then(() => article()),
  })
  const shown: Reply[] = []
  const later = async (reply: Reply) => void shown.push(reply)
  const answer = await say(IMPORT, { later })
  expect(answer).toContain('Reading the page at wqad.example. What I find comes here, only to you')
  expect(await say('/desk draft wqad')).toContain('That page is being read just now.')
  expect(await say(IMPORT)).toContain('That page is being read just now.')
  expect(shown).toEqual([])
  gate.resolve()
  await expect.poll(() => shown.length).toBe(1)
  expect(toPlainText(shown[0]!)).toContain('Draft wqad for bridge: 5 pieces to decide')
  expect(shown[0]!.audience).toBe('caller')
  expect((await loggedActions()).filter(({ what }) => what === 'import')).toHaveLength(1)
})

test('a draft whose reading broke off, as in a crash, says so, and is read by the next import', async () => {
  const { say, store } = await startImportConversation()
  await store.drafts.begin({ names: ['wqad'], address: PAGE, story: 'bridge', by: EDITOR.id })
  expect(await say('/desk draft wqad')).toContain('That page is being read just now')
  const at = NOON + 3 * 60_000
  expect(await say('/desk draft wqad', { at })).toBe(
    `Reading that page broke off. Again: /desk import "${PAGE}" --into bridge`,
  )
})

test('a page that cannot be read says why, and can be imported again', async () => {
  let problem: PageError | undefined = new PageError('status', '404')
  const { say, log } = await startImportConversation({ [PAGE]: () => problem ?? article() })
  expect(await say(IMPORT)).toBe(
    `The page was not read: its server answers with an error (404). Nothing was added to any story. Again: /desk import "${PAGE}" --into bridge`,
  )
  expect(await say('/desk draft wqad')).toContain('its server answers with an error')
  expect(await say('/desk draft')).toContain('could not be read')
  problem = undefined
  expect(await say(IMPORT)).toContain('Draft wqad for bridge')
  expect(log.filter(({ details }) => JSON.stringify(details).includes('wqad.example'))).toEqual([])
})

test('an error of our own is logged, and a page too long for any article is refused', async () => {
  const { say, log } = await startImportConversation({
    'https://a.example/': () => Promise.reject(new TypeError('broken')),
    'https://b.example/': () => article({ text: 'word '.repeat(100_000) }),
  })
  expect(await say('/desk import a.example --into bridge')).toContain(
    'something went wrong here, and the log says what',
  )
  expect(log).toContainEqual(expect.objectContaining({ message: 'desk: a page was not read' }))
  expect(await say('/desk import b.example --into bridge')).toContain('it has more words than any article')
})

test('words of a page are only words: they ping nobody, link nowhere and break no answer', async () => {
  const nasty =
    '“<!channel> *bold* <https://evil.example|click> @everyone `code` \u202e we closed it,” said Ann Mori, the city engineer.'
  const { ask, say } = await startImportConversation({
    [PAGE]: () =>
      article({
        text: [...PARAGRAPHS, nasty].join('\n\n'),
        title: { value: '<!here> *News*\u202e', from: 'meta' },
      }),
  })
  const reply = await ask(IMPORT)
  const words = JSON.stringify(reply)
  expect(words).not.toContain('\u202e')
  expect(words).not.toContain('evil.example"')
  expect(await say('/desk draft wqad q3')).toContain(
    '<!channel> *bold* <https://evil.example|click> @everyone',
  )
})

test('only editors may import, look at drafts and decide; nobody learns of them in public', async () => {
  const { say, store } = await startImportConversation()
  for (const line of [IMPORT, '/desk draft', '/desk draft wqad confirm q1'])
    expect(await say(line, { caller: STRANGER })).toContain('That is for the editors of this newsroom')
  expect(await store.drafts.list(10)).toEqual([])
  await say(IMPORT)
  expect(await say('/desk draft wqad', { audience: 'place' })).not.toContain('wqad')
})

test.each([
  ['/desk import', 'Which page?'],
  [`/desk import ${PAGE}`, 'For which story? Choose one, or add --into NAME; for a new story, name it'],
  ['/desk import wqad', 'That is no address of a page'],
  ['/desk import https://user:pw@wqad.example/a', 'That is no address of a page'],
  ['/desk import two words', 'That is no address of a page'],
  [`/desk import ${PAGE} --into brigde`, 'bridge'],
  [`/desk import ${PAGE} --as "Not A Name"`, 'After --as goes a short name'],
  [`/desk import ${PAGE} --as bridge`, 'There is a story with that name'],
])('%s is refused, and nothing is read', async (line, said) => {
  const { say, store } = await startImportConversation()
  expect(await say(line)).toContain(said)
  expect(await store.drafts.list(10)).toEqual([])
})

test('the drafts are listed, the newest first, with what was decided', async () => {
  const other = () => article({ text: 'The council met on 1 May 2026 about rust.' })
  const { say, ask } = await startImportConversation({ [PAGE]: article, 'https://b.example/': other })
  expect(await say('/desk draft')).toContain('No draft waits.')
  await say(IMPORT)
  await say('/desk import b.example --into bridge --as rust')
  await say('/desk draft wqad leave q1')
  const list = await ask('/desk draft', { at: NOON })
  expect(toPlainText(list)).toContain('2 drafts')
  expect(toPlainText(list)).toContain('/desk draft wqad · for bridge · https://wqad.example/2026/05/bridge')
  expect(toPlainText(list)).toContain('1 decided')
  expect(list.menus?.[0]?.options.map(({ line }) => line).sort()).toEqual([
    '/desk draft rust',
    '/desk draft wqad',
  ])
  expect(await say('/desk draft nowhere')).toContain('There is no draft of that name')
})

describe('a page that could not be read', () => {
  test('keeps its name from nobody, comes last in the list, and tells why until the day after', async () => {
    const { say, ask } = await startImportConversation({ [PAGE]: article })
    await say(`/desk import https://wqad.example/typo --as levy`)
    expect(await say('/desk draft levy')).toContain(
      'The page was not read: the name in its address leads nowhere.',
    )
    await say('/desk import https://wqad.example/other --into bridge')
    expect(await say(`/desk import ${PAGE} --as levy`)).toContain('Draft levy for a new story')
    const list = toPlainText(await ask('/desk draft', { at: NOON }))
    expect(list).toMatch(/\/desk draft levy · for a new story.*\n.*\/desk draft wqad ·.*could not be read/)
  })

  test('of a private address says how to allow it, and of a script how to go on', async () => {
    const { say } = await startImportConversation({
      'https://10.0.0.1/': () => new PageError('private', 'private'),
      'https://app.example/': () => new PageError('noArticle'),
    })
    expect(await say('/desk import https://10.0.0.1/ --into bridge')).toContain(
      'its address is not on the public internet, nor named in FEED_HOSTS. Nothing',
    )
    expect(await say('/desk import https://app.example/ --into bridge')).toContain(
      'save it, and import the file',
    )
  })
})

test('the same page at another address is the draft that is there, whatever was decided', async () => {
  const { say } = await startImportConversation({
    [PAGE]: article,
    'https://short.example/x': article,
    'https://wqad.example/amp': article,
  })
  await say(IMPORT)
  await say('/desk draft wqad leave q1')
  const again = await say('/desk import https://short.example/x --into bridge')
  expect(again).toContain(`Imported before, at ${PAGE}: the words are the same.`)
  expect(again).toContain('Draft wqad for bridge: 4 pieces to decide, 3 sure, 1 decided')
  expect(await say('/desk draft short')).toContain(
    'imported before, at another address. Its draft: /desk draft wqad',
  )
  expect(await say('/desk draft')).toMatch(/^1 draft\n/)
  // For another story it is another draft.
  expect(await say('/desk import https://wqad.example/amp --as levy')).toContain('Draft levy for a new story')
})
