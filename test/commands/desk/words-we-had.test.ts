import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { partWordsOfAll } from '../../../src/content/part-words.ts'
import { storyFiles } from '../../support/content/story-files.ts'
import { startDeskConversation } from '../../support/conversations/desk-conversation.ts'

const EVENT = 'bridge/event:2026-05-02-1'
const line = (was: string, part = EVENT, now = 'other words') =>
  `/desk correct ${part} --was "${was}" --now "${now}" --why "Misread."`
const NEVER =
  /^The words after --was were never in bridge\/\S+, so the correction would say what was not so\./
const corrections = (folder: string) => readFileSync(join(folder, 'stories/bridge/corrections.yml'), 'utf8')

test('a correction names words that the part has: its text, its day in any form, its label, its quotation', async () => {
  const { say } = await startDeskConversation()
  for (const [part, was] of [
    [EVENT, 'The city closes the bridge.'],
    [EVENT, 'closes the bridge'],
    [EVENT, 'Closes  the bridge'],
    [EVENT, 'The city … bridge'],
    [EVENT, '2 May'],
    [EVENT, '2 May 2026'],
    [EVENT, 'May 2, 2026'],
    [EVENT, '2026-05-02'],
    ['bridge/label', 'developing'],
    ['bridge/label', 'DEVELOPING STORY'],
    ['bridge/label', '4 May 2026'],
    ['bridge/section:background', 'built in 1931'],
    ['bridge/section:costs-and-repairs', 'Steel: not known. Paint'],
    ['bridge/quote:mayor-1', 'safe, […] Nobody will'],
    ['bridge/quote:mayor-1', 'Mayor at the time'],
  ] as const)
    expect(await say(line(was, part)), was).toMatch(/^To be corrected: /)
})

test('other words are refused in the preview and with --confirm, and nothing is written', async () => {
  const { say, folder, loggedActions } = await startDeskConversation()
  for (const [part, was] of [
    [EVENT, 'The city opens the bridge.'],
    [EVENT, 'the bridg'],
    [EVENT, 'ridge'],
    [EVENT, '12 May'],
    [EVENT, '2 May 20'],
    [EVENT, 'THE CITY'],
    [EVENT, 'bridge … city'],
    [EVENT, '…'],
    [EVENT, 'Drivers protest.'],
    ['bridge/section:background', '193'],
    ['bridge/label', 'settled'],
    ['bridge/quote:mayor-1', 'We asked for repairs'],
  ] as const) {
    expect(await say(line(was, part)), was).toMatch(NEVER)
    expect(await say(`${line(was, part)} --confirm`), was).toMatch(NEVER)
  }
  expect(await say(line('opens'))).toContain('It says now: The city closes the bridge.')
  expect(await say(line('closes', EVENT, ' closes '))).toMatch(/^--was and --now are the same words/)
  expect(corrections(folder)).toBe('[]')
  expect(await loggedActions()).toEqual([])
})

test('words of an earlier revision are taken too, and where those are not on record it says so', async () => {
  const { say, store, stories } = await startDeskConversation()
  const words = partWordsOfAll(stories.library())
  await store.partWords.record(words)
  await store.partWords.record([{ part: EVENT, hash: 'old', words: 'The city shuts the bridge.' }])
  const record = (hash: string) => store.revisions.record([{ part: EVENT, story: 'bridge', hash }])
  await record('old')
  await record(words.find(({ part }) => part === EVENT)!.hash)
  expect(await say(line('shuts the bridge'))).toMatch(/^To be corrected/)
  expect(await say(line('burns the bridge'))).not.toContain('not on record')
  await store.partWords.forgetOthers(EVENT, words.find(({ part }) => part === EVENT)!.hash)
  expect(await say(line('shuts the bridge'))).toContain(
    'Older words of it are not on record here. If it said this before, write the entry into stories/bridge/corrections.yml yourself.',
  )
})

test('what an earlier correction gave a part may be corrected once more', async () => {
  const entry = { on: '2026-05-03', part: EVENT.slice(7), was: '29 April', now: '30 April', why: 'Misread.' }
  const files = [storyFiles('bridge', { corrections: [entry] })]
  const { say } = await startDeskConversation({ files })
  expect(await say(line('30 April'))).toMatch(/^To be corrected/)
  expect(await say(line('1 April'))).toMatch(NEVER)
})

test('confirmed twice, by one editor or by two at once, an entry is written and logged once', async () => {
  const { say, folder, loggedActions, store, stories } = await startDeskConversation()
  const confirm = `${line('closes')} --confirm`
  const answers = await Promise.all([say(confirm), say(confirm), say(confirm)])
  expect(answers.filter(answer => answer.startsWith('Written'))).toHaveLength(1)
  const already = 'This correction is already in stories/bridge/corrections.yml. Nothing was changed.'
  expect(answers.filter(answer => answer === already)).toHaveLength(2)
  expect(await say(confirm)).toBe(already)
  expect(corrections(folder).match(/^- on:/gm)).toHaveLength(1)
  expect(await loggedActions()).toHaveLength(1)
  expect(await store.corrections.withdrawals()).toEqual([])
  expect(stories.problems()).toEqual([])
  // Another correction of the same part is another one.
  expect(await say(`${line('closes', EVENT, 'opens')} --confirm`)).toMatch(/^Written/)
})

test('the example in the help shows a preview when it is typed as it is written', async () => {
  const { ask, say } = await startDeskConversation()
  const items = (await ask('/desk help')).blocks.flatMap(block => (block.kind === 'list' ? block.items : []))
  const examples = items.flatMap(item =>
    item.flatMap(inline => (typeof inline === 'object' && 'code' in inline ? [inline.code] : [])),
  )
  const example = examples.find(code => code.startsWith('/desk correct'))!
  expect(await say(example)).toMatch(/^To be corrected: bridge\//)
})

test('messages under an edit are counted among those that show the part', async () => {
  const { say, store, addPostedMessage } = await startDeskConversation()
  await addPostedMessage('k1', [EVENT])
  const cause = { cause: 'bridge/correction:1', kind: 'correction' as const, story: 'bridge', part: EVENT }
  await store.corrections.applyCause({ ...cause, revision: 2, waits: false }, { lane: place => place })
  expect(await store.ledger.countByState()).toEqual({ due: 1 })
  expect(await say(line('closes'))).toContain('1 message, on Slack.')
  expect(await say('/desk kill bridge because')).toContain('1 message, on Slack.')
})
