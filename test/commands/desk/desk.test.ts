import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainText } from '../../../src/chat/plain-text.ts'
import { discordProblems } from '../../../src/platforms/discord/manifest.ts'
import { render as discord } from '../../../src/platforms/discord/render.ts'
import { slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { render as slack } from '../../../src/platforms/slack/render.ts'
import { StoreError } from '../../../src/store/engine.ts'
import { formatFailure } from '../../../src/store/failure-text.ts'
import { withReadOnlyFolder } from '../../support/content/content-folder.ts'
import { PAPER, QUOTE, storyFiles, withChangedFile } from '../../support/content/story-files.ts'
import {
  EDITOR,
  PLACE,
  STRANGER,
  startDeskConversation,
} from '../../support/conversations/desk-conversation.ts'
import { NOON } from '../../support/noon.ts'

const REFUSED =
  'That is for the editors of this newsroom. Nothing was changed. What you can ask: /nutgraf help'
/** What a stranger hears where nobody else does. */
const refusedAs = (id: string) =>
  `${REFUSED}. To become an editor, send your ID to whoever runs nutgraf: ${id}`
const CORRECT = '/desk correct bridge/event:2026-05-02-1 --was "2 May" --now "1 May" --why "Misread."'
const corrections = (folder: string) => readFileSync(join(folder, 'stories/bridge/corrections.yml'), 'utf8')

test('a stranger hears one sentence, the same for whatever there is and is not, and nothing is done', async () => {
  const { ask, loggedActions, store, folder, changeCount } = await startDeskConversation()
  const replies = new Set<string>()
  for (const line of [
    '/desk',
    '/desk help',
    '/desk kill bridge because --confirm',
    '/desk kill no-such-story because --confirm',
    '/desk kill',
    `${CORRECT} --confirm`,
    '/desk correct bridge/event:nope --was a --now b --why c',
    '/desk retry',
    '/desk retry "no such key"',
    '/desk audit https://x.slack.com/archives/C1/p1500000000000100',
    '/desk --public',
    '/desk nonsense --nonsense',
    `/desk kill bridge ${'x'.repeat(3_000)}`,
    '/nutgraf desk kill bridge because --confirm',
    '/nutgraf "desk" kill bridge',
    '/nutgraf help desk',
    '/DESK kill bridge',
  ])
    replies.add(JSON.stringify(await ask(line, { caller: STRANGER })))
  expect([...replies]).toHaveLength(1)
  expect(toPlainText(JSON.parse([...replies][0]!))).toBe(refusedAs(STRANGER.id))
  expect(await loggedActions()).toEqual([])
  expect(await store.corrections.withdrawals()).toEqual([])
  expect(corrections(folder)).toBe('[]')
  expect(changeCount()).toBe(0)
})

test('nor does anything else that a stranger can type', async () => {
  const { ask, store } = await startDeskConversation()
  const word = fc.oneof(
    fc.constantFrom(
      ...'kill correct retry audit status bridge bridge/label because --confirm --was --now'.split(' '),
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  const expected = JSON.stringify(await ask('/desk', { caller: STRANGER }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { maxLength: 8 }),
      fc.constantFrom('/desk', '/nutgraf desk'),
      async (words, head) => {
        expect(JSON.stringify(await ask(`${head} ${words.join(' ')}`, { caller: STRANGER }))).toBe(expected)
      },
    ),
    { numRuns: 300 },
  )
  expect(await store.editorLog.entries()).toEqual([])
})

test('its manifest is one that both platforms take', async () => {
  const { commands } = await startDeskConversation()
  expect(discordProblems(commands())).toEqual([])
  expect(slackManifest(commands(), { mode: 'socket' }).features.slash_commands.at(-1)).toMatchObject({
    command: '/desk',
    usage_hint: 'status | kill | restore | correct | retry | audit | feeds | import | draft | …',
  })
})

test('without DESK_USERS everybody is a stranger, and the command is offered nowhere', async () => {
  const { say, commands, ask } = await startDeskConversation({ users: [] })
  expect(await say('/desk kill bridge because')).toBe(refusedAs(EDITOR.id))
  expect(await say('/nutgraf help desk')).toBe(refusedAs(EDITOR.id))
  expect(commands().map(one => one.name)).not.toContain('desk')
  expect(toPlainText(await ask('/nutgraf help'))).not.toContain('desk')
  expect(await say('/nutgraf des')).not.toContain('/desk')
})

test('each refusal is one line of the log: who, where, and never more than the verb', async () => {
  const { say, log } = await startDeskConversation()
  await say('/desk kill very-secret-slug for a very secret reason', { caller: STRANGER })
  await say('/desk very-secret-word', { caller: STRANGER })
  expect(log.map(({ level, details }) => [level, details])).toEqual([
    ['warn', { who: STRANGER.id, place: PLACE, verb: 'kill' }],
    ['warn', { who: STRANGER.id, place: PLACE }],
  ])
  expect(JSON.stringify(log)).not.toContain('secret')
})

test('what an editor was told a stranger is not told from memory', async () => {
  const { say } = await startDeskConversation()
  expect(await say('/desk')).toContain('The desk')
  expect(await say('/desk', { caller: STRANGER })).toBe(refusedAs(STRANGER.id))
  expect(await say('/desk')).toContain('The desk')
})

test('a role counts where the platform vouches for it, a user group where it says so, and failure is no', async () => {
  const inGroup = async (_: unknown, group: string) => group === 'slack:T1/S1'
  const asked = async (users: string[], call: object, platform = {}) =>
    !(await (await startDeskConversation({ users, platform })).say('/desk', call)).startsWith(REFUSED)
  const discord = { place: 'discord:1/2' as const }
  const member = { id: 'discord:9', rights: [] }
  expect(await asked(['discord:1/5'], { ...discord, caller: { ...member, groups: ['discord:1/5'] } })).toBe(
    true,
  )
  expect(await asked(['discord:1/5'], { ...discord, caller: { ...member, groups: ['discord:2/5'] } })).toBe(
    false,
  )
  expect(await asked(['discord:1/5'], { ...discord, caller: member })).toBe(false)
  expect(await asked(['slack:T1/S1'], { caller: STRANGER }, { isInGroup: inGroup })).toBe(true)
  expect(await asked(['slack:T1/S2'], { caller: STRANGER }, { isInGroup: inGroup })).toBe(false)
  expect(await asked(['slack:T1/S1'], { caller: STRANGER })).toBe(false)
  // A platform vouches only for its own users.
  expect(await asked([EDITOR.id], discord)).toBe(false)
})

test('the desk is never public: with --public and in a mention it points to the slash command', async () => {
  const { ask, loggedActions } = await startDeskConversation()
  for (const [line, audience] of [
    ['/desk kill bridge because --confirm --public', 'caller'],
    ['/desk kill bridge because --confirm', 'place'],
    ['/nutgraf desk', 'place'],
  ] as const) {
    const reply = await ask(line, { audience })
    expect(reply).toMatchObject({ refusal: true, audience })
    expect(toPlainText(reply)).toContain('Use the slash command: /desk')
  }
  // What others read says nobody's ID; a direct message, where Discord lets people write, does.
  const stranger = { caller: STRANGER, audience: 'place' as const }
  expect(toPlainText(await ask('/nutgraf desk', stranger))).toBe(REFUSED)
  for (const place of ['slack:T1/D1', 'discord:@me/1'] as const)
    expect(toPlainText(await ask('/nutgraf desk', { ...stranger, place }))).toBe(refusedAs(STRANGER.id))
  expect(await loggedActions()).toEqual([])
})

test('other commands take none of its flags, and it takes none that it does not name', async () => {
  const { say } = await startDeskConversation()
  expect(await say('/span timeline --was x')).toBe(
    '/span timeline does not take --was. It takes --since, --page, --chart, --dark, --public.',
  )
  expect(await say('/desk kill bridge because --notice')).toBe(
    '/desk kill does not take --notice. It takes --confirm.',
  )
  expect(await say('/desk kill bridge because --confirm=yes')).toBe('--confirm takes no value.')
  expect(await say('/desk correct bridge/label --was')).toContain('--was needs a value')
  expect(await say('/desk kil')).toContain('Did you mean: /desk kill?')
})

test('kill shows first what it would do, and then does it, once', async () => {
  const { say, buttons, store, loggedActions, changeCount, addPostedMessage } = await startDeskConversation()
  await addPostedMessage('k1', ['bridge/label', 'bridge/quote:mayor-1'])
  await addPostedMessage('k2', ['bridge/label'], { place: 'slack:T1/C2', id: '15.000200' })
  await addPostedMessage('k3', ['old-bridge/label'], { place: 'slack:T1/C3', id: '15.000300' })
  await addPostedMessage('k4', ['bridge/label'], { place: 'discord:1/2', id: '7' })
  expect(await say('/desk kill bridge It was “made up”.')).toBe(
    [
      'To be taken down: The bridge on Main Street (bridge)',
      '3 messages: 2 on Slack, 1 on Discord. Each of them, and every answer about the story, will say:',
      'WITHDRAWN 5 May 2026 · this story was taken down: It was “made up”.',
      'Nothing has been changed yet. Other people’s posts, screenshots and quotes elsewhere stay as they are.',
    ].join('\n\n'),
  )
  const [confirm = ''] = await buttons('/desk kill bridge It was “made up”.')
  expect(confirm).toBe('Confirm: /desk kill bridge "It was “made up”." --confirm')
  expect(await loggedActions()).toEqual([])
  expect(changeCount()).toBe(0)
  const done = await say(confirm.slice('Confirm: '.length))
  expect(done).toContain('bridge is withdrawn. 3 messages are being replaced.')
  expect(await store.corrections.withdrawals()).toEqual([
    { slug: 'bridge', on: '2026-05-05', reason: 'It was “made up”.' },
  ])
  expect(await loggedActions()).toEqual([
    {
      who: EDITOR.id,
      what: 'kill',
      slug: 'bridge',
      on: '2026-05-05',
      messages: 3,
      reason: 'It was “made up”.',
    },
  ])
  expect(changeCount()).toBe(1)
  expect(await say('/span summary')).toContain('WITHDRAWN 5 May 2026')
  expect(await say('/desk kill bridge again --confirm')).toContain('was already taken down on 5 May 2026')
  expect(await loggedActions()).toHaveLength(1)
})

test('kill wants a story that exists and a reason that can be read', async () => {
  const { say, loggedActions } = await startDeskConversation()
  expect(await say('/desk kill')).toContain('Which story?')
  expect(await say('/desk kill brigde because --confirm')).toContain(
    'Did you mean: /desk kill bridge because',
  )
  expect(await say('/desk kill bridge --confirm')).toMatch(/^Why\?/)
  expect(await say(`/desk kill bridge ${'long '.repeat(80)} --confirm`)).toContain('the limit is 300')
  expect(await say('/desk kill bridge one\u202etwo --confirm')).toContain('contains invisible characters')
  expect(await loggedActions()).toEqual([])
})

test('words that may be repeated nowhere are kept for no button: the line is sent again', async () => {
  const { ask } = await startDeskConversation()
  const open = await ask(`/desk kill bridge ${'word '.repeat(40)}`)
  expect(open.buttons).toMatchObject([{ label: 'Confirm', line: expect.stringMatching(/--confirm$/) }])
  const reply = await ask(`${CORRECT} --no-repeat`)
  expect(reply.buttons).toEqual([])
  expect(toPlainText(reply)).toContain('send the same line again with --confirm at the end')
})

test('correct shows first which messages, where, and what they will say', async () => {
  const { say, addPostedMessage, folder, loggedActions } = await startDeskConversation()
  await addPostedMessage('k1', ['bridge/event:2026-05-02-1'])
  await addPostedMessage('k2', ['bridge/label'], { place: 'slack:T1/C2', id: '15.000200' })
  const answer = await say(CORRECT)
  expect(answer).toBe(
    [
      'To be corrected: bridge/event:2026-05-02-1',
      '1 message, on Slack.',
      '• slack:T1/C1 · morning · 4 May 2026',
      'This line will be added above the text:',
      'CORRECTED Tue 5 May 2026, 07:00 Chicago time · was: 2 May · now: 1 May · why: Misread.',
      'Edits notify no one; the next digest opens with the correction. Nothing has been changed yet. The words of event:2026-05-02-1 itself must be corrected in timeline.yml.',
    ].join('\n\n'),
  )
  expect(await say(`${CORRECT} --no-repeat --notice`)).toContain(
    'CORRECTED Tue 5 May 2026, 07:00 Chicago time · now: 1 May · why: Misread.',
  )
  expect(corrections(folder)).toBe('[]')
  expect(await loggedActions()).toEqual([])
})

test('of many messages it shows the first five, by a link each', async () => {
  const { ask, addPostedMessage } = await startDeskConversation()
  for (let number = 1; number <= 7; number++)
    await addPostedMessage(`k${number}`, ['bridge/label'], {
      place: `slack:T1/C${number}`,
      id: `15.00010${number}`,
    })
  const reply = await ask('/desk correct bridge/label --was developing --now settled --why c')
  expect(toPlainText(reply)).toContain('7 messages, all on Slack. The first 5:')
  const list = reply.blocks.find(block => block.kind === 'list')
  expect(list?.items[0]).toEqual([
    { link: 'https://chat.example/C1/15.000101', text: 'slack:T1/C1 · morning · 4 May 2026' },
  ])
  expect(list?.items).toHaveLength(5)
})

test('confirmed, it is written behind what stands there, comments and all, and is in use after the check', async () => {
  const text =
    '# Ours, newest last\n- on: 2026-05-03 # a Sunday\n  part: label\n  was: one\n  now: two\n  why: three\n'
  const files = withChangedFile(storyFiles('bridge'), 'corrections.yml', () => text)
  const { say, folder, loggedActions, changeCount } = await startDeskConversation({ files: [files] })
  const answer = await say(`${CORRECT} --notice --confirm`)
  expect(answer).toContain('Written to stories/bridge/corrections.yml')
  expect(answer).toContain(
    'correct the words of event:2026-05-02-1 itself in timeline.yml, and commit both files',
  )
  expect(corrections(folder)).toBe(
    `${text}- on: 2026-05-05\n  part: event:2026-05-02-1\n  was: 2 May\n  now: 1 May\n  why: Misread.\n  notice: true\n`,
  )
  expect(await loggedActions()).toEqual([
    {
      who: EDITOR.id,
      what: 'correct',
      id: 'bridge/event:2026-05-02-1',
      part: 'event:2026-05-02-1',
      on: '2026-05-05',
      was: '2 May',
      now: '1 May',
      why: 'Misread.',
      notice: true,
    },
  ])
  expect(changeCount()).toBe(1)
})

test('what may not be repeated is not kept in the log of actions either', async () => {
  const { say, folder, store } = await startDeskConversation({
    files: [storyFiles('bridge', { meta: { dek: 'What a slander it was.' } })],
  })
  await say('/desk correct bridge/label --was "a slander" --now b --why c --no-repeat --confirm')
  expect(corrections(folder)).toContain('repeat: false')
  expect(JSON.stringify(await store.editorLog.entries())).not.toContain('slander')
})

test('whatever is typed as a value is a value in the file, and words on every platform', async () => {
  const hostile = '- [x](https://evil.example) <!channel> @everyone: #1 {a: *b} --confirm'
  const files = [storyFiles('bridge', { meta: { notChecked: hostile } })]
  const { ask, say, folder, stories } = await startDeskConversation({ files })
  const line = `/desk correct bridge/label --was '${hostile}' --now "${hostile}!" --why "${hostile}"`
  const reply = await ask(line.replaceAll("'", '"'))
  expect(JSON.stringify(slack(reply))).not.toMatch(/"type":"(?:link|broadcast|user)"/)
  expect(discord(reply).content).not.toMatch(/(?<!\\)@everyone|(?<!\\)\]\(https/)
  await say(`${line.replaceAll("'", '"')} --confirm`)
  const { openLiveContent } = await import('../../../src/check/live-content.ts')
  const reopened = await openLiveContent(folder, { clock: () => NOON })
  const [entry] = reopened.library().story('bridge')!.corrections
  expect(entry).toMatchObject({ was: hostile, now: `${hostile}!`, why: hostile })
  expect(stories.problems()).toEqual([])
})

test('a part that is not there is told with what comes close, and all three values are needed', async () => {
  const { say } = await startDeskConversation()
  expect(await say('/desk correct bridge/event:2026-05-02 --was a --now b --why c')).toContain(
    '/desk correct bridge/event:2026-05-02-1 --was a --now b --why c'.replace(
      'bridge/event:2026-05-02-1',
      '"bridge/event:2026-05-02-1"',
    ),
  )
  expect(await say('/desk correct brige/label --was a --now b --why c')).toContain('"bridge/label" --was a')
  expect(await say('/desk correct bridge')).toMatch(
    /^What should be corrected in The bridge on Main Street\? .*• bridge\/label\n/s,
  )
  expect(await say('/desk correct "bridge/who:Ana Example" --was a --now b --why c')).toContain(
    'I don’t know “who:Ana Example”',
  )
  expect(await say('/desk correct bridge/label --was a --now b')).toContain('--why is missing')
  expect(await say('/desk correct')).toContain('What should be corrected?')
})

test('an entry with which the check would fail is not written', async () => {
  const { say, folder, loggedActions } = await startDeskConversation()
  // The part was removed by hand meanwhile, but the running bot still knows it.
  const timeline = join(folder, 'stories/bridge/timeline.yml')
  writeFileSync(timeline, readFileSync(timeline, 'utf8').replaceAll('2026-05-02', '2026-05-03'))
  const answer = await say(`${CORRECT} --confirm`)
  expect(answer).toContain('This entry was not written, because the content would no longer pass its check')
  expect(answer).toContain('there is no event:2026-05-02-1 in this story')
  expect(corrections(folder)).toBe('[]')
  expect(await loggedActions()).toEqual([])
})

test('where no file can be written, a correction is in use all the same, and waits to be pulled', async () => {
  const { say, folder, loggedActions, stories, documents, store } = await startDeskConversation()
  const answer = await withReadOnlyFolder(folder, () => say(`${CORRECT} --confirm`))
  expect(answer).toBe(
    [
      'Added to stories/bridge/corrections.yml, for every process. Messages are being corrected.',
      'Now correct the words of event:2026-05-02-1 itself in timeline.yml, and commit both files.',
      'It waits to be written into the file itself: npm run nutgraf -- content pull',
      'Progress: /desk status',
    ].join('\n\n'),
  )
  expect(corrections(folder)).toBe('[]')
  expect((await loggedActions()).map(({ what }) => what)).toEqual(['correct'])
  const { revision } = stories.library()
  expect(stories.library().story('bridge')!.corrections).toMatchObject([{ was: '2 May', now: '1 May' }])
  expect(await say('/desk')).toContain(
    'Not in the files yet (1) · 1 addition waits to be written into them: npm run nutgraf -- content pull',
  )
  expect(await withReadOnlyFolder(folder, () => say(`${CORRECT} --confirm`))).toContain('already in')
  // Once it can be written, it is; nothing that can be seen differs.
  expect(await documents.land((await store.documents.all())[0]!.key)).toBe(true)
  expect(corrections(folder)).toMatch(/^- on: 2026-05-05\n/)
  expect(stories.library().revision).toBe(revision)
  expect(await say('/desk')).toContain('Not in the files yet · nothing')
  expect(await loggedActions()).toHaveLength(1)
})

test('retry lists what stopped, and makes due again what is named', async () => {
  const { say, store, loggedActions } = await startDeskConversation()
  expect(await say('/desk retry')).toContain('Nothing is in doubt')
  await store.ledger.add([
    {
      key: 'edition slack:T1/C1 morning 1',
      kind: 'edition',
      place: PLACE,
      lane: 'slack:T1',
      number: 1,
      digest: 'morning',
      date: '2026-05-04',
      state: 'due',
      dueAt: 0,
    },
  ])
  await store.ledger.claim({
    owner: 'a',
    leaseMs: 60_000,
    max: 1,
    platforms: ['slack'],
    pace: () => undefined,
  })
  await store.ledger.markUnclear(
    { key: 'edition slack:T1/C1 morning 1', owner: 'a' },
    formatFailure({ message: 'slack: missing_scope', human: 'Nobody may look.' }),
  )
  const retryLine = '/desk retry "edition slack:T1/C1 morning 1"'
  expect(await say('/desk retry')).toContain(
    `IN DOUBT · digest “morning” of 4 May 2026, in slack:T1/C1 · Nobody may look. Check the channel first, or it may be posted twice. Then try again: ${retryLine}`,
  )
  expect(await say('/desk')).toContain(retryLine)
  expect(await say(retryLine)).toContain('Trying again now: digest “morning” of 4 May 2026')
  expect(await store.ledger.statesOf(['edition slack:T1/C1 morning 1'])).toEqual(
    new Map([['edition slack:T1/C1 morning 1', 'due']]),
  )
  expect(await loggedActions()).toMatchObject([{ what: 'retry', state: 'doubt' }])
  expect(await say(retryLine)).toContain('It is neither in doubt nor failed; it is waiting to be posted')
  expect(await say('/desk retry nothing')).toContain('No message has that key')
  expect(await loggedActions()).toHaveLength(1)
})

test('what could not be corrected is listed with its reason, and tried again', async () => {
  const { say, store, addPostedMessage, changeCount, loggedActions } = await startDeskConversation()
  await addPostedMessage('k1', ['bridge/label'])
  const cause = 'bridge/withdrawn:2026-05-05'
  const withdrawn = {
    cause,
    kind: 'withdrawal' as const,
    story: 'bridge',
    part: 'bridge/',
    revision: 0,
    waits: false,
  }
  await store.corrections.applyCause(withdrawn, { lane: place => place })
  await store.ledger.claim({
    owner: 'a',
    leaseMs: 60_000,
    max: 1,
    platforms: ['slack'],
    pace: () => undefined,
  })
  await store.ledger.markUneditable({ key: 'k1', owner: 'a' }, 'The bot was removed.')
  const retryLine = `/desk retry "${cause}"`
  expect(await say('/desk retry')).toContain(
    `NOT CHANGED · 1 message that showed bridge · 1 × The bot was removed. · ${retryLine}`,
  )
  expect(await say(retryLine)).toContain('Trying 1 message again')
  expect(await store.corrections.causes()).toMatchObject([{ cause, pending: 1, impossible: 0, reasons: [] }])
  expect(changeCount()).toBe(1)
  expect(await loggedActions()).toMatchObject([{ what: 'retry', cause }])
  expect(await say(retryLine)).toContain('None of its messages can be changed any more')
})

test('status tells troubles and how far corrections have come', async () => {
  const { say, store, addPostedMessage } = await startDeskConversation()
  const nothing = await say('/desk')
  for (const word of [
    'Problems · none',
    'In doubt · none',
    'Corrections and withdrawals · none',
    '/desk help',
  ])
    expect(nothing).toContain(word)
  await store.faults.raise(
    'slack:T1/C1 morning',
    formatFailure({ message: 'slack: channel_not_found', human: 'The channel is gone.' }),
  )
  await addPostedMessage('k1', ['bridge/label'])
  const cause = { cause: 'bridge/withdrawn:2026-05-05', kind: 'withdrawal' as const, story: 'bridge' }
  await store.corrections.applyCause(
    { ...cause, part: 'bridge/', revision: 0, waits: false },
    { lane: place => place },
  )
  const answer = await say('/desk status')
  expect(answer).toContain(
    'Tue 5 May, 07:00 Chicago time · digest “morning” in slack:T1/C1 · The channel is gone.\n',
  )
  expect(answer).toContain(
    'WITHDRAWN bridge · Tue 5 May, 07:00 Chicago time · 0 messages repaired, 1 waiting',
  )
})

test('editors read the names of channels; a channel whose platform is silent keeps its id', async () => {
  const access = { post: true, correct: true, look: true, name: '#city-desk' }
  const named = await startDeskConversation({ platform: { checkAccess: async () => access } })
  await named.addPostedMessage('k1', ['bridge/label'], { id: '15.000101' })
  await named.store.faults.raise('slack:T1/C1 morning', formatFailure({ message: 'gone' }))
  expect(await named.say('/desk status')).toContain('· digest “morning” in #city-desk on Slack · ')
  expect(await named.say('/desk audit k1')).toContain(', in #city-desk on Slack · posted · ')
  const correction = '/desk correct bridge/label --was developing --now settled --why "It was."'
  expect(await named.say(correction)).toContain('#city-desk on Slack · morning · 4 May 2026')

  const broken = async () => {
    throw new Error('slack: conversations.info: fatal_error')
  }
  const silent = await startDeskConversation({ platform: { checkAccess: broken } })
  await silent.addPostedMessage('k1', ['bridge/label'])
  expect(await silent.say('/desk audit k1')).toContain(', in slack:T1/C1 · posted · ')
})

test('audit tells from a link what a message shows and where the words stand', async () => {
  const { say, addPostedMessage } = await startDeskConversation()
  await addPostedMessage('edition 1', ['bridge/quote:mayor-1'], { id: '1500000000.000100' })
  const answer = await say('/desk audit https://x.slack.com/archives/C1/p1500000000000100')
  expect(answer).toContain('digest “morning” of 4 May 2026, in slack:T1/C1 · posted · ')
  expect(answer).toContain('Key: edition 1')
  expect(answer).toMatch(
    /bridge\/quote:mayor-1 · revision 1 of Tue 5 May, 07:00 Chicago time · [0-9a-f]{16} · rests on source 1: The Paper/,
  )
  for (const words of QUOTE.words) {
    const start = PAPER.indexOf(words)
    expect(answer).toContain(`line 3 (${start}–${start + words.length})`)
  }
  expect(await say('/desk audit edition 1')).toBe(answer)
  expect(await say('/desk audit https://x.slack.com/archives/C1/p1500000000000999')).toContain(
    'I have no record of a message of mine',
  )
})

test('when memory fails nothing is done, and that is said', async () => {
  const broken = async () => {
    throw new StoreError('store: the disk is full')
  }
  const { say, store, log } = await startDeskConversation({
    store: real => ({ editorLog: { ...real.editorLog, append: broken } }),
  })
  expect(await say('/desk kill bridge because --confirm')).toContain(
    'I can’t look anything up right now, so nothing was changed',
  )
  expect(await store.corrections.withdrawals()).toEqual([])
  expect(log.some(({ level, message }) => level === 'error' && message === 'desk: the store failed')).toBe(
    true,
  )
})

test('an action that failed after it was written down is written down as failed', async () => {
  const { say, loggedActions } = await startDeskConversation({
    store: real => ({
      corrections: {
        ...real.corrections,
        withdraw: async () => {
          throw new StoreError('store: the disk is full')
        },
      },
    }),
  })
  expect(await say('/desk kill bridge because --confirm')).toContain('I can’t look anything up right now')
  expect((await loggedActions()).map(({ what }) => what)).toEqual(['kill', 'kill failed'])
})

test('each of its answers fits on both platforms', async () => {
  const { ask, addPostedMessage } = await startDeskConversation()
  for (let number = 1; number <= 9; number++)
    await addPostedMessage(`k${number}`, ['bridge/label', 'bridge/quote:mayor-1'], {
      place: `slack:T1/C${number}`,
      id: `15.00010${number}`,
    })
  for (const line of [
    '/desk',
    '/desk help',
    '/desk retry',
    '/desk audit k1',
    '/desk kill bridge because',
    CORRECT,
  ]) {
    const reply = await ask(line)
    slack(reply)
    discord(reply)
  }
})

test('while one types, stories and parts are offered, and nothing of the ledger', async () => {
  const { suggest } = await startDeskConversation()
  const offered = (subcommand: string, argument: string, typed: string) =>
    suggest({ command: 'desk', subcommand, argument, typed, at: NOON }).map(one => one.value)
  expect(offered('kill', 'slug', 'br')).toEqual(['bridge', 'old-bridge'])
  expect(offered('correct', 'part', 'bridge/ev')[0]).toBe('bridge/event:2025-12-30-1')
  expect(offered('retry', 'key', '')).toEqual([])
  expect(offered('audit', 'message', '')).toEqual([])
})
