import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { allLines } from '../../src/check/all-lines.ts'
import { check } from '../../src/check/check.ts'
import { draftsIn } from '../../src/check/drafts.ts'
import { openLiveContent } from '../../src/check/live-content.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { startConversation } from '../support/conversations/conversation.ts'
import { asContent, drafted } from '../support/import/drafted.ts'
import { NOON } from '../support/noon.ts'

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** Words that only the drafts have. */
const ONLY_IN_DRAFTS = /quagga|okapi|viaduct|tunnel|xylem/i
const BRIDGE = storyFiles('bridge', { meta: { command: 'span', wire: { words: ['bridge'] } } })
/** A story in its place whose editor marked it. */
const TUNNEL = storyFiles('tunnel', {
  meta: {
    draft: true,
    title: 'A tunnel of xylem',
    tags: ['xylem'],
    command: 'tunnel',
    wire: { words: ['xylem'] },
  },
}).map(file => ({ ...file, text: file.path.endsWith('/story.md') ? marked(file.text) : file.text }))

function marked(text: string): string {
  return text.replace(
    /^---\n[\s\S]*?\n---\n/,
    '---\ntitle: A tunnel of xylem\ndek: x\nstate: developing\ncoversTo: 2026-05-04\ndraft: true\n---\n',
  )
}

const DRAFTS = [...asContent(drafted()), ...TUNNEL]

test('what is served with drafts in the folder is what is served without them', async () => {
  const [without, withDrafts] = await Promise.all([
    openLiveContent(await createContentFolder(BRIDGE)),
    openLiveContent(await createContentFolder(BRIDGE, DRAFTS)),
  ])
  expect(withDrafts.problems()).toEqual([])
  const [plain, drafts] = [without.library(), withDrafts.library()]
  expect(drafts.revision).toBe(plain.revision)
  expect(drafts.stories.map(({ slug }) => slug)).toEqual(['bridge'])
  expect(JSON.stringify([drafts.stories, drafts.digests, drafts.withdrawn, drafts.feeds])).not.toMatch(
    ONLY_IN_DRAFTS,
  )
})

test('no command, list, search, suggestion or form knows anything of a draft', async () => {
  const folder = await createContentFolder(BRIDGE, DRAFTS)
  const library = (await openLiveContent(folder)).library()
  const { ask, say, suggest, commands } = startConversation(library)
  const asked = [
    ...allLines(library),
    '/nutgraf story list',
    '/nutgraf changes',
    '/nutgraf help',
    '/quote --list',
    '/digest',
    '/nutgraf wire',
    '/span latest',
  ]
  for (const line of asked) {
    const reply = ask(line)
    expect(`${toPlainText(reply)} ${JSON.stringify(reply)}`).not.toMatch(ONLY_IN_DRAFTS)
  }
  // Whoever names a draft hears what whoever names nothing at all hears.
  const nothing = (line: string) => say(line).replaceAll(/quagga|okapi|viaduct|tunnel|xylem|nosuch/gi, '…')
  for (const line of ['/nutgraf viaduct', '/nutgraf tunnel', '/nutgraf viaduct summary'])
    expect(nothing(line)).toBe(nothing(line.replace(/viaduct|tunnel/, 'nosuch')))
  for (const line of ['/quote okapi', '/nutgraf find quagga', '/nutgraf find xylem'])
    expect(nothing(line)).toBe(nothing(line.replace(/okapi|quagga|xylem/, 'nosuch')))
  expect(JSON.stringify(commands())).not.toMatch(ONLY_IN_DRAFTS)
  for (const argument of ['speaker', 'story', 'verb', 'of', 'name', 'digest'])
    for (const typed of ['', 'q', 'o', 'v', 't', 'x', 'vi', 'tu'])
      for (const command of ['nutgraf', 'quote', 'span', 'digest'])
        expect(JSON.stringify(suggest({ command, argument, typed, at: NOON } as never))).not.toMatch(
          ONLY_IN_DRAFTS,
        )
})

test('a draft that comes or breaks while the bot runs changes nothing; one that becomes a story is there', async () => {
  const folder = await createContentFolder(BRIDGE)
  const other = await createContentFolder(DRAFTS, storyFiles('later'))
  const live = await openLiveContent(folder)
  const onChanged = vi.fn<(problems: string[]) => void>()
  stops.push(live.watch({ onChanged, onFailed: vi.fn() }))
  await rename(join(other, 'drafts'), join(folder, 'drafts'))
  await rename(join(other, 'stories/tunnel'), join(folder, 'stories/tunnel'))
  await rename(join(other, 'stories/later'), join(folder, 'stories/later'))
  await vi.waitFor(
    () => expect(live.library().stories.map(({ slug }) => slug)).toEqual(['bridge', 'later']),
    {
      timeout: 20_000,
      interval: 20,
    },
  )
  expect(onChanged.mock.calls.flat(2)).toEqual([])
  expect(live.problems()).toEqual([])
  expect(draftsIn(folder).drafts.map(({ name }) => name)).toEqual(['viaduct', 'tunnel'])
})

test('a digest that names a draft hears that there is no such story', async () => {
  const digests = {
    path: 'digests.yml',
    origin: 'content/digests.yml',
    text: JSON.stringify([
      { name: 'roads', title: 'Roads', stories: ['tunnel'], time: '09:00', days: 'daily' },
    ]),
  }
  const found = await check(await createContentFolder(BRIDGE, DRAFTS, [digests]))
  expect(found.problems.map(({ message }) => message).join()).toMatch(/tunnel/)
  expect(found.content.stories.map(({ slug }) => slug)).toEqual(['bridge'])
})
