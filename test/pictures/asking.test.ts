import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { toPlainText } from '../../src/chat/plain-text.ts'
import { ALT_BUDGET, type Block, MAX_ALT, pictureOf, type Reply } from '../../src/chat/reply.ts'
import { check } from '../../src/check/check.ts'
import { ask as askVerb } from '../../src/cli/ask.ts'
import { readConfig } from '../../src/config.ts'
import { partsOf } from '../../src/content/parts.ts'
import { loadContent } from '../../src/content/read/load.ts'
import { formatProblem } from '../../src/content/story.ts'
import { phrases } from '../../src/phrases/phrases.ts'
import { completions, matchCompletions } from '../../src/platforms/preview/completions.ts'
import { createContentFolder } from '../support/content/content-folder.ts'
import { libraryFromFiles, QUOTE, type StoryFields, storyFiles } from '../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'
import { readPixels } from '../support/pictures/pixels.ts'
import { temporaryFolder } from '../support/start-process.ts'

afterEach(() => vi.restoreAllMocks())

const event = (date: string, text: string, more = {}) => ({
  date,
  text,
  confidence: 'medium',
  sources: [1],
  ...more,
})
const TIMELINE = [
  event('2025-12-30', 'An inspection finds rust.', { major: true }),
  event('2026-05-02', 'The city closes the bridge. '.repeat(4).trim(), {
    major: true,
    short: 'Bridge closed',
    sources: [1, 2],
  }),
  event('2026-05-04', 'Drivers protest.'),
]
const {
  ask,
  say,
  buttons: lines,
  suggest,
  commands,
} = startConversation(libraryFromFiles(storyFiles('bridge', { timeline: TIMELINE })))
const drawn = (reply: Reply) => pictureOf(reply)!
const kinds = (reply: Reply) => reply.blocks.map(block => block.kind)

describe('/quote --card', () => {
  test('the words as a picture, with all that the plain answer says', () => {
    const words = ask('/quote ana')
    const card = ask('/quote ana --card')
    expect(kinds(card)).toEqual(['picture', 'sources', 'note'])
    expect(toPlainText(card)).toBe(toPlainText(words))
    expect([card.label, card.parts]).toEqual([words.label, words.parts])
    expect(drawn(card).fallback).toEqual([words.blocks[0]])
    expect(drawn(card).picture).toEqual({
      kind: 'card',
      label: `QUOTE\n${ask('/nutgraf bridge').label!.line}`,
      words: 'The bridge stays shut until it is safe, […] Nobody will cross it before then.',
      marks: true,
      about: [
        'Ana Example',
        'Mayor at the time',
        'The Paper, 2 May 2026, line 3 of our copy',
        'said 2 May 2026',
      ],
      foot: 'The bridge on Main Street\nchecked 5 May 2026 · nutgraf',
    })
    expect(drawn(card).alt).toContain(
      '“The bridge stays shut until it is safe, […] Nobody will cross it before then.”',
    )
  })

  test('by night, as words again, and shared', () => {
    expect(lines('/quote ana --card')).toEqual([
      'Dark version: /quote "Ana Example" #1 --card --dark',
      'As text: /quote "Ana Example" #1',
      'Share to channel: /quote ana --card --public',
    ])
    expect(lines('/quote ana --card --dark')[0]).toBe('Light version: /quote "Ana Example" #1 --card')
    expect(drawn(ask('/quote ana --card --dark')).picture.dark).toBe(true)
    expect(drawn(ask('/quote ana —card')).picture.dark).toBeUndefined()
  })

  test('said for all: the line can be printed, flags and all', () => {
    const reply = ask('/quote ANA --card —dark --public')
    expect(reply).toMatchObject({ canonicalLine: '/quote ana --card --dark', audience: 'place' })
    expect(drawn(reply).picture.dark).toBe(true)
  })

  test('the kind, the remark and the note stand inside; what is reported has no marks', () => {
    const { ask } = startConversation(
      libraryFromFiles(
        storyFiles('bridge', {
          quotes: [
            {
              ...QUOTE,
              kind: 'reported',
              words: 'see you in June',
              remark: 'a joke',
              note: 'Nobody *said* it.',
            },
          ],
        }),
      ),
    )
    expect(drawn(ask('/quote ana --card')).picture).toMatchObject({
      label: expect.stringMatching(/^REPORTED, NOT A QUOTATION · a joke\nDEVELOPING STORY · /),
      marks: false,
      about: [
        'The Paper’s words, not in quotation marks, about Ana Example',
        'Mayor at the time',
        expect.anything(),
        expect.anything(),
      ],
      note: 'Editor’s note: Nobody said it.',
    })
  })

  test('several speakers: the buttons go on to their cards', () => {
    expect(lines('/quote example --card')).toEqual([
      'Ana Example: /quote "Ana Example" --card',
      'Ben Example: /quote "Ben Example" --card',
    ])
    expect(lines('/quote example --story bridge --card --dark')[0]).toBe(
      'Ana Example: /quote "Ana Example" --story bridge --card --dark',
    )
  })

  test('what it is not for is refused', () => {
    expect(say('/quote ana --dark')).toBe('--dark is for a picture: /quote NAME --card --dark')
    expect(say('/quote check "x" --card')).toMatch(/^A check has no picture: .* \/quote NAME --card$/)
    expect(say('/quote ana --card=yes')).toBe('--card takes no value.')
    expect(say('/nutgraf bridge summary --card')).toContain('does not take --card')
    expect(say('/quote ana --chart')).toContain('does not take --chart')
  })

  test.each(['שלום לכם', 'See you 🙂', '桥关了', 'مرحبا'])(
    'no picture of “%s”: the words, and why',
    words => {
      const { ask } = startConversation(
        libraryFromFiles(
          storyFiles('bridge', {
            facts: [],
            stored: { 'paper.txt': `"${words}" she said.\n` },
            quotes: [{ ...QUOTE, words }],
          }),
        ),
      )
      const reply = ask('/quote ana --card')
      expect(toPlainText(reply)).toBe(
        `${toPlainText(ask('/quote ana'))}\n\nNo picture: some letters here can’t be drawn. These are the words.`,
      )
      expect(reply.refusal).toBeUndefined()
    },
  )

  test('too long to be described, or to be told why: the words are there', () => {
    const told = (words: string, title: string) => {
      const stored = { 'paper.txt': `"${words}" she said.\n` }
      const quotes = [{ ...QUOTE, words }]
      return startConversation(
        libraryFromFiles(storyFiles('bridge', { facts: [], meta: { title }, stored, quotes })),
      ).say
    }
    const tooLong = told('It is long. '.repeat(30).trim(), 'T'.repeat(500))
    expect(tooLong('/quote ana --card')).toBe(
      `${tooLong('/quote ana')}\n\nNo picture: this is too long for one. These are the words.`,
    )
    // Not refused: a card that is corrected to this would say that its words are gone.
    const foreign = told('שלום '.repeat(125).trim(), 'The bridge')
    expect(foreign('/quote ana --card')).toBe(foreign('/quote ana'))
  })

  test('a warning in the label, which may come any day, makes no picture of words, however long the words are', () => {
    const on = (title: number, more: object = {}, corrections: object[] = []) =>
      startConversation(
        libraryFromFiles(
          storyFiles('bridge', {
            meta: { title: 'T'.repeat(title), checked: undefined, ...more },
            ...{ facts: [], corrections, stored: { 'paper.txt': '"It is long." she said.\n' } },
            quotes: [{ ...QUOTE, words: 'It is long.' }],
          }),
        ),
      ).ask('/quote ana --card')
    const most = ALT_BUDGET - drawn(on(1)).alt.length + 1
    expect(drawn(on(most)).alt).toHaveLength(ALT_BUDGET)
    expect(pictureOf(on(most + 1))).toBeUndefined()
    const entry = { on: '2026-05-05', part: 'label', was: 'a', now: 'b', why: 'c' }
    const warned = on(most, {}, [entry])
    expect(warned.label!.line).toContain('corrected 5 May 2026')
    expect(drawn(warned).picture.label).toContain('corrected 5 May 2026')
    expect(drawn(warned).alt).toHaveLength(ALT_BUDGET + ' · corrected 5 May 2026'.length)
    expect(pictureOf(on(most + 1, {}, [entry]))).toBeUndefined()
    const { label } = phrases
    const longest = ` · ${label.checkNotDated} · ${label.corrected('30 Sept 2026')}`
    expect(ALT_BUDGET + longest.length).toBeLessThanOrEqual(MAX_ALT)
  })
})

describe('timeline --chart', () => {
  test('the turning points as a picture, and in words', () => {
    const reply = ask('/nutgraf bridge timeline --chart')
    expect(kinds(reply)).toEqual(['picture', 'sources'])
    expect(drawn(reply).picture).toEqual({
      kind: 'chart',
      label: `TIMELINE · 2 turning points of 3 events\n${reply.label!.line}`,
      title: 'The bridge on Main Street',
      events: [
        { date: '30 Dec 2025', text: 'An inspection finds rust.' },
        { date: '2 May 2026', text: 'Bridge closed' },
      ],
      foot: 'checked 5 May 2026 · nutgraf',
    })
    expect(toPlainText(reply)).toBe(
      `${reply.label!.line}\n\nThe bridge on Main Street · 2 turning points of 3 events\n\n• 30 Dec 2025 · An inspection finds rust.\n• 2 May 2026 · Bridge closed\n\nSources 1, 2 · checked 5 May 2026`,
    )
    expect(reply.parts).toEqual(['bridge/event:2025-12-30-1', 'bridge/event:2026-05-02-1', 'bridge/label'])
    expect(lines('/nutgraf bridge timeline --chart')).toEqual([
      'All events: /nutgraf bridge timeline',
      'Dark version: /nutgraf bridge timeline --chart --dark',
      'Share to channel: /nutgraf bridge timeline --chart --public',
    ])
    expect(ask('/nutgraf bridge timeline --chart --dark --public').canonicalLine).toBe(
      '/nutgraf bridge timeline --chart --dark',
    )
  })

  test('that an event has an editor’s note is never left out', () => {
    const timeline = [
      event('2026-05-02', 'The city closes it.', { major: true, note: 'Until further notice.' }),
    ]
    const reply = startConversation(libraryFromFiles(storyFiles('bridge', { timeline }))).ask(
      '/nutgraf bridge timeline --chart',
    )
    expect(drawn(reply).picture).toMatchObject({
      events: [{ text: 'The city closes it. *' }],
      foot: '* with an editor’s note: see the timeline\nchecked 5 May 2026 · nutgraf',
    })
    expect(toPlainText(reply)).toContain(
      'The city closes it. *\n\n* with an editor’s note: see the timeline\n',
    )
  })

  test('of some days only, which it says itself, and what there is none of', () => {
    const some = ask('/nutgraf bridge timeline 2026 --chart --dark')
    expect(drawn(some).picture).toMatchObject({ dark: true, events: [{ date: '2 May 2026' }] })
    expect(drawn(some).picture.label).toMatch(
      /^TIMELINE · 1 turning point of 2 events\nonly 2 May 2026 to 4 May 2026\n/,
    )
    expect(toPlainText(some)).toContain('· 1 turning point of 2 events, only 2 May 2026 to 4 May 2026\n')
    expect(drawn(ask('/nutgraf bridge timeline 2025 --chart')).picture.label).toMatch(
      /^TIMELINE · 1 event\nonly 30 Dec 2025\n/,
    )
    expect(lines('/nutgraf bridge timeline 2026 --chart --dark').slice(0, 2)).toEqual([
      'All events: /nutgraf bridge timeline 2026-01-01..2026-12-31',
      'Light version: /nutgraf bridge timeline 2026-01-01..2026-12-31 --chart',
    ])
    expect(lines('/nutgraf bridge timeline latest --chart')[1]).toBe(
      'Dark version: /nutgraf bridge timeline latest --chart --dark',
    )
    expect(drawn(ask('/nutgraf bridge timeline latest --chart --dark')).picture.dark).toBe(true)
    expect(say('/nutgraf bridge timeline --since 2026-05-04 --chart')).toBe(
      'No turning point in that time. All of them: /nutgraf bridge timeline --chart',
    )
    expect(
      startConversation(libraryFromFiles(storyFiles('bridge'))).say('/nutgraf bridge timeline --chart'),
    ).toBe(
      'No event there is marked as a turning point, so there is nothing to draw. All events: /nutgraf bridge timeline',
    )
    expect(say('/nutgraf bridge timeline 1999 --chart')).toMatch(/^DEVELOPING.*No events in that time/s)
  })

  test('what it is not for is refused', () => {
    expect(say('/nutgraf bridge timeline --dark')).toBe(
      '--dark is for a picture: /nutgraf bridge timeline --chart --dark',
    )
    expect(say('/nutgraf bridge timeline --chart --page 2')).toBe(
      'There is only one page: /nutgraf bridge timeline --chart',
    )
    expect(say('/nutgraf bridge latest --chart')).toContain('does not take --chart')
  })

  test('letters that cannot be drawn: the list, and why', () => {
    const { ask, say } = startConversation(
      libraryFromFiles(
        storyFiles('bridge', { timeline: [event('2026-05-02', 'הגשר נסגר', { major: true })] }),
      ),
    )
    expect(say('/nutgraf bridge timeline --chart')).toContain(
      '\n\nNo picture: some letters here can’t be drawn. These are the words.\n\n• 2 May 2026 · הגשר נסגר [1]',
    )
    expect(ask('/nutgraf bridge timeline --chart').parts).toContain('bridge/event:2026-05-02-1')
  })

  test('what is too long for a picture is a list of which no page leaves an event out, and an error of the content', async () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      event(`2026-05-${index + 10}`, `${'x'.repeat(56)} ${index + 1}.`, { major: true }),
    )
    const written = { meta: { title: 'T'.repeat(60) }, timeline: [...many, event('2026-05-30', 'All done.')] }
    const { ask, say } = startConversation(libraryFromFiles(storyFiles('bridge', written)))
    expect(say('/nutgraf bridge timeline --chart')).toContain('\n\nNo picture: this is too long for one.')
    const seen: string[] = []
    let line: string | undefined = '/nutgraf bridge timeline --chart'
    while (line !== undefined) {
      const page: Reply = ask(line)
      seen.push(...page.parts.filter(part => part.includes('/event:')))
      line = page.buttons?.find(({ label }) => label === 'Next page')?.line
    }
    expect(seen).toHaveLength(13)
    const folder = await createContentFolder(
      storyFiles('bridge', { ...written, meta: { ...written.meta, coversTo: '2026-05-30' } }),
    )
    expect((await check(folder)).problems.map(formatProblem).join('\n')).toMatch(
      /timeline\.yml:\d+ the drawn timeline has \d+ letters too many: mark fewer events as major, or give them a shorter “short”$/,
    )
  })

  test('the bundled stories have one, and every quotation of theirs has a card, within every limit', () => {
    const { ask } = startConversation(bundledLibrary)
    const replies = [
      ...bundledLibrary.stories.map(({ slug }) => ask(`/nutgraf ${slug} timeline --chart`)),
      ...bundledLibrary
        .allSpeakers()
        .flatMap(({ name, quotes }) =>
          quotes.map((_, index) => ask(`/quote "${name}" #${index + 1} --card`)),
        ),
    ]
    expect(replies.length).toBeGreaterThan(40)
    for (const reply of replies) {
      expect(drawn(reply).alt.length).toBeLessThanOrEqual(MAX_ALT)
      expect(reply.blocks.filter((block: Block) => block.kind === 'picture')).toHaveLength(1)
    }
  })
})

describe('content', () => {
  const problems = (written: StoryFields) =>
    loadContent(storyFiles('bridge', written)).problems.map(one =>
      formatProblem(one).replace(/^content\/stories\/bridge\//, ''),
    )
  const long = 'The city closes the bridge on Main Street after an inspection.'

  test('a turning point needs few words; there are at most twelve', () => {
    expect(problems({ timeline: [event('2026-05-02', long, { major: true })] })).toEqual([
      'timeline.yml:4 a major event of more than 60 letters needs a “short” for the drawn timeline; this one has 62',
    ])
    expect(problems({ timeline: [event('2026-05-02', long)] })).toEqual([])
    expect(problems({ timeline: [event('2026-05-02', long, { major: true, short: long })] })).toContainEqual(
      expect.stringMatching(/^timeline\.yml:\d+ short: must have at most 60 letters/),
    )
    const many = (count: number) =>
      problems({ timeline: Array.from({ length: count }, () => event('2026-05-02', 'x', { major: true })) })
    expect(many(12)).toEqual([])
    expect(many(13)).toEqual(['timeline.yml:117 at most 12 events may be major in a story'])
  })

  test('other short words are another revision of a turning point, and of nothing else', () => {
    const hash = (more: object) =>
      partsOf(
        libraryFromFiles(storyFiles('bridge', { timeline: [event('2026-05-02', 'Shut.', more)] }))
          .stories[0]!,
      ).find(({ part }) => part.includes('event:'))!.hash
    expect(hash({ major: true, short: 'a' })).not.toBe(hash({ major: true, short: 'b' }))
    expect(hash({ major: true })).toBe(hash({}))
    expect(hash({ short: 'a' })).toBe(hash({}))
  })
})

test('the prompt completes the flags of what is typed', () => {
  const completed = (typed: string) =>
    matchCompletions(completions(commands(), suggest, typed), typed).map(({ line }) => line)
  expect(completed('/quote ana --c')).toEqual(['/quote ana --card'])
  expect(completed('/quote ana --card --')).toEqual([
    '/quote ana --card --story',
    '/quote ana --card --dark',
    '/quote ana --card --public',
  ])
  expect(completed('/quote check "x" --')).toEqual([])
})

test('`ask --save` writes the picture, and says so where there is none', async () => {
  const told: string[] = []
  const hear = (text: string | Uint8Array) => told.push(String(text)) > 0
  vi.spyOn(process.stdout, 'write').mockImplementation(hear)
  vi.spyOn(process.stderr, 'write').mockImplementation(hear)
  const folder = temporaryFolder()
  const read = readConfig({ DATA_DIR: folder, CONTENT_DIR: 'content' })
  if ('problems' in read) throw new Error(read.problems.join())
  const file = join(folder, 'card.png')
  expect(await askVerb(read.config, '1', ['/quote sessions --card', '--save', file])).toBe(0)
  expect(told.join('')).toMatch(/^PARTIAL QUOTE.*“every sanctuary city.*The picture is in /s)
  expect(readPixels(await readFile(file)).width).toBe(1_080)
  told.length = 0
  expect(await askVerb(read.config, '1', ['/quote sessions', '--save', file])).toBe(1)
  expect(told.join('')).toMatch(/^PARTIAL QUOTE.*Nothing saved: this answer has no picture/s)
  await expect(askVerb(read.config, '1', ['/quote sessions --card', '--save'])).rejects.toThrow(
    'takes the name of a file',
  )
})
