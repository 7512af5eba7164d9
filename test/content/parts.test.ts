import { describe, expect, test } from 'vitest'
import { verbsOf } from '../../src/commands/story/story.ts'
import { partsOf, partsOfAll } from '../../src/content/parts.ts'
import {
  libraryFromFiles,
  PAPER,
  QUOTE,
  type StoryFields,
  storyFiles,
  withChangedFile,
} from '../support/content/story-files.ts'
import { bundledLibrary, startConversation } from '../support/conversations/conversation.ts'

type Files = ReturnType<typeof storyFiles>
const CORRECTION = {
  on: '2026-05-06',
  part: 'event:2026-05-02-1',
  was: '1 May',
  now: '2 May',
  why: 'The notice.',
}
const written: StoryFields = { corrections: [CORRECTION] }
const files = storyFiles('bridge', written)

const hashes = (files: Files) =>
  new Map(partsOf(libraryFromFiles(files).stories[0]!).map(({ part, hash }) => [part, hash]))
const before = hashes(files)

/** The parts with another hash, added or removed, without the name of the story. */
function changed(after: Map<string, string>): string[] {
  const parts = new Set([...before.keys(), ...after.keys()])
  return [...parts]
    .filter(part => before.get(part) !== after.get(part))
    .map(part => part.replace('bridge/', ''))
}
const changedBy = (path: string, from: string, to: string) => {
  const edited = withChangedFile(files, path, text => text.replace(from, to))
  expect(edited).not.toEqual(files)
  return changed(hashes(edited))
}

test('every part has the id that replies use', () => {
  expect([...before.keys()].filter(part => !part.includes('correction:'))).toEqual([
    ...['label', 'section:summary', 'section:background', 'section:costs-and-repairs'].map(
      id => `bridge/${id}`,
    ),
    ...['quote:mayor-1', 'quote:driver-1'].map(id => `bridge/${id}`),
    ...['event:2025-12-30-1', 'event:2026-05-02-1', 'event:2026-05-04-1'].map(id => `bridge/${id}`),
    ...['fact:word', 'fact:road', 'who:Ana Example', 'who:Zoë Müller-Ärmel'].map(id => `bridge/${id}`),
    ...['source:1', 'source:2'].map(id => `bridge/${id}`),
  ])
  expect([...before.keys()].at(-1)).toMatch(/^bridge\/correction:[0-9a-f]{16}$/)
})

test('everything that replies show is a known part, in all answers of the bundled stories', () => {
  const known = new Set(partsOfAll(bundledLibrary).map(({ part }) => part))
  const { ask, errors } = startConversation(bundledLibrary)
  const lines = bundledLibrary.stories.flatMap(story =>
    verbsOf(story).map(verb => `/nutgraf ${story.slug} ${verb.name}`),
  )
  const quotes = bundledLibrary.allSpeakers().map(({ name }) => `/quote "${name}"`)
  const more = ['/nutgraf find ice', '/nutgraf changes --since 2017', '/nutgraf story list']
  const shown = [...lines, ...quotes, ...more].flatMap(typed => ask(typed).parts)
  expect(errors).toEqual([])
  expect(shown.length).toBeGreaterThan(60)
  expect(shown.filter(part => !known.has(part))).toEqual([])
})

describe('a hash stays the same', () => {
  test('when files are written in another way or another order', () => {
    const moved = ['quotes.yml', 'facts.yml', 'people.yml', 'sources.yml'].reduce(
      (edited, path) =>
        withChangedFile(
          edited,
          path,
          text => `# moved\n\n\n${JSON.stringify(JSON.parse(text).toReversed())}`,
        ),
      files,
    )
    expect(changed(hashes(moved))).toEqual([])
  })

  test('when a text has other line breaks or another layout', () => {
    expect(changedBy('story.md', 'closed the bridge', 'closed\nthe **bridge**')).toEqual([])
    expect(
      changedBy('story.md', '- Steel: not known. [1]\n- Paint', '- *Steel*: not known. [1]\n\n- Paint'),
    ).toEqual([])
  })

  test('when the story was checked again, and when a tag or an alias changes', () => {
    expect(changedBy('story.md', '2026-05-05', '2026-06-01')).toEqual([])
    expect(changedBy('story.md', '"transport"', '"roads"')).toEqual([])
    expect(changedBy('quotes.yml', 'Mayor Example', 'Her Honour')).toEqual([])
  })

  test('from one version of the program to the next', () => {
    // A change of these makes every message in every channel look revised.
    expect(
      [...before].filter(([part]) => /label|summary|mayor|12-30|road|:1$|correction/.test(part)),
    ).toEqual(
      Object.entries({
        'bridge/label': 'c2db2ad665722d25',
        'bridge/section:summary': '07a4906117354932',
        'bridge/quote:mayor-1': '83a4b57374f44c8f',
        'bridge/event:2025-12-30-1': '0e6c296732665001',
        'bridge/fact:road': '9c94e774081d4f62',
        'bridge/source:1': '7ed92e3d16b3fb85',
        'bridge/correction:91b62e79e1d9c809': '859ab0fea52ccedb',
      }),
    )
  })
})

describe('a hash changes with what a reader sees, and no other hash does', () => {
  test.each([
    ['story.md', 'The bridge on Main Street', 'The bridge', ['label']],
    ['story.md', '"coversTo": "2026-05-04"', '"coversTo": "2026-05-09"', ['label']],
    ['story.md', 'developing', 'settled', ['label']],
    ['story.md', 'was built in 1931', 'was built in 1932', ['section:background']],
    ['story.md', '1931. [1]', '1931. [1, 2]', ['section:background']],
    ['story.md', 'the cost is not known', 'the cost is unknown', ['section:summary']],
    ['story.md', 'was built', 'was [built](https://a.example)', ['section:background']],
    ['quotes.yml', 'before the storm', 'after the storm', ['quote:driver-1']],
    ['quotes.yml', 'Mayor at the time', 'Mayor', ['quote:mayor-1']],
    ['quotes.yml', '2026-05-02', '2026-05-03', ['quote:mayor-1']],
    ['timeline.yml', 'finds rust', 'finds dust', ['event:2025-12-30-1']],
    ['facts.yml', 'one lane of two', 'one of two lanes', ['fact:road']],
    ['facts.yml', 'Too broad: one lane.', 'Too broad.', ['fact:road']],
    ['people.yml', 'Ran in 2024.', 'Ran in 2023.', ['who:Ana Example']],
    ['sources.yml', 'Notice of closure', 'Notice', ['source:2']],
    ['sources.yml', 'Bridge shut', 'Bridge closed', ['quote:mayor-1', 'quote:driver-1', 'source:1']],
  ])('%s: %s → %s', (path, from, to, parts) => {
    expect(changedBy(path, from, to)).toEqual(parts)
  })

  test('the line of a quotation in our copy', () => {
    const stored = { 'paper.txt': `\n${PAPER}` }
    const shifted = storyFiles('bridge', { ...written, stored })
    const moved = withChangedFile(shifted, 'sources.yml', text => text.replace('9', '10'))
    expect(changed(hashes(moved))).toEqual(['quote:mayor-1', 'quote:driver-1', 'fact:word', 'fact:road'])
  })

  test('words of a quotation', () => {
    const quotes = [{ ...QUOTE, words: QUOTE.words[0] }]
    expect(changed(hashes(storyFiles('bridge', { ...written, quotes })))).toEqual([
      'quote:mayor-1',
      'quote:driver-1',
    ])
  })

  test('a correction is a part of its own: the old entry keeps its name when another joins it', () => {
    const corrections = [CORRECTION, { ...CORRECTION, was: '30 April' }]
    const after = changed(hashes(storyFiles('bridge', { corrections })))
    expect(after).toHaveLength(1)
    expect(after[0]).toMatch(/^correction:/)
  })
})
