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

const event = (date: string, text: string, fields = {}) => ({
  date,
  text,
  confidence: 'medium',
  sources: [1],
  ...fields,
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
const { ask, say, buttons, suggest, commands } = startConversation(
  libraryFromFiles(storyFiles('bridge', { timeline: TIMELINE })),
)
const pictureBlock = (reply: Reply) => pictureOf(reply)!
const kinds = (reply: Reply) => reply.blocks.map(block => block.kind)

describe('/quote --card', () => {
  test('the words as a picture, with everything that the plain answer says', () => {
    const words = ask('/quote ana')
    const card = ask('/quote ana --card')
    expect(kinds(card)).toEqual(['picture', 'sources', 'note'])
    expect(toPlainText(card)).toBe(toPlainText(words))
    expect([card.label, card.parts]).toEqual([words.label, words.parts])
    expect(pictureBlock(card).fallback).toEqual([words.blocks[0]])
    expect(pictureBlock(card).picture).toEqual({
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
    expect(pictureBlock(card).alt).toContain(
      '“The bridge stays shut until it is safe, […] Nobody will cross it before then.”',
    )
  })

  test('in dark colours, as text again, and shared', () => {
    expect(buttons('/quote ana --card')).toEqual([
      'Dark version: /quote "Ana Example" #1 --card --dark',
      'As text: /quote "Ana Example" #1',
      'Share to channel: /quote ana --card --public',
    ])
    expect(buttons('/quote ana --card --dark')[0]).toBe('Light version: /quote "Ana Example" #1 --card')
    expect(pictureBlock(ask('/quote ana --card --dark')).picture.dark).toBe(true)
    expect(pictureBlock(ask('/quote ana —card')).picture.dark).toBeUndefined()
  })

  test('shared: its line can be printed, with its flags', () => {
    const reply = ask('/quote ANA --card —dark --public')
    expect(reply).toMatchObject({ canonicalLine: '/quote ana --card --dark', audience: 'place' })
    expect(pictureBlock(reply).picture.dark).toBe(true)
  })

  test('the kind, the remark and the note are inside; reported words have no quotation marks', () => {
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
    expect(pictureBlock(ask('/quote ana --card')).picture).toMatchObject({
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

  test('with several speakers, the buttons lead to their cards', () => {
    expect(buttons('/quote example --card')).toEqual([
      'Ana Example: /quote "Ana Example" --card',
      'Ben Example: /quote "Ben Example" --card',
    ])
    expect(buttons('/quote example --story bridge --card --dark')[0]).toBe(
      'Ana Example: /quote "Ana Example" --story bridge --card --dark',
    )
  })

  test('flags that do not fit are refused', () => {
    expect(say('/quote ana --dark')).toBe('--dark needs a picture: /quote NAME --card --dark')
    expect(say('/quote check "x" --card')).toMatch(/^A check has no picture: .* \/quote NAME --card$/)
    expect(say('/quote ana --card=yes')).toBe('--card takes no value.')
    expect(say('/nutgraf bridge summary --card')).toContain('does not take --card')
    expect(say('/quote ana --chart')).toContain('does not take --chart')
  })

  test.each(['שלום לכם', 'See you 🙂', '桥关了', 'مرحبا'])(
    '“%s” is given as text, with the reason',
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
        `${toPlainText(ask('/quote ana'))}\n\nNo picture: some characters here can’t be drawn. Here is the text.`,
      )
      expect(reply.refusal).toBeUndefined()
    },
  )

  test('too long for alt text, or for the reason: the text is there', () => {
    const conversationWith = (words: string, title: string) => {
      const stored = { 'paper.txt': `"${words}" she said.\n` }
      const quotes = [{ ...QUOTE, words }]
      return startConversation(
        libraryFromFiles(storyFiles('bridge', { facts: [], meta: { title }, stored, quotes })),
      ).say
    }
    const tooLong = conversationWith('It is long. '.repeat(30).trim(), 'T'.repeat(500))
    expect(tooLong('/quote ana --card')).toBe(
      `${tooLong('/quote ana')}\n\nNo picture: this is too long for one. Here is the text.`,
    )
    // Not refused: otherwise a card that is corrected to this would say that its words are gone.
    const foreign = conversationWith('שלום '.repeat(125).trim(), 'The bridge')
    expect(foreign('/quote ana --card')).toBe(foreign('/quote ana'))
  })

  test('a warning added to the label later never turns a picture into text, however long it is', () => {
    const cardWith = (titleLength: number, meta: object = {}, corrections: object[] = []) =>
      startConversation(
        libraryFromFiles(
          storyFiles('bridge', {
            meta: { title: 'T'.repeat(titleLength), checked: undefined, ...meta },
            facts: [],
            corrections,
            stored: { 'paper.txt': '"It is long." she said.\n' },
            quotes: [{ ...QUOTE, words: 'It is long.' }],
          }),
        ),
      ).ask('/quote ana --card')
    const most = ALT_BUDGET - pictureBlock(cardWith(1)).alt.length + 1
    expect(pictureBlock(cardWith(most)).alt).toHaveLength(ALT_BUDGET)
    expect(pictureOf(cardWith(most + 1))).toBeUndefined()
    const entry = { on: '2026-05-05', part: 'label', was: 'a', now: 'b', why: 'c' }
    const warned = cardWith(most, {}, [entry])
    expect(warned.label!.line).toContain('corrected 5 May 2026')
    expect(pictureBlock(warned).picture.label).toContain('corrected 5 May 2026')
    expect(pictureBlock(warned).alt).toHaveLength(ALT_BUDGET + ' · corrected 5 May 2026'.length)
    expect(pictureOf(cardWith(most + 1, {}, [entry]))).toBeUndefined()
    const { label } = phrases
    const longest = ` · ${label.checkNotDated} · ${label.corrected('30 Sept 2026')}`
    expect(ALT_BUDGET + longest.length).toBeLessThanOrEqual(MAX_ALT)
  })
})

describe('timeline --chart', () => {
  test('the turning points as a picture, and as text', () => {
    const reply = ask('/nutgraf bridge timeline --chart')
    expect(kinds(reply)).toEqual(['picture', 'sources'])
    expect(pictureBlock(reply).picture).toEqual({
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
    expect(buttons('/nutgraf bridge timeline --chart')).toEqual([
      'All events: /nutgraf bridge timeline',
      'Dark version: /nutgraf bridge timeline --chart --dark',
      'Share to channel: /nutgraf bridge timeline --chart --public',
    ])
    expect(ask('/nutgraf bridge timeline --chart --dark --public').canonicalLine).toBe(
      '/nutgraf bridge timeline --chart --dark',
    )
  })

  test('an editor’s note on an event is always mentioned', () => {
    const timeline = [
      event('2026-05-02', 'The city closes it.', { major: true, note: 'Until further notice.' }),
    ]
    const reply = startConversation(libraryFromFiles(storyFiles('bridge', { timeline }))).ask(
      '/nutgraf bridge timeline --chart',
    )
    expect(pictureBlock(reply).picture).toMatchObject({
      events: [{ text: 'The city closes it. *' }],
      foot: '* with an editor’s note: see the timeline\nchecked 5 May 2026 · nutgraf',
    })
    expect(toPlainText(reply)).toContain(
      'The city closes it. *\n\n* with an editor’s note: see the timeline\n',
    )
  })

  test('a chart of some days says so, and a range without turning points is refused', () => {
    const ofOneYear = ask('/nutgraf bridge timeline 2026 --chart --dark')
    expect(pictureBlock(ofOneYear).picture).toMatchObject({ dark: true, events: [{ date: '2 May 2026' }] })
    expect(pictureBlock(ofOneYear).picture.label).toMatch(
      /^TIMELINE · 1 turning point of 2 events\nonly 2 May 2026 to 4 May 2026\n/,
    )
    expect(toPlainText(ofOneYear)).toContain('· 1 turning point of 2 events, only 2 May 2026 to 4 May 2026\n')
    expect(pictureBlock(ask('/nutgraf bridge timeline 2025 --chart')).picture.label).toMatch(
      /^TIMELINE · 1 event\nonly 30 Dec 2025\n/,
    )
    expect(buttons('/nutgraf bridge timeline 2026 --chart --dark').slice(0, 2)).toEqual([
      'All events: /nutgraf bridge timeline 2026',
      'Light version: /nutgraf bridge timeline 2026 --chart',
    ])
    expect(buttons('/nutgraf bridge timeline latest --chart')[1]).toBe(
      'Dark version: /nutgraf bridge timeline latest --chart --dark',
    )
    expect(pictureBlock(ask('/nutgraf bridge timeline latest --chart --dark')).picture.dark).toBe(true)
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

  test('flags that do not fit are refused', () => {
    expect(say('/nutgraf bridge timeline --dark')).toBe(
      '--dark needs a picture: /nutgraf bridge timeline --chart --dark',
    )
    expect(say('/nutgraf bridge timeline --chart --page 2')).toBe(
      'There is only one page: /nutgraf bridge timeline --chart',
    )
    expect(say('/nutgraf bridge latest --chart')).toContain('does not take --chart')
  })

  test('characters that cannot be drawn: the list, and the reason', () => {
    const { ask, say } = startConversation(
      libraryFromFiles(
        storyFiles('bridge', { timeline: [event('2026-05-02', 'הגשר נסגר', { major: true })] }),
      ),
    )
    expect(say('/nutgraf bridge timeline --chart')).toContain(
      '\n\nNo picture: some characters here can’t be drawn. Here is the text.\n\n• 2 May 2026 · הגשר נסגר [1]',
    )
    expect(ask('/nutgraf bridge timeline --chart').parts).toContain('bridge/event:2026-05-02-1')
  })

  test('a timeline too long for a picture becomes a list without gaps, and is an error of the content', async () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      event(`2026-05-${index + 10}`, `${'x'.repeat(56)} ${index + 1}.`, { major: true }),
    )
    const fields = { meta: { title: 'T'.repeat(60) }, timeline: [...many, event('2026-05-30', 'All done.')] }
    const { ask, say } = startConversation(libraryFromFiles(storyFiles('bridge', fields)))
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
      storyFiles('bridge', { ...fields, meta: { ...fields.meta, coversTo: '2026-05-30' } }),
    )
    expect((await check(folder)).problems.map(formatProblem).join('\n')).toMatch(
      /timeline\.yml:\d+ the timeline picture has \d+ characters too many: mark fewer events as major, or give them a shorter “short”$/,
    )
  })

  test('every bundled story has a chart and every quote of theirs a card, within every limit', () => {
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
      expect(pictureBlock(reply).alt.length).toBeLessThanOrEqual(MAX_ALT)
      expect(reply.blocks.filter((block: Block) => block.kind === 'picture')).toHaveLength(1)
    }
  })
})

describe('content', () => {
  const problems = (fields: StoryFields) =>
    loadContent(storyFiles('bridge', fields)).problems.map(problem =>
      formatProblem(problem).replace(/^content\/stories\/bridge\//, ''),
    )
  const long = 'The city closes the bridge on Main Street after an inspection.'

  test('a turning point needs few words; there are at most twelve', () => {
    expect(problems({ timeline: [event('2026-05-02', long, { major: true })] })).toEqual([
      'timeline.yml:4 a major event of more than 60 characters needs a “short” for the drawn timeline; this one has 62',
    ])
    expect(problems({ timeline: [event('2026-05-02', long)] })).toEqual([])
    expect(problems({ timeline: [event('2026-05-02', long, { major: true, short: long })] })).toContainEqual(
      expect.stringMatching(/^timeline\.yml:\d+ short: must have at most 60 characters/),
    )
    const many = (count: number) =>
      problems({ timeline: Array.from({ length: count }, () => event('2026-05-02', 'x', { major: true })) })
    expect(many(12)).toEqual([])
    expect(many(13)).toEqual(['timeline.yml:117 at most 12 events may be major in a story'])
  })

  test('other short words are another revision of a turning point, and of nothing else', () => {
    const hash = (fields: object) =>
      partsOf(
        libraryFromFiles(storyFiles('bridge', { timeline: [event('2026-05-02', 'Shut.', fields)] }))
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

test('`ask --save` writes the picture, or says that there is none', async () => {
  const printed: string[] = []
  const record = (text: string | Uint8Array) => printed.push(String(text)) > 0
  vi.spyOn(process.stdout, 'write').mockImplementation(record)
  vi.spyOn(process.stderr, 'write').mockImplementation(record)
  const folder = temporaryFolder()
  const read = readConfig({ DATA_DIR: folder, CONTENT_DIR: 'content' })
  if ('problems' in read) throw new Error(read.problems.join())
  const file = join(folder, 'card.png')
  expect(await askVerb(read.config, '1', ['/quote sessions --card', '--save', file])).toBe(0)
  expect(printed.join('')).toMatch(/^PARTIAL QUOTE.*“every sanctuary city.*The picture is in /s)
  expect(readPixels(await readFile(file)).width).toBe(1_080)
  printed.length = 0
  expect(await askVerb(read.config, '1', ['/quote sessions', '--save', file])).toBe(1)
  expect(printed.join('')).toMatch(/^PARTIAL QUOTE.*Nothing saved: this answer has no picture/s)
  await expect(askVerb(read.config, '1', ['/quote sessions --card', '--save'])).rejects.toThrow(
    'needs the name of a file',
  )
})
