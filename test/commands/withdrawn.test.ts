import { describe, expect, test } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { allLines } from '../../src/check/all-lines.ts'
import { check } from '../../src/check/check.ts'
import { withdrawnNotice } from '../../src/commands/withdrawn.ts'
import { createLibrary } from '../../src/content/library.ts'
import { loadContent } from '../../src/content/read/load.ts'
import { visibleAt } from '../../src/content/visible.ts'
import { discordCommands } from '../../src/platforms/discord/manifest.ts'
import { render as renderDiscord } from '../../src/platforms/discord/render.ts'
import { completions } from '../../src/platforms/preview/completions.ts'
import { slackManifest } from '../../src/platforms/slack/manifest.ts'
import { render as renderSlack } from '../../src/platforms/slack/render.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { storyFiles } from '../support/content/story-files.ts'
import { startConversation } from '../support/conversations/conversation.ts'
import { startDigestConversation } from '../support/conversations/digest-conversation.ts'

const WITHDRAWN = { on: '2026-05-05', reason: 'A source asked for it.' }
const NOTICE = 'WITHDRAWN 5 May 2026 · this story was taken down: A source asked for it.'
const DIGESTS = [
  { name: 'morning', title: 'Morning', time: '08:00', days: 'daily', stories: ['quay', 'bridge'] },
  { name: 'quays', title: 'Quays', time: '08:00', days: 'daily', stories: ['quay'] },
]
const files = (withdrawn: object | undefined) => [
  ...storyFiles('bridge', { meta: { command: 'span' } }),
  ...storyFiles('quay', {
    meta: { title: 'The zeppelin', dek: 'Zeppelins.', command: 'harbour', tags: ['zeppelin'], withdrawn },
    people: [{ name: 'Zed Zeppelin', role: 'Pilot', sources: [1] }],
  }),
  { path: 'digests.yml', origin: 'content/digests.yml', text: JSON.stringify(DIGESTS) },
]
const libraryWith = (withdrawn: object | undefined, byDesk = false) => {
  const { stories, digests } = loadContent(files(withdrawn))
  const withdrawals = byDesk ? [{ slug: 'quay', ...WITHDRAWN }] : []
  const visible = visibleAt({ stories, digests, withdrawals, staleDays: 0 }, 0)
  return createLibrary(visible.stories, visible.revision, visible.digests, visible.withdrawn)
}
const library = libraryWith(WITHDRAWN)
const { ask, say, suggest, commands } = startConversation(library)
const LEAK = /zeppelin|the zeppelin|pilot/i

const SPELLINGS = ['quay', 'harbour'].flatMap(name => [
  ...[`/${name}`, `/${name} summary`, `/${name} timeline --page 2`, `/${name} nonsense --nonsense`],
  ...[`/${name} follow`, `/${name} help`, `/nutgraf ${name}`, `/nutgraf ${name} quotes`, `@nutgraf ${name}`],
  ...[`/nutgraf /${name}`, `/NUTGRAF ${name.toUpperCase()}.`, `/nutgraf story ${name}`, `${name} who`],
  ...[
    `/nutgraf story "${name} timeline"`,
    `/story ${name}`,
    `/nutgraf help ${name}`,
    `/nutgraf help /${name}`,
  ],
  ...[`/quote example --story ${name}`, `/nutgraf find bridge --story=${name}`, `/quote —story ${name}`],
])

describe('a story that was taken down', () => {
  test.each(SPELLINGS)('is answered by its notice: %s', typed => {
    expect(say(typed)).toBe(NOTICE)
    expect(ask(typed)).toMatchObject({ parts: [], audience: 'caller', refusal: true })
    // Asking with --public posts nothing, and there is nothing to share.
    expect(ask(`${typed} --public`).refusal).toBe(true)
    expect(ask(typed).buttons ?? []).toEqual([])
  })

  test('by the desk is answered the same', () => {
    const byDesk = startConversation(libraryWith(undefined, true))
    for (const typed of SPELLINGS) expect(byDesk.ask(typed)).toEqual(ask(typed))
  })

  test('is the same wherever it is drawn', () => {
    const notice = withdrawnNotice({ slug: 'quay', ...WITHDRAWN })
    expect(toPlainText(notice)).toBe(NOTICE)
    expect(notice).toMatchObject({ parts: [], audience: 'caller' })
    for (const drawn of [renderSlack(notice), renderDiscord(notice)])
      expect(JSON.stringify(drawn)).toMatch(/WITHDRAWN\W+5 May 2026.*A source asked for it\./)
  })

  test('is found, listed, offered and counted nowhere', () => {
    const lines = [
      ...allLines(library).filter(typed => !typed.includes('quay')),
      ...['/nutgraf find zeppelin', '/quote zeppelin', '/quote zed', '/nutgraf changes --since 2000-01-01'],
      ...['/nutgraf quai', '/nutgraf harbor', '/nutgraf help', '/span nonsense', '/nutgraf nonsense'],
    ]
    const answers = lines.map(typed => [typed, say(typed)])
    expect(answers.filter(([, text]) => /The zeppelin|Zed|Pilot|quay|harbour/.test(text!))).toEqual([])
    expect(say('/nutgraf about')).toContain('Stories: 1')
    const arguments_ = ['name', 'story', 'command', 'stories', 'of', 'digest']
    const offered = ['nutgraf', 'quote', 'digest', 'harbour'].flatMap(command =>
      arguments_.flatMap(argument =>
        ['', 'q', 'h', 'z'].flatMap(typed =>
          suggest({ command, subcommand: 'story', argument, typed, at: 0 }),
        ),
      ),
    )
    expect(offered.length).toBeGreaterThan(10)
    expect(JSON.stringify([offered, completions(commands(), suggest)])).not.toMatch(/quay|harbour|zeppelin/i)
    expect(library.digests).toEqual([expect.objectContaining({ name: 'morning', stories: ['bridge'] })])
  })

  test('keeps its command where a platform knows it, and is advertised by no manifest', () => {
    const slack = slackManifest(commands(), { mode: 'socket', all: true })
    expect(JSON.stringify(slack)).not.toMatch(/harbour|zeppelin/i)
    const discord = discordCommands(commands())
    expect(discord.find(({ name }) => name === 'harbour')).toMatchObject({
      description: 'This story was withdrawn',
    })
    expect(discord.find(({ name }) => name === 'harbour')).not.toHaveProperty('options')
    expect(JSON.stringify(discord)).not.toMatch(LEAK)
  })

  test('is named as such where a digest is to have it', async () => {
    const conversation = await startDigestConversation({ library })
    for (const typed of ['/digest on morning quay', '/digest set morning stories:harbour'])
      expect(await conversation.say(typed)).toBe(`${NOTICE}\n\nNothing was changed.`)
    expect(await conversation.subscriptionsHere()).toEqual([])
  })

  test('is no problem of the content, whatever digests there are', async () => {
    expect((await check(await createContentFolder(files(WITHDRAWN)))).problems).toEqual([])
  })
})
