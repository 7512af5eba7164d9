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

/** `quotes.yml:{Zebra} …` with the number of the line that holds these letters, `{Zebra#2}` of the second such line. */
const placed = (files: Files, problem: string) =>
  problem.replace(/^([\w./]+):\{(.+?)(?:#(\d))?\}/, (_, path: string, letters: string, nth = '1') => {
    const lines = files.find(one => one.path.endsWith(`/${path}`))!.text.split('\n')
    const found = lines.flatMap((line, index) => (line.includes(letters) ? [index + 1] : []))
    return `${path}:${found[Number(nth) - 1]}`
  })
const file = (path: string, text: string) => ({ path, text, origin: path })

describe('each mistake is told with its file and line', () => {
  test.each<[string, string, string[]]>([
    ['bad YAML', '- id: a\n   role: b\n', ['quotes.yml:1 YAML: Nested mappings']],
    ['a key twice', '- id: a\n  id: b\n', ['quotes.yml:2 YAML: Map keys must be unique']],
    ['no list', 'id: a\n', ['quotes.yml:1 must be a list']],
    [
      'an unknown field, a bad date, a missing one',
      '- id: a\n  speaker: A\n  rolle: x\n  kind: direct\n  words: "x"\n  source: 1\n  saidOn: 2026-13-01\n',
      ['quotes.yml:3 rolle: unknown word here', 'quotes.yml:1 role: is missing', 'quotes.yml:7 saidOn: '],
    ],
    [
      'an unknown kind',
      '- id: a\n  speaker: A\n  role: x\n  kind: loud\n  words: "x"\n  source: 1\n  saidOn: not given\n',
      ['quotes.yml:4 kind: '],
    ],
    [
      'an alias that blows up',
      '- &a [x, x]\n- &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n- &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n- &d [*c, *c, *c, *c, *c, *c, *c]\n',
      ['quotes.yml:1 YAML: Excessive alias count'],
    ],
  ])('quotes.yml: %s', (_, text, wanted) => {
    const found = problemsOf(withChangedFile(storyFiles('bridge'), 'quotes.yml', () => text)).filter(
      problem => !problem.includes('stories'),
    )
    for (const problem of wanted) expect(found).toContainEqual(expect.stringContaining(problem))
  })

  test.each<[string, StoryFields, string[]]>([
    [
      'a source that is not there',
      { quotes: [{ ...QUOTE, source: 9 }] },
      ['quotes.yml:{"words"} quote “mayor-1”: there is no source 9'],
    ],
    [
      'a source without a stored text',
      { quotes: [{ ...QUOTE, source: 2 }] },
      ['quotes.yml:{"words"} quote “mayor-1”: source 2 has no stored text'],
    ],
    [
      'words that differ by one sign',
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
      'words that are not there',
      { quotes: [{ ...QUOTE, words: 'Zebra.' }] },
      [
        'quotes.yml:{"words"} quote “mayor-1”: “Zebra.” is not in the stored text (source 1, content/stories/bridge/sources/paper.txt)',
      ],
    ],
    [
      'passages in the wrong order',
      { quotes: [{ ...QUOTE, words: QUOTE.words.toReversed() }] },
      [
        'quotes.yml:{"words"} quote “mayor-1”: “The bridge stays shut until it is safe,” stands before the passage that is listed above it (source 1, content/stories/bridge/sources/paper.txt:3)',
      ],
    ],
    [
      'the outlet’s own words as a quotation',
      { quotes: [{ ...QUOTE, words: 'see you in June' }] },
      [
        'quotes.yml:{"words"} quote “mayor-1”: in the source these words are not in quotation marks: is it “kind: reported”?',
      ],
    ],
    ['an id twice', { quotes: [QUOTE, QUOTE] }, ['quotes.yml:{"id"#2} second entry with the id “mayor-1”']],
    [
      'a date that is none',
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
      ['timeline.yml:{2026-02-02} events must stand in the order of their dates'],
    ],
    [
      'a source number that is not there',
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
      'a link that is none',
      { people: [{ name: 'A', role: 'b', about: '[x](javascript:alert(1))' }] },
      ['people.yml:{"about"} a link must begin with http:// or https://'],
    ],
    [
      'HTML',
      { people: [{ name: 'A', role: 'b', about: 'a <b>x</b>' }] },
      [
        'people.yml:{"about"} html is not used in stories',
        'people.yml:{"about"} html is not used in stories',
      ],
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
      'a correction of a part that is not there',
      { corrections: [{ on: '2026-05-05', part: 'event:2026-05-09-1', was: 'a', now: 'b', why: 'c' }] },
      ['corrections.yml:{"part"} there is no event:2026-05-09-1 in this story'],
    ],
    [
      'a correction of nothing that can be corrected',
      { corrections: [{ on: '2026-05-05', part: 'speech', was: 'a', now: 'b', why: 'c' }] },
      ['corrections.yml:{"part"} part: must be quote:ID, event:ID, fact:ID, section:NAME or label'],
    ],
    ['a missing date', { meta: { coversTo: undefined } }, ['story.md:2 coversTo: is missing']],
    ['an unknown word', { meta: { titel: 'x' } }, ['story.md:{"titel"} titel: unknown word here']],
    ['an empty title', { meta: { title: '  ' } }, ['story.md:{"title"} title: must not be empty']],
    [
      'text before a heading',
      { body: 'Hello.\n\n## Summary\n\nx [1]\n' },
      ['story.md:{Hello} text before the first “## ” heading'],
    ],
    [
      'a section twice',
      { body: '## Summary\n\nx [1]\n\n## Summary\n\ny\n' },
      ['story.md:{## Summary#2} second section “Summary”'],
    ],
    [
      'a table of another heading',
      { body: '## Summary\n\nx [1]\n\n### More\n' },
      ['story.md:{### More} heading is not used in stories'],
    ],
    [
      'a number that no source has',
      { body: '## Summary\n\nx [1, 8]\n' },
      ['story.md:{## Summary} there is no source 8'],
    ],
    [
      'a list in a list',
      { body: '## Summary\n\n- a\n  - b\n' },
      ['story.md:{- a} a list item must be one paragraph'],
    ],
  ])('%s', (_, written, wanted) => {
    const files = storyFiles('bridge', written)
    expect(problemsOf(files).sort()).toEqual(
      wanted.map(problem => expect.stringContaining(placed(files, problem))),
    )
  })

  test.each([
    ['a control character', 'The\u0007 city'],
    ['NUL', 'The\u0000city'],
    ['half of an emoji', 'The \ud83e city'],
    ['a sign that turns all that follows', 'The \u202eytic'],
    ['one that is turned back', 'The \u2067city\u2069'],
  ])('what would break a message around it stands in no field: %s', (_, text) => {
    const found = problemsOf(
      storyFiles('bridge', {
        meta: { title: text },
        quotes: [{ ...QUOTE, role: text }],
        timeline: [{ date: '2026-05-01', text, confidence: 'high' }],
      }),
    )
    const told = 'must hold no control character, no half sign, and none that turns the direction'
    expect(found).toEqual([
      expect.stringContaining(`story.md:3 title: ${told}`),
      expect.stringContaining(`timeline.yml:4 text: ${told}`),
      expect.stringContaining(`quotes.yml:8 role: ${told}`),
    ])
  })

  test('such a sign may not be spelled out either; a name is short, and there is something to see in it', () => {
    const [turned] = problemsOf(storyFiles('bridge', { body: '## Summary\n\nThe city &#8238; x. [1]\n' }))
    expect(turned).toContain('story.md:20 holds a control character, or a sign that turns the direction')
    const person = (name: string) =>
      problemsOf(storyFiles('bridge', { people: [{ name, role: 'r' }] })).map(one => one.split(/:\d+ /)[1])
    expect(person('n'.repeat(100))).toEqual([])
    expect(person('n'.repeat(101))).toEqual(['name: must have at most 100 letters'])
    expect(person('\u200b\u2060')).toEqual(['name: must hold something that can be seen'])
    expect(person('م\u200fن 👩‍👩‍👧')).toEqual([])
    const linked = (rest: string) =>
      problemsOf(
        storyFiles('bridge', { body: `## Summary\n\nSee [it](https://e.example/${rest}). [1]\n` }),
      ).map(one => one.split(/:\d+ /)[1])
    expect(linked('a'.repeat(1_982))).toEqual([])
    expect(linked('a'.repeat(1_983))).toEqual(['an address must have at most 2000 letters'])
    expect(linked('é'.repeat(331))).toEqual(['an address must have at most 2000 letters'])
  })

  test('sources.yml: a number twice, a text that is missing, one without rights, one that nobody names', () => {
    const source = (number: number, more: object) => ({
      number,
      outlet: 'A',
      title: 'b',
      kind: 'news',
      ...more,
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

  test('files: a story without story.md, without front matter, in a folder of a strange name, strange files', () => {
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
        'stories/Bad_Name/story.md:1 the folder “Bad_Name” must have 1–32 of a–z, 0–9 and “-”, the first no hyphen',
        'stories/Bad_Name/story.md:1 dek: is missing',
        'stories/Bad_Name/story.md:1 state: is missing',
        'stories/Bad_Name/story.md:1 coversTo: is missing',
        'stories/a/quotes.yml:1 the story “a” has no story.md',
        'stories/b/quotes.yaml:1 this file is not part of a story',
        'stories/b/story.md:1 must begin with front matter between two lines of “---”',
      ].map(line => line.replace(/(Bad_Name\/story\.md:)1 (dek|state|coversTo)/, '$12 $2')),
    )
    expect(loadContent([]).problems.map(formatProblem)).toEqual([
      'content:1 there is no story: stories/NAME/story.md is missing',
    ])
  })
})
