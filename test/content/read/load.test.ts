import { expect, test } from 'vitest'
import { loadContent } from '../../../src/content/read/load.ts'
import { formatProblem } from '../../../src/content/story.ts'
import {
  PAPER,
  QUOTE,
  type StoryFields,
  storyFiles,
  withChangedFile,
} from '../../support/content/story-files.ts'

const problemsOf = (files: ReturnType<typeof storyFiles>) =>
  loadContent(files).problems.map(problem => formatProblem(problem).replace('content/stories/bridge/', ''))

const problems = (written: StoryFields) => problemsOf(storyFiles('bridge', written))

test('a story without problems is read completely', () => {
  const { stories, problems, locations } = loadContent(storyFiles('bridge'))
  expect(problems).toEqual([])
  const [story] = stories
  expect(story).toMatchObject({
    slug: 'bridge',
    state: 'developing',
    from: '2025-12-30',
    coversTo: '2026-05-04',
    sections: [
      { name: 'summary', sources: [1], words: 16 },
      { name: 'background', body: [{ block: { kind: 'text' }, sources: [1] }] },
      {
        name: 'costs-and-repairs',
        body: [
          { block: { kind: 'list', items: [['Steel: not known.']] }, sources: [1] },
          { block: { kind: 'list', items: [['Paint: not known.']] }, sources: [] },
        ],
      },
    ],
  })
  expect(story!.quotes[0]).toMatchObject({
    words: 'The bridge stays shut until it is safe, […] Nobody will cross it before then.',
    spans: [{ line: 3 }, { line: 3 }],
  })
  for (const span of story!.quotes[0]!.spans)
    expect([QUOTE.words[0], QUOTE.words[1]]).toContain(PAPER.slice(span.start, span.end))
  expect(story!.facts.map(fact => fact.id)).toEqual(['word', 'road'])
  expect(locations.get('bridge/quote:mayor-1')).toEqual({
    file: 'content/stories/bridge/quotes.yml',
    line: 2,
  })
  expect(locations.get('bridge/section:background')).toEqual({
    file: 'content/stories/bridge/story.md',
    line: 24,
  })
})

test('all problems are reported together', () => {
  const reported = problems({
    meta: { state: 'done' },
    quotes: [
      { ...QUOTE, words: 'Zebra.' },
      { ...QUOTE, role: undefined },
    ],
    timeline: [{ date: 'soon', text: 'x', confidence: 'high' }],
    people: [{ name: 'A' }],
    corrections: [{ on: '2026-05-05', part: 'fact:none', was: 'a', now: 'b', why: 'c' }],
  })
  expect(reported.map(problem => problem.split(':')[0]).sort()).toEqual([
    'corrections.yml',
    'people.yml',
    'quotes.yml',
    'quotes.yml',
    'story.md',
    'timeline.yml',
  ])
})

test('entries that cite a wrong source are not reported as well', () => {
  const sources = [
    { number: 1, outlet: 'A', title: 'b', kind: 'news', text: 'paper.txt', rights: 'ours', date: 'soon' },
    { number: 2, outlet: 'A', title: 'b', kind: 'news' },
  ]
  expect(problems({ sources })).toEqual(['sources.yml:9 date: must be a date like 2017-08-07'])
})

test('a stored text keeps every byte: byte order mark, carriage returns, unusual spaces', () => {
  const text = '\ufeffFirst line.\r\n\r\n"Dot\u00a0space —\u2009that’s it," she said.\r\n'
  const { stories, problems } = loadContent(
    storyFiles('bridge', {
      stored: { 'paper.txt': text },
      quotes: [{ ...QUOTE, words: 'Dot\u00a0space —\u2009that’s it,' }],
      facts: [],
    }),
  )
  expect(problems).toEqual([])
  expect(stories[0]!.sources[0]!.text).toBe(text)
  const [span] = stories[0]!.quotes[0]!.spans
  expect(text.slice(span!.start, span!.end)).toBe('Dot\u00a0space —\u2009that’s it,')
  expect(span!.line).toBe(3)
})

test('in our own files, a byte order mark and carriage returns of an editor are ignored', () => {
  const files = storyFiles('bridge').map(file =>
    file.path.includes('/sources/') ? file : { ...file, text: `\ufeff${file.text.replaceAll('\n', '\r\n')}` },
  )
  const read = loadContent(files)
  expect(read.problems).toEqual([])
  expect(read.stories[0]!.sections).toEqual(loadContent(storyFiles('bridge')).stories[0]!.sections)
  const broken = withChangedFile(files, 'quotes.yml', text => text.replace('Nobody', 'Nobodi'))
  expect(problemsOf(broken)).toEqual([
    expect.stringContaining('quote “mayor-1”: “Nobodi will cross it before then.” is not in'),
  ])
})

test('a heading becomes a verb of plain letters and hyphens', () => {
  const body = '## Summary\n\nx [1]\n\n## Cafés & the mayor’s “list”\n\ny\n'
  expect(loadContent(storyFiles('bridge', { body })).stories[0]!.sections[1]).toMatchObject({
    name: 'cafes-the-mayors-list',
    title: 'Cafés & the mayor’s “list”',
  })
})
