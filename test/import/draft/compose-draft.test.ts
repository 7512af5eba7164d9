import { describe, expect, test } from 'vitest'
import { checkDraft } from '../../../src/check/check-draft.ts'
import type { Story } from '../../../src/content/story.ts'
import type { Draft, ReportLine } from '../../../src/import/draft/draft.ts'
import { readDrafts } from '../../../src/import/draft/read-draft.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'
import {
  article,
  asContent,
  drafted,
  found,
  QUOTATIONS,
  textOf,
  VIADUCT,
} from '../../support/import/drafted.ts'

const MOMENT = { now: Date.parse('2026-08-10T12:00:00Z'), today: '2026-08-10' }
const lines = ({ report }: Draft) => report.map(({ severity, kind }) => `${severity} ${kind}`)
const about = ({ report }: Draft, kind: ReportLine['kind']) => report.filter(line => line.kind === kind)
const entry = (draft: Draft, id: string) => draft.entries.find(each => each.id === id)?.values

describe('a draft of a new story', () => {
  const draft = drafted()

  test('has the words byte for byte, the headline and the outlet, and the people with the roles of the text', () => {
    expect(textOf(draft, 'sources/1.txt')).toBe(VIADUCT)
    expect(draft.source.entry).toMatchObject({
      number: 1,
      outlet: 'Okapi Post',
      date: '2026-08-07',
      kind: 'news',
    })
    expect(textOf(draft, 'story.md')).toMatch(
      /^---\ndraft: true\ntitle: "Quagga viaduct to close for a year"\n/,
    )
    expect(entry(draft, 'okapi-1')).toMatchObject({
      speaker: 'Xenia Okapi',
      role: 'the chief engineer',
      words: 'The viaduct has to rest before it falls,',
      saidOn: '2026-08-06',
    })
    expect(entry(draft, 'Xenia Okapi')).toEqual({
      name: 'Xenia Okapi',
      role: 'the chief engineer',
      sources: [1],
    })
  })

  test('joins what who said it interrupts, and says that somebody without a name said it', () => {
    expect(entry(draft, 'man-1')).toMatchObject({
      speaker: 'a man (unnamed)',
      words: ['We were not asked,', 'Nobody was.'],
      saidOn: 'not given',
    })
    expect(draft.entries.find(({ id }) => id === 'man-1')?.sure).toBe(false)
  })

  test('has dated sentences as the outlet’s words, in their order, and reports the days it does not know', () => {
    const events = draft.entries.filter(({ file }) => file === 'timeline.yml')
    expect(events.map(({ values, sure }) => [values.date, values.expected, sure])).toEqual([
      ['1931', undefined, true],
      // What somebody said on Thursday is a quotation, and no event.
      ['2026-08-03', undefined, true],
      ['2026-08-10', true, false],
    ])
    expect(events[1]?.values.text).toBe(
      'In Okapi Post’s words: The council voted 5 to 4 for the repair on Aug. 3, 2026.',
    )
    expect(about(draft, 'date').map(({ text, line }) => [text, line])).toEqual([
      ['“Last week” gives no day: Last week it had put the vote off.', 5],
    ])
  })

  test('its report begins with the worst, names files and lines, and counts what was left out', () => {
    expect(lines(draft)).toEqual([
      'error speaker',
      'look rights',
      'look date',
      'note role',
      'note marks-left-out',
      'note notices',
      'note rewrite',
    ])
    const [speaker] = draft.report as [ReportLine]
    expect(textOf(draft, 'quotes.yml').split('\n')[speaker.line! - 1]).toBe('- id: man-1')
    expect(about(draft, 'marks-left-out')[0]?.text).toContain('1 marked text')
  })

  test('passes all checks of a story; only what an editor has to write is left', () => {
    const [read] = readDrafts(asContent(draft))
    const { problems, left } = checkDraft(read!, MOMENT)
    expect(problems).toEqual([])
    expect(left.map(({ message }) => message)).toEqual([
      expect.stringContaining('“Summary” is still to be written'),
      expect.stringContaining('“Status” is still to be written'),
      expect.stringContaining('the words of the source'),
      expect.stringContaining('the words of the source'),
    ])
    expect(read!.report).toEqual(draft.report)
  })

  test('nothing is sure of the days if nobody knows when it was published', () => {
    const { published: _, ...undated } = article()
    const draft = drafted({ article: undated })
    expect(draft.entries.filter(({ file }) => file === 'timeline.yml').map(({ id }) => id)).toEqual([
      '1931-1',
      '2026-08-03-1',
    ])
    expect(lines(draft)).toContain('look published')
    expect(entry(draft, 'okapi-1')?.saidOn).toBe('not given')
  })
})

describe('what does not fit', () => {
  test('words that the check would refuse are reported and left out', () => {
    const broken = found(VIADUCT, 'has to rest bef', { speaker: 'Xenia Okapi', role: 'the chief engineer' })
    const draft = drafted({ quotations: [broken] })
    expect(draft.entries.filter(({ file }) => file === 'quotes.yml')).toEqual([])
    expect(draft.report[0]).toMatchObject({ kind: 'words', severity: 'error', line: 3 })
  })

  test('a title, a name and a sentence with signs of YAML and Markdown arrive as they are', () => {
    const text =
      '*Stars*, [13] & <b>signs</b> of `code`: on Aug. 3, 2026 # they met and went_here_ and \\there.\n'
    const title = { value: 'Yes: "No" # [1] – {all} & *more*', from: 'page' as const }
    const draft = drafted({ article: article({ text, title }), quotations: [] })
    const [read] = readDrafts(asContent(draft))
    const { problems } = checkDraft(read!, MOMENT)
    expect(problems).toEqual([])
    const library = libraryFromFiles(
      asContent(draft).flatMap(file =>
        /draft\.yml$/.test(file.path)
          ? []
          : [
              {
                ...file,
                path: file.path.replace('drafts/', 'stories/'),
                text: file.text.replace('draft: true\n', '').replaceAll(/\n {2}(?:tick|sure): .*/g, ''),
              },
            ],
      ),
    )
    expect(library.stories[0]?.title).toBe(title.value)
    expect(library.stories[0]?.timeline[0]?.text).toEqual([`In Okapi Post’s words: ${text.trim()}`])
  })
})

describe('an import for a story', () => {
  const files = storyFiles('bridge', {
    people: [
      {
        name: 'Ana Example',
        aliases: ['Mayor Example'],
        role: 'Mayor of Exampleton',
        from: '2024-01-01',
        until: '2026-06-30',
        sources: [1],
      },
      { name: 'Ben Example', role: 'Head of police, 1 May 2026 to 3 May 2026', sources: [1] },
    ],
    timeline: [
      {
        date: '2026-05-02',
        text: 'The council closes the old bridge by 7 votes to 2 after a long debate.',
        confidence: 'medium',
        sources: [2],
      },
    ],
  })
  const library = libraryFromFiles(files)
  const bridge = library.story('bridge')!
  const text = [
    '“The bridge stays shut until it is really safe,” said Ana Example, mayor of Exampleton.',
    '“We are glad,” said Ben Example, head of police.',
    'The council closes the old bridge by 6 votes to 3 after a long debate on May 4, 2026.',
    '“Nobody will cross it before then.”',
  ].join('\n')
  const into = (published: string) =>
    drafted({
      article: article({
        text,
        url: 'https://www.paper.example/bridge/?utm_source=x',
        published: { date: published, from: 'meta', sure: true },
      }),
      quotations: [
        found(text, 'The bridge stays shut until it is really safe,', {
          speaker: 'Ana Example',
          role: 'mayor of Exampleton',
        }),
        found(text, 'We are glad,', { speaker: 'Ben Example', role: 'head of police' }),
        found(text, 'Nobody will cross it before then.', { speaker: 'Mayor Example' }),
      ],
      slug: 'paper',
      into: bridge,
      stories: [bridge],
    })

  test('takes the next number, free ids and a folder of its own, and has no story.md', () => {
    const draft = into('2026-05-04')
    expect(draft.name).toBe('bridge--paper')
    expect(draft.source.entry.number).toBe(3)
    expect(draft.files.map(({ path }) => path)).toEqual([
      'drafts/bridge--paper/sources.yml',
      'drafts/bridge--paper/sources/3.txt',
      'drafts/bridge--paper/quotes.yml',
      'drafts/bridge--paper/timeline.yml',
      'drafts/bridge--paper/draft.yml',
    ])
    expect(textOf(draft, 'draft.yml')).toContain('\ninto: bridge\n')
    const [read] = readDrafts(asContent(draft))
    expect(checkDraft(read!, MOMENT)).toMatchObject({ problems: [], left: [] })
  })

  test('says first what contradicts the story, and is sure of none of it', () => {
    const draft = into('2026-05-04')
    expect(draft.report.filter(({ severity }) => severity === 'error').map(({ text }) => text)).toEqual([
      'the text calls Ben Example “head of police” on 4 May 2026, and our files have: Head of police, 1 May 2026 to 3 May 2026. Give the role of that day',
      'these words differ from the quotation mayor-1 of the story “bridge”: “The bridge stays shut until it is safe, […] Nobody will cross it before then.”',
      'the story has this on 2 May 2026 (2026-05-02-1), and this text on 4 May 2026',
      'this text has 6, 3 where the story has 7, 2 (2026-05-02-1)',
    ])
    expect(draft.entries.filter(({ sure }) => sure)).toEqual([])
    expect(draft.report.filter(({ kind }) => kind === 'known-source')).toMatchObject([
      {
        severity: 'look',
        text: expect.stringContaining('source 1 of the story “bridge” already, with another'),
      },
    ])
  })

  test('says of a page that the story has how it goes on: its text is new, or cited', () => {
    const knownAs = (source: object) => {
      const known: Story = {
        ...bridge,
        sources: [{ ...bridge.sources[0]!, url: 'https://paper.example/a', ...source }],
      }
      const url = 'http://www.paper.example/a/?utm_source=x'
      const draft = drafted({ article: article({ url }), into: known, stories: [known] })
      return draft.report.flatMap(({ kind, severity, text }) =>
        kind === 'known-source' ? [severity, text] : [],
      )
    }
    const page = 'this page is source 1 of the story “bridge” already'
    expect(knownAs({ text: undefined })).toEqual([
      'note',
      `${page}, without its text: that comes with what you confirm`,
    ])
    expect(knownAs({ text: article().text })).toEqual([
      'note',
      `${page}, with this text: what you confirm cites it`,
    ])
  })

  test('an office within its dates is right; before them or after them it is told, whoever gives the dates', () => {
    const offices = (published: string) => about(into(published), 'office').map(({ entry: id }) => id)
    expect(offices('2026-05-02')).toEqual([])
    expect(offices('2026-07-01')).toEqual(['example-1', 'example-2'])
    expect(offices('2023-12-31')).toEqual(['example-1', 'example-2'])
  })

  test('whom the story knows by another name is called as there', () => {
    const draft = into('2026-05-02')
    expect(entry(draft, 'example-3')).toMatchObject({ speaker: 'Ana Example', role: 'Mayor at the time' })
    expect(about(draft, 'role').map(({ text: line }) => line)).toEqual([
      'the text gives no role for Ana Example; taken from the story: Mayor at the time',
    ])
  })
})

test('the quotations of a transcript are each by themselves, questions without a name are left out, long ones split', () => {
  const long = Array.from(
    { length: 12 },
    (_, index) => `Beam ${index} of the viaduct has lost a third of its width.`,
  )
  const text = `MAYOR OKAPI: We close it today. It has to rest.\nQUESTION: Why?\nMAYOR OKAPI: The beams are thin.\n${long.join(' ')}\n`
  const okapi = { speaker: 'Xenia Okapi', named: 'MAYOR OKAPI', role: 'mayor', turn: 1 }
  const draft = drafted({
    article: article({ text, labels: true }),
    quotations: [
      found(text, 'We close it today. It has to rest.', okapi),
      { ...found(text, 'Why?', { speaker: 'QUESTION', sure: false, turn: 2 }), speakerKind: 'other' },
      found(text, 'The beams are thin.', { ...okapi, turn: 3 }),
      found(text, long.join(' '), { ...okapi, turn: 3 }),
    ],
  })
  expect(draft.source.entry.kind).toBe('primary')
  const quotes = draft.entries.filter(({ file }) => file === 'quotes.yml')
  expect(quotes.map(({ values }) => values.words)).toEqual([
    'We close it today. It has to rest.',
    'The beams are thin.',
    long.slice(0, 11).join(' '),
    long[11],
  ])
  expect(about(draft, 'marks-left-out').map(({ text: line }) => line)).toEqual([
    '1 paragraph left out whose label is nobody’s name, such as QUESTION',
  ])
  expect(textOf(draft, 'story.md')).not.toContain('In Okapi Post’s words')
  const [read] = readDrafts(asContent(draft))
  expect(checkDraft(read!, MOMENT).problems).toEqual([])
})

test('the same draft is composed each time', () => {
  expect(drafted({ quotations: QUOTATIONS.toReversed() })).toEqual(drafted())
})
