import { createLibrary, type Library } from '../../../src/content/library.ts'
import { loadContent } from '../../../src/content/read/load.ts'
import type { ContentFile } from '../../../src/content/read/story-folder.ts'

/** The content of a story folder. Fields that are left out are those of the bridge story. */
export type StoryFields = {
  meta?: object
  body?: string
  sources?: object[]
  stored?: Record<string, string>
  quotes?: object[]
  timeline?: object[]
  people?: object[]
  facts?: object[]
  corrections?: object[]
}

export const PAPER = `The bridge on Main Street is shut.

"The bridge stays shut until it is safe," Mayor Ana Example said on Saturday. "Nobody will cross it before then."

The city has a word for drivers: see you in June. Police closed the road, and all ice on it must go.

"We asked for repairs for years," said Ben Example, a driver.

Reload this page with another browser.
`

const META = {
  title: 'The bridge on Main Street',
  dek: 'Why it closed and when it opens.',
  state: 'developing',
  coversTo: '2026-05-04',
  notChecked: 'the cost was not checked',
  checked: { on: '2026-05-05' },
  tags: ['transport', 'bridge'],
}

const BODY = `## Summary

The city closed the bridge on 2 May 2026. [1] Drivers say that it waited too long. [1]

> Editor's note: the cost is not known.

## Background

It was built in 1931. [1]

## Costs and repairs

- Steel: not known. [1]
- Paint: not known.
`

export const QUOTE = {
  id: 'mayor-1',
  speaker: 'Ana Example',
  aliases: ['Mayor Example'],
  role: 'Mayor at the time',
  kind: 'direct',
  words: ['The bridge stays shut until it is safe,', 'Nobody will cross it before then.'],
  source: 1,
  saidOn: '2026-05-02',
}

const QUOTES = [
  QUOTE,
  {
    id: 'driver-1',
    speaker: 'Ben Example',
    role: 'a driver',
    kind: 'direct',
    words: 'We asked for repairs for years,',
    source: 1,
    saidOn: 'not given',
    remark: 'before the storm',
  },
]

const TIMELINE = [
  { date: '2025-12-30', text: 'An inspection finds rust.', confidence: 'medium', sources: [1] },
  { date: '2026-05-02', text: 'The city closes the bridge.', confidence: 'high', sources: [1, 2] },
  { date: '2026-05-04', text: 'Drivers protest.', confidence: 'medium', sources: [2], added: '2026-05-20' },
]

const FACTS = [
  {
    id: 'word',
    text: 'Nobody was found who said these words.',
    confidence: 'unverified',
    sources: [1],
    claim: {
      says: 'The city has a word for drivers.',
      source: 1,
      words: 'see you in June',
      verdict: 'The outlet’s own words',
      short: 'Nobody said this.',
    },
  },
  {
    id: 'road',
    text: 'The police closed one lane of two.',
    confidence: 'high',
    sources: [1, 2],
    claim: {
      says: 'Police closed the road.',
      source: 1,
      words: 'Police closed the road',
      verdict: 'Too broad: one lane.',
    },
  },
  {
    id: 'secret',
    text: 'The xylophone costs ninety million.',
    confidence: 'unverified',
    sources: [1],
    print: false,
  },
]

/** Makes the files of one story. They are written as JSON, which is YAML and keeps every value as it is. */
export function storyFiles(slug: string, written: StoryFields = {}): ContentFile[] {
  const file = (path: string, text: string) => ({
    path: `stories/${slug}/${path}`,
    text,
    origin: `content/stories/${slug}/${path}`,
  })
  const list = (path: string, rows: object[]) => file(path, JSON.stringify(rows, null, 1))
  const stored = written.stored ?? { 'paper.txt': PAPER }
  return [
    file(
      'story.md',
      `---\n${JSON.stringify({ ...META, ...written.meta }, null, 1)}\n---\n\n${written.body ?? BODY}`,
    ),
    list(
      'sources.yml',
      written.sources ?? [
        {
          number: 1,
          outlet: 'The Paper',
          title: 'Bridge shut',
          kind: 'news',
          date: '2026-05-02',
          url: 'https://paper.example/bridge',
          text: 'paper.txt',
          skip: [9],
          rights: 'ours',
        },
        { number: 2, outlet: 'City', title: 'Notice of closure', kind: 'primary' },
      ],
    ),
    ...Object.entries(stored).map(([name, text]) => file(`sources/${name}`, text)),
    list('quotes.yml', written.quotes ?? QUOTES),
    list('timeline.yml', written.timeline ?? TIMELINE),
    list(
      'people.yml',
      written.people ?? [
        {
          name: 'Ana Example',
          aliases: ['Mayor Example'],
          role: 'Mayor',
          about: 'Ran in 2024.',
          sources: [1],
        },
        { name: 'Zoë Müller-Ärmel', role: 'Engineer', sources: [2] },
      ],
    ),
    list('facts.yml', written.facts ?? FACTS),
    list('corrections.yml', written.corrections ?? []),
  ]
}

/** Loads stories into memory. A problem in them fails the test. */
export function libraryFromFiles(...files: ContentFile[][]): Library {
  const loaded = loadContent(files.flat())
  if (loaded.problems.length > 0) throw new Error(JSON.stringify(loaded.problems, null, 1))
  return createLibrary(loaded.stories, 'test', loaded.digests)
}

/** Replaces the text of one file. */
export const withChangedFile = (files: ContentFile[], path: string, change: (text: string) => string) =>
  files.map(file => (file.path.endsWith(`/${path}`) ? { ...file, text: change(file.text) } : file))
