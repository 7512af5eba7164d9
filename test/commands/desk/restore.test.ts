import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storyFiles } from '../../support/content/story-files.ts'
import { EDITOR, startDeskConversation } from '../../support/conversations/desk-conversation.ts'

test('restore shows first what it would do, and then puts the story back, once', async () => {
  const { say, buttons, store, loggedActions, addPostedMessage } = await startDeskConversation()
  await addPostedMessage('k1', ['bridge/label'])
  await addPostedMessage('k2', ['old-bridge/label'], { place: 'slack:T1/C2', id: '15.000200' })
  await say('/desk kill bridge Made up. --confirm')
  expect(await say('/span summary')).toContain('WITHDRAWN')
  const preview = [
    'To be put back: bridge, taken down on 5 May 2026',
    '1 message, on Slack. It will show the words of the story again. The story is back in answers, search and digests too.',
    'Nothing has been changed yet. Edits notify no one. If its story.md says “withdrawn:”, take that out too.',
  ].join('\n\n')
  expect(await say('/desk restore bridge')).toBe(preview)
  // The command of the story names it too.
  expect(await say('/desk restore span')).toBe(preview)
  const [confirm = ''] = await buttons('/desk restore bridge')
  expect(confirm).toBe('Confirm: /desk restore bridge --confirm')
  expect(await store.corrections.withdrawals()).toHaveLength(1)
  const restore = confirm.slice('Confirm: '.length)
  const answers = await Promise.all([say(restore), say(restore)])
  expect(
    answers.filter(answer => answer.startsWith('bridge is back. 1 message is being edited back')),
  ).toHaveLength(1)
  expect(await store.corrections.withdrawals()).toEqual([])
  expect(await say('/span summary')).toContain('The city closed the bridge')
  expect(await say('/nutgraf find inspection')).toContain('An inspection finds rust.')
  expect(await say(restore)).toBe('bridge is not taken down. Nothing was changed.')
  const actions = await loggedActions()
  expect(actions.map(({ what }) => what)).toEqual(
    answers.includes('bridge was already put back. Nothing was changed.')
      ? ['kill', 'restore', 'restore', 'restore failed']
      : ['kill', 'restore'],
  )
  expect(actions[1]).toEqual({
    who: EDITOR.id,
    what: 'restore',
    slug: 'bridge',
    on: '2026-05-05',
    reason: 'Made up.',
    messages: 1,
  })
  expect((await store.editorLog.verify()).broken).toBeUndefined()
})

test('restore wants a story that is down by command, and says what else to do', async () => {
  const down = { withdrawn: { on: '2026-05-01', reason: 'Made up.' } }
  const { say, folder, loggedActions } = await startDeskConversation({
    files: [storyFiles('bridge'), storyFiles('old-bridge', { meta: down })],
  })
  expect(await say('/desk restore')).toContain('Which story? /desk restore NAME')
  expect(await say('/desk restore bridge --confirm')).toBe('bridge is not taken down. Nothing was changed.')
  expect(await say('/desk restore old-bridge --confirm')).toBe(
    'old-bridge is taken down in its story.md. To put it back, take “withdrawn:” out of that file. Nothing was changed.',
  )
  expect(await say('/desk restore old-brige')).toContain('Did you mean: /desk restore old-bridge')
  await say('/desk kill bridge Made up. --confirm')
  rmSync(join(folder, 'stories/bridge'), { recursive: true })
  expect(await say('/desk restore bridge --confirm')).toBe(
    'The files of bridge are no longer in the content folder. Put them back first. Nothing was changed.',
  )
  expect((await loggedActions()).map(({ what }) => what)).toEqual(['kill'])
})

test('a story that its file takes down too stays down, and that is said', async () => {
  const down = { withdrawn: { on: '2026-05-05', reason: 'Made up.' } }
  const { say, store } = await startDeskConversation({ files: [storyFiles('bridge', { meta: down })] })
  await store.corrections.withdraw({ slug: 'bridge', on: '2026-05-05', reason: 'Made up.' })
  expect(await say('/desk restore bridge --confirm')).toBe(
    'bridge is still withdrawn. The command no longer takes it down, but its story.md does: take “withdrawn:” out of it. Progress: /desk status',
  )
  expect(await store.corrections.withdrawals()).toEqual([])
})

test('while one types, stories that are down are offered', async () => {
  const { say, suggest, stories } = await startDeskConversation()
  const offered = () =>
    suggest({ command: 'desk', subcommand: 'restore', argument: 'withdrawn', typed: '', at: 0 })
  expect(offered()).toEqual([])
  await say('/desk kill bridge Made up. --confirm')
  expect(stories.library().withdrawn).toHaveLength(1)
  expect(offered().map(({ value }) => value)).toEqual(['bridge'])
})

test('a correction that waits to be pulled is taken back, and one that is in the file is not', async () => {
  const { say, stories, loggedActions, store } = await startDeskConversation({ ownsFolder: false })
  const part = 'bridge/event:2026-05-02-1'
  const correct = `/desk correct ${part} --was "closes" --now "shuts" --why "Misread." --confirm`
  const plain = stories.library().revision
  expect(await say(`/desk restore ${part}`)).toBe(
    `No correction of ${part} waits to be written into the files. One that is in stories/bridge/corrections.yml is taken back there: take its entry out. Nothing was changed.`,
  )
  expect(await say(correct)).toMatch(/^Added to/)
  const corrected = stories.library().revision
  const preview = await say('/desk restore span/EVENT:2026-05-02-1')
  expect(preview).toContain(`To be taken back: the correction of ${part} (“shuts”)`)
  expect(stories.library().revision).toBe(corrected)
  expect(await say(`/desk restore ${part} --confirm`)).toContain(
    `Taken back: the correction of ${part}. Messages are being edited.`,
  )
  expect(stories.library().revision).toBe(plain)
  expect(await say(`/desk restore ${part} --confirm`)).toContain('No correction of')
  // The same may be wrong after all.
  expect(await say(correct)).toMatch(/^Added to/)
  expect(stories.library().revision).toBe(corrected)
  expect((await loggedActions()).map(({ what }) => what)).toEqual(['correct', 'take back', 'correct'])
  // Whoever pulled it has it in a file.
  const [waiting] = await store.documents.all()
  await store.documents.markPulled([waiting!.number], 1)
  expect(await say(`/desk restore ${part} --confirm`)).toContain('No correction of')
  expect(stories.library().revision).toBe(corrected)
})
