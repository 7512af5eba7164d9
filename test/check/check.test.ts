import { describe, expect, test } from 'vitest'
import { check } from '../../src/check/check.ts'
import { readFolder } from '../../src/content/read/folder.ts'
import { formatProblem } from '../../src/content/story.ts'
import { discordCommands } from '../../src/platforms/discord/manifest.ts'
import { slackManifest } from '../../src/platforms/slack/manifest.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { type StoryFields, storyFiles, withChangedFile } from '../support/content/story-files.ts'
import { startConversation } from '../support/conversations/conversation.ts'

const { files: bundled } = await readFolder('content')

/** The problems of a folder, each without the folder's own name. */
async function problemsOf(...files: Parameters<typeof createContentFolder>): Promise<string[]> {
  const folder = await createContentFolder(...files)
  const { problems } = await check(folder)
  return problems.map(problem => formatProblem(problem).replaceAll(`${folder}/stories/`, ''))
}
const problems = (written: StoryFields) => problemsOf(storyFiles('bridge', written))

/** The number of the first line that contains a text. */
const lineIn = (path: string, text: string) => {
  const lines = bundled.find(file => file.path === path)!.text.split('\n')
  return lines.findIndex(line => line.includes(text)) + 1
}

test('the stories that come with the program have no problem, and every answer was drawn', async () => {
  const { problems, lineCount } = await check('content')
  expect(problems).toEqual([])
  expect(lineCount).toBeGreaterThan(300)
})

describe('one changed character', () => {
  const words =
    'harm they are doing to their residents by refusing to cooperate with federal law enforcement, to re'
  const source = 'stories/lawsuit/sources/wqad-2017-08-06.txt'

  test('in a stored quotation', async () => {
    const changed = withChangedFile(bundled, 'lawsuit/quotes.yml', text =>
      text.replace(words, words.replace('harm', 'harn')),
    )
    const line = lineIn('stories/lawsuit/quotes.yml', words)
    const reported = await problemsOf(changed)
    expect(reported).toHaveLength(1)
    expect(reported[0]).toMatch(
      /^lawsuit\/quotes\.yml:\d+ quote “sessions-1”: the words differ from line 17 /,
    )
    expect(reported[0]).toContain(`quotes.yml:${line} `)
    expect(reported[0]).toMatch(
      /after “.*carefully the har” \(source 1, lawsuit\/sources\/wqad-2017-08-06\.txt:17\)$/,
    )
  })

  test('in the stored text of a source', async () => {
    const changed = bundled.map(file =>
      file.path === source
        ? { ...file, text: file.text.replace('political pawns', 'political prawns') }
        : file,
    )
    const reported = await problemsOf(changed)
    expect(reported).not.toEqual([])
    for (const problem of reported)
      expect(problem).toMatch(
        /^lawsuit\/(?:quotes|facts)\.yml:\d+ .*line 11 .*after “.*political p” \(source 1, .*txt:11\)$/,
      )
    expect(reported[0] + reported.join()).toContain(
      `lawsuit/quotes.yml:${lineIn('stories/lawsuit/quotes.yml', 'political pawns')} quote “emanuel-2”`,
    )
  })

  test.each([
    ['’', "'"],
    [' ', '\u00a0'],
    ['-', '–'],
  ])('even one that looks alike: %s', async (from, to) => {
    const text = `"It is${from}so," she said.\n`
    const quote = {
      id: 'q',
      speaker: 'A',
      role: 'b',
      kind: 'direct',
      words: `It is${from}so,`,
      source: 1,
      saidOn: 'not given',
    }
    const written = { stored: { 'paper.txt': text }, quotes: [quote], facts: [] }
    expect(await problems(written)).toEqual([])
    expect(
      await problems({ ...written, stored: { 'paper.txt': text.replace(`is${from}so`, `is${to}so`) } }),
    ).toEqual([expect.stringContaining('quote “q”')])
  })
})

test('a story folder copied under another name, with a command of its own, is everywhere without code', async () => {
  const copy = bundled
    .filter(file => file.path.startsWith('stories/lawsuit/'))
    .map(file => ({ ...file, path: file.path.replace('lawsuit/', 'second-suit/') }))
  const named = withChangedFile(copy, 'story.md', text => text.replace('command: lawsuit', 'command: second'))
  const { library, problems } = await check(await createContentFolder(bundled, named))
  expect(problems).toEqual([])
  const { commands, say, ask, suggest } = startConversation(library)

  const slack = slackManifest(commands(), { mode: 'socket' }).features.slash_commands
  expect(slack.map(({ command }) => command)).toEqual([
    '/nutgraf',
    '/quote',
    '/lawsuit',
    '/second',
    '/digest',
  ])
  const discord = discordCommands(commands())
  expect(discord.map(command => command.name)).toEqual(['nutgraf', 'quote', 'lawsuit', 'second', 'digest'])
  const verbs = (name: string) =>
    discord.find(command => command.name === name)!.options!.map(option => option.name)
  expect(verbs('second')).toEqual(verbs('lawsuit'))

  expect(say('/second summary')).toBe(say('/lawsuit summary'))
  expect(ask('/second summary').parts).toEqual(['second-suit/section:summary', 'second-suit/label'])
  expect(say('/second help')).toContain('/second timeline')
  expect(say('/nutgraf help')).toContain(`all ${library.stories.length} stories`)
  expect(say('/nutgraf help second')).toBe(say('/second help'))
  expect(say('/nutgraf story list')).toContain('/second summary')
  expect(say('/nutgraf secnd')).toContain('/second')
  const query = { command: 'nutgraf', subcommand: 'help', argument: 'command', typed: 'sec', at: 0 }
  expect(suggest(query).map(({ value }) => value)).toEqual(['second'])
})

describe('names', () => {
  test.each([
    ['search', 'slack: /search: Slack keeps this name for itself'],
    ['who', 'slack: /who: Slack keeps this name for itself'],
    ['quote', 'the name “quote” is already a command of nutgraf itself'],
    ['digest', 'the name “digest” is already a command of nutgraf itself'],
    ['nutgraf', 'the name “nutgraf” is already a command of nutgraf itself'],
    ['a'.repeat(32), '33 characters with its slash, at most 32'],
    ['Bridge', 'command: must be lower-case letters, digits and hyphens'],
  ])('no story may claim %s', async (command, message) => {
    const reported = await problems({ meta: { command } })
    expect(reported.join('\n')).toContain(message)
    for (const problem of reported) expect(problem).toMatch(/^bridge\/story\.md:\d+ /)
  })

  test('two stories may not share one', async () => {
    const files = [storyFiles('a', { meta: { command: 'b' } }), storyFiles('b')]
    expect(await problemsOf(...files)).toEqual(['b/story.md:1 the name “b” is already that of the story “a”'])
    const same = [storyFiles('a', { meta: { command: 'c' } }), storyFiles('b', { meta: { command: 'c' } })]
    expect((await problemsOf(...same)).join('\n')).toContain(
      'b/story.md:1 the name “c” is already that of the story “a”',
    )
  })

  test('Slack takes 50 commands; the story that is one too many is named', async () => {
    const files = Array.from({ length: 48 }, (_, index) =>
      storyFiles(`s${index + 10}`, { meta: { command: `s${index + 10}` } }),
    )
    expect(await problemsOf(...files)).toEqual([
      's57/story.md:1 slack: /s57: Slack allows at most 50 commands',
    ])
  })
})

describe('what an editor must not forget', () => {
  const summary = (words: number, cited = ' [1]') => `## Summary\n\n${'word '.repeat(words).trim()}${cited}\n`

  test.each<[string, StoryFields, string[]]>([
    ['a summary', { body: '## Background\n\nx [1]\n' }, ['bridge/story.md:1 there is no “## Summary”']],
    [
      'at most 120 words',
      { body: summary(121) },
      ['bridge/story.md:18 the summary has 121 words, at most 120'],
    ],
    [
      'a source of the summary',
      { body: summary(9, '') },
      ['bridge/story.md:18 the summary cites no source, such as [1]'],
    ],
    [
      'verbs stay what they are',
      { body: `${summary(9)}\n## Timeline\n\nx\n` },
      ['bridge/story.md:22 “Timeline” would hide the verb timeline'],
    ],
    [
      'a verb of later is kept free',
      { body: `${summary(9)}\n## Follow\n\nx\n` },
      ['bridge/story.md:22 “Follow” would hide the verb follow'],
    ],
    [
      'a heading can be typed',
      { body: `${summary(9)}\n## Город\n\nx\n` },
      ['bridge/story.md:22 “Город” gives no word to type: 1 to 32 plain letters, digits and hyphens'],
    ],
    [
      'coversTo reaches the last event',
      { meta: { coversTo: '2026-05-03' } },
      ['bridge/timeline.yml:19 this event is later than coversTo (2026-05-03) in story.md'],
    ],
  ])('%s', async (_, written, wanted) => {
    expect(await problems(written)).toEqual(wanted)
  })

  test('every piece fits on a phone, and the summary on one page', async () => {
    const long = 'A very long sentence that goes on and on. '
    const reported = await problems({
      meta: { command: 'span' },
      body: `## Summary\n\n${'Syllables '.repeat(60)}[1]\n\n${'Syllables '.repeat(50)}\n\n## Background\n\n${long.repeat(25)}\n`,
      timeline: [{ date: '2026-05-01', text: long.repeat(25), confidence: 'medium' }],
    })
    expect(reported).toContainEqual(
      expect.stringMatching(
        /^bridge\/story\.md:\d+ \/span background: \d+ characters in one piece, at most 900/,
      ),
    )
    expect(reported).toContainEqual(
      expect.stringMatching(
        /^bridge\/timeline\.yml:\d+ \/span timeline: \d+ characters in one piece, at most 900/,
      ),
    )
    expect(reported).toContainEqual(
      expect.stringMatching(/^bridge\/story\.md:\d+ \/span summary: does not fit on one page/),
    )
  })
})

test('problems are told by file and line, the first first', async () => {
  const reported = await problems({
    meta: { coversTo: '2026-01-01' },
    body: '## Background\n\nx\n',
    corrections: [{ on: '2026-05-05', part: 'fact:none', was: 'a', now: 'b', why: 'c' }],
  })
  expect(reported.map(problem => problem.split(':')[0])).toEqual([
    'bridge/corrections.yml',
    'bridge/story.md',
    'bridge/timeline.yml',
  ])
})
