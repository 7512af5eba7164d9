import { expect, test } from 'vitest'
import { libraryFromFiles } from '../support/content/story-files.ts'
import { court, event, fridayBrief, SUIT } from '../support/digests/friday-brief.ts'

/** Words of so many characters, which begin with a name. */
const words = (name: string, length: number) =>
  `${name} ${'says a good deal more than that, '.repeat(40)}`.slice(0, length)

const quoted = (lengths: number[]) => {
  const said = lengths.map((length, index) => words(`Witness ${index + 1}`, length).trimEnd())
  const sources = [1, 2].map(number => ({
    number,
    outlet: 'The Paper',
    title: `Page ${number}`,
    kind: 'news',
    date: '2018-04-19',
    url: `https://paper.example/${number}`,
    ...(number === 1 && { text: 'paper.txt', rights: 'ours' }),
  }))
  const quotes = said.map((text, index) => ({
    id: `witness-${index + 1}`,
    speaker: `Witness ${index + 1}`,
    role: 'witness',
    kind: 'direct',
    words: text,
    source: 1,
    saidOn: '2018-04-19',
  }))
  const stored = { 'paper.txt': said.map(text => `"${text}"\n`).join('\n') }
  return {
    quotes,
    sources,
    stored,
    people: [],
    timeline: [SUIT, event('2018-04-19', 'Witnesses are heard.')],
  }
}

/** The witnesses whose words the thread shows in full. */
function inThread(lengths: number[]): string[] {
  const { quotes: _, timeline: __, ...rest } = quoted(lengths)
  const before = libraryFromFiles(court(rest))
  const { below = '' } = fridayBrief(before, libraryFromFiles(court(quoted(lengths))))!
  return [...below.matchAll(/“(Witness \d)/g)].map(([, name]) => name!)
}

test('where not all words have room, they are shown in the order of the story', () => {
  expect(inThread([450, 640, 620, 630])).toEqual(['Witness 2'])
})

test('or the shortest first, where more of them have room then', () => {
  expect(inThread([450, 900, 420, 410])).toEqual(['Witness 3', 'Witness 4'])
})
