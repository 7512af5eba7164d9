import { describe, expect, test } from 'vitest'
import { loadContent } from '../../../src/content/read/load.ts'
import { formatProblem } from '../../../src/content/story.ts'
import {
  PAPER,
  QUOTE,
  type StoryFields,
  storyFiles,
  withChangedFile,
} from '../../support/content/story-files.ts'

type Files = ReturnType<typeof storyFiles>

const problemsOf = (files: Files) =>
  loadContent(files).problems.map(problem => formatProblem(problem).replace('content/stories/bridge/', ''))
const problems = (written: StoryFields) => problemsOf(storyFiles('bridge', written))

/**
 * Replaces `{Zebra}` with the number of the line that contains this text, and `{Zebra#2}` with that of the second one.
 */
const withLineNumber = (files: Files, problem: string) =>
  problem.replace(/^([\w./]+):\{(.+?)(?:#(\d))?\}/, (_, path: string, text: string, nth = '1') => {
    const lines = files.find(file => file.path.endsWith(`/${path}`))!.text.split('\n')
    const matches = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []))
    return `${path}:${matches[Number(nth) - 1]}`
  })
const file = (path: string, text: string) => ({ path, text, origin: path })

describe('each mistake is reported with its file and line', () => {
  test.each<[string, string, string[]]>([
    ['bad YAML', '- id: a\n   role: b\n', ['quotes.yml:2 the fields of an entry begin in one column']],
    ['a key twice', '- id: a\n  id: b\n', ['quotes.yml:2 the field “id” is here for the second time']],
    ['not a list', 'id: a\n', ['quotes.yml:1 must be a list']],
    [
      'an unknown field, a bad date, a missing one',
      '- id: a\n  speaker: A\n  rolle: x\n  kind: direct\n  words: "x"\n  source: 1\n  saidOn: 2026-13-01\n',
      ['quotes.yml:3 rolle: unknown field: is it “role”?', 'quotes.yml:7 saidOn: must be a date like'],
    ],
    [
      'an unknown kind',
      '- id: a\n  speaker: A\n  role: x\n  kind: loud\n  words: "x"\n  source: 1\n  saidOn: not given\n',
      ['quotes.yml:4 kind: '],
    ],
    [
      'an alias that expands to too much',
      '- &a [x, x]\n- &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n- &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n- [*c, *c, *c, *c, *c, *c, *c]\n',
      ['quotes.yml:1 “&” and “*” repeat values too often'],
    ],
  ])('quotes.yml: %s', (_, text, expected) => {
    const reported = problemsOf(withChangedFile(storyFiles('bridge'), 'quotes.yml', () => text)).filter(
      problem => !problem.includes('stories'),
    )
    for (const problem of expected) expect(reported).toContainEqual(expect.stringContaining(problem))
  })

  test.each<[string, StoryFields, string[]]>([
    [
      'a missing source',
      { quotes: [{ ...QUOTE, source: 9 }] },
      ['quotes.yml:{"words"} quote “mayor-1”: there is no source 9'],
    ],
    [
      'a source without a stored text',
      { quotes: [{ ...QUOTE, source: 2 }] },
      ['quotes.yml:{"words"} quote “mayor-1”: source 2 has no stored text'],
    ],
    [
      'words that differ by one character',
      {
        quotes: [
          {
            ...QUOTE,
            words: ['The bridge stays shut until it is safe', 'Nobody will cross it beforе then.'],
          },
        ],
      },
      [
        'quotes.yml:{"words"} quote “mayor-1”: the words differ from line 3 of the stored text after “Nobody will cross it befor” (source 1, content/stories/bridge/sources/paper.txt:3)',
      ],
    ],
    [
      'words that are not in the source',
      { quotes: [{ ...QUOTE, words: 'Zebra.' }] },
      [
        'quotes.yml:{"words"} quote “mayor-1”: “Zebra.” is not in the stored text (source 1, content/stories/bridge/sources/paper.txt)',
      ],
    ],
    [
      'passages in the wrong order',
      { quotes: [{ ...QUOTE, words: QUOTE.words.toReversed() }] },
      [
        'quotes.yml:{"words"} quote “mayor-1”: in the stored text, “The bridge stays shut until it is safe,” is before the passage listed above it (source 1, content/stories/bridge/sources/paper.txt:3)',
      ],
    ],
    [
      'the outlet’s own words as a quotation',
      { quotes: [{ ...QUOTE, words: 'see you in June' }] },
      [
        'quotes.yml:{"words"} quote “mayor-1”: in the source these words are not in quotation marks: is it “kind: reported”?',
      ],
    ],
    ['a repeated id', { quotes: [QUOTE, QUOTE] }, ['quotes.yml:{"id"#2} second entry with the id “mayor-1”']],
    [
      'not a date',
      { timeline: [{ date: '2026-02-30', text: 'x', confidence: 'high' }] },
      ['timeline.yml:{"date"} date: must be a date like 2017-08-07'],
    ],
    [
      'events out of order',
      {
        timeline: [
          { date: '2026-02-03', text: 'x', confidence: 'high' },
          { date: '2026-02-02', text: 'x', confidence: 'high' },
        ],
      },
      ['timeline.yml:{2026-02-02} events must be in the order of their dates'],
    ],
    [
      'a missing source in an event',
      { timeline: [{ date: '2026-02-03', text: 'x', confidence: 'high', sources: [1, 7] }] },
      ['timeline.yml:{ {} there is no source 7'],
    ],
    [
      'a citation in a text',
      { timeline: [{ date: '2026-02-03', text: 'x [1]', confidence: 'high' }] },
      ['timeline.yml:{"text"} sources are cited in `sources:`, not in the text'],
    ],
    [
      'two paragraphs',
      { people: [{ name: 'A', role: 'b', about: 'x\n\ny' }] },
      ['people.yml:{"about"} must be one paragraph'],
    ],
    [
      'a link that is not one',
      { people: [{ name: 'A', role: 'b', about: '[x](javascript:alert(1))' }] },
      ['people.yml:{"about"} a link must begin with http:// or https://'],
    ],
    [
      'HTML',
      { people: [{ name: 'A', role: 'b', about: 'a <b>x</b>' }] },
      ['people.yml:{"about"} HTML is not shown: take it out'],
    ],
    [
      'a claim that is not in its source, even when it is not printed',
      {
        facts: [
          {
            id: 'a',
            text: 'x',
            confidence: 'high',
            print: false,
            claim: { says: 'x', source: 1, words: 'Zebra.', verdict: 'x' },
          },
        ],
      },
      [
        'facts.yml:{"words"} fact “a”: “Zebra.” is not in the stored text (source 1, content/stories/bridge/sources/paper.txt)',
      ],
    ],
    [
      'a correction of a missing part',
      { corrections: [{ on: '2026-05-05', part: 'event:2026-05-09-1', was: 'a', now: 'b', why: 'c' }] },
      ['corrections.yml:{"part"} there is no event:2026-05-09-1 in this story'],
    ],
    [
      'a correction of something that is not a part',
      { corrections: [{ on: '2026-05-05', part: 'speech', was: 'a', now: 'b', why: 'c' }] },
      [
        'corrections.yml:{"part"} part: must be quote:ID, event:ID, expected:ID, fact:ID, section:NAME or label',
      ],
    ],
    ['a missing date', { meta: { coversTo: undefined } }, ['story.md:2 coversTo: is missing']],
    ['an unknown field', { meta: { titel: 'x' } }, ['story.md:{"titel"} titel: unknown field']],
    ['an empty title', { meta: { title: '  ' } }, ['story.md:{"title"} title: must not be empty']],
    [
      'text before a heading',
      { body: 'Hello.\n\n## Summary\n\nx [1]\n' },
      ['story.md:{Hello} text before the first “## ” heading'],
    ],
    [
      'a repeated section',
      { body: '## Summary\n\nx [1]\n\n## Summary\n\ny\n' },
      ['story.md:{## Summary#2} second section “Summary”'],
    ],
    [
      'a heading of another level',
      { body: '## Summary\n\nx [1]\n\n### More\n' },
      ['story.md:{### More} a heading begins with two signs and a space'],
    ],
    [
      'a missing source in a section',
      { body: '## Summary\n\nx [1, 8]\n' },
      ['story.md:{## Summary} there is no source 8'],
    ],
    [
      'a list in a list',
      { body: '## Summary\n\n- a\n  - b\n' },
      ['story.md:{- a} a list item must be one paragraph'],
    ],
  ])('%s', (_, written, expected) => {
    const files = storyFiles('bridge', written)
    expect(problemsOf(files).sort()).toEqual(
      expected.map(problem => expect.stringContaining(withLineNumber(files, problem))),
    )
  })

  test.each([
    ['a control character', 'The\u0007 city'],
    ['NUL', 'The\u0000city'],
    ['half of an emoji', 'The \ud83e city'],
    ['a character that changes the text direction', 'The \u202eytic'],
    ['one that ends again', 'The \u2067city\u2069'],
  ])('text that would break a message is refused in every field: %s', (_, text) => {
    const reported = problemsOf(
      storyFiles('bridge', {
        meta: { title: text },
        quotes: [{ ...QUOTE, role: text }],
        timeline: [{ date: '2026-05-01', text, confidence: 'high' }],
      }),
    )
    const message = 'must not contain control characters, half of a character, or characters that change'
    expect(reported).toEqual([
      expect.stringContaining(`story.md:3 title: ${message}`),
      expect.stringContaining(`timeline.yml:4 text: ${message}`),
      expect.stringContaining(`quotes.yml:8 role: ${message}`),
    ])
  })

  test('the same characters as entities; long or invisible names; long addresses', () => {
    const [problem] = problemsOf(storyFiles('bridge', { body: '## Summary\n\nThe city &#8238; x. [1]\n' }))
    expect(problem).toContain('story.md:20 contains a control character, or a character that changes')
    const person = (name: string) =>
      problemsOf(storyFiles('bridge', { people: [{ name, role: 'r' }] })).map(
        problem => problem.split(/:\d+ /)[1],
      )
    expect(person('n'.repeat(100))).toEqual([])
    expect(person('n'.repeat(101))).toEqual(['name: must have at most 100 characters'])
    expect(person('\u200b\u2060')).toEqual(['name: must contain a visible character'])
    expect(person('م\u200fن 👩‍👩‍👧')).toEqual([])
    const withLink = (rest: string) =>
      problemsOf(
        storyFiles('bridge', { body: `## Summary\n\nSee [it](https://e.example/${rest}). [1]\n` }),
      ).map(problem => problem.split(/:\d+ /)[1])
    expect(withLink('a'.repeat(1_982))).toEqual([])
    expect(withLink('a'.repeat(1_983))).toEqual(['an address must have at most 2000 characters'])
    expect(withLink('é'.repeat(331))).toEqual(['an address must have at most 2000 characters'])
  })

  test('sources.yml: a repeated number, a missing text, one without rights, one without an entry', () => {
    const source = (number: number, fields: object) => ({
      number,
      outlet: 'A',
      title: 'b',
      kind: 'news',
      ...fields,
    })
    const sources = [
      source(1, { text: 'paper.txt' }),
      source(1, { text: 'none.txt' }),
      source(2, { url: 'ftp://x.example' }),
    ]
    expect(
      problems({ sources, quotes: [], facts: [], stored: { 'paper.txt': PAPER, 'extra.txt': 'x' } }),
    ).toEqual([
      'sources.yml:21 url: must be an http or https address',
      'sources.yml:2 source 1 has a stored text but no “rights”',
      'sources.yml:9 second source with the number 1',
      'sources.yml:14 the stored text sources/none.txt is missing',
      'sources/extra.txt:1 no entry of sources.yml has this stored text',
    ])
  })

  test('files: a story without story.md, without front matter, in a folder with a wrong name, other files', () => {
    const { problems, stories } = loadContent([
      file('README.md', 'not ours'),
      file('stories/README.md', 'not ours'),
      file('stories/lonely.md', 'x'),
      file('stories/a/quotes.yml', '[]'),
      file('stories/b/story.md', '# Title'),
      file('stories/Bad_Name/story.md', '---\ntitle: x\n---\n'),
      file('stories/b/quotes.yaml', '[]'),
    ])
    expect(stories).toEqual([])
    expect(problems.map(formatProblem)).toEqual(
      [
        'stories/lonely.md:1 a story is a folder: stories/NAME/story.md',
        'stories/Bad_Name/story.md:1 the folder name “Bad_Name” must be 1–32 characters of a–z, 0–9 and “-”, and not begin with “-”',
        'stories/Bad_Name/story.md:1 dek: is missing',
        'stories/Bad_Name/story.md:1 state: is missing',
        'stories/Bad_Name/story.md:1 coversTo: is missing',
        'stories/a/quotes.yml:1 the story “a” has no story.md',
        'stories/b/quotes.yaml:1 this file is not part of a story: rename it quotes.yml',
        'stories/b/story.md:1 must begin with front matter between two lines of “---”',
      ].map(line => line.replace(/(Bad_Name\/story\.md:)1 (dek|state|coversTo)/, '$12 $2')),
    )
  })
})
