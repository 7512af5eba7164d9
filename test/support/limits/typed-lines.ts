import fc from 'fast-check'
import { formatLine } from '../../../src/commands/line.ts'
import type { Library } from '../../../src/content/library.ts'
import { searchPassagesOf } from '../../../src/content/search/passages.ts'
import { anyText } from './any-text.ts'

/**
 * Input that can be typed about stories that are not known yet: a command, and where the words after it are taken from: `at`
 * and `length` choose words of the stories, `own` is text of the person, which is put before or inside them.
 */
export type TypedInput = {
  command: string
  at: number
  length: number
  own: string
  where: 'none' | 'before' | 'inside'
}

const COMMANDS = [
  '/nutgraf find',
  '/nutgraf find',
  '/quote',
  '/quote',
  '/quote check',
  '/quote check',
  '/quote check',
  'STORY who',
  'STORY quotes',
  'STORY timeline',
  'STORY',
  '/nutgraf',
  '/nutgraf help',
  '/nutgraf story',
  '/nutgraf changes --since',
  '/digest',
  '/digest preview',
  '/digest on',
  '/desk correct',
  '/desk kill STORY',
]

/** A word that is in no story: a public answer must never repeat it. */
export const UNKNOWN_WORD = 'qzxjqzxj'

/** Any input that a person may type. */
export const anyTypedInput: fc.Arbitrary<TypedInput> = fc.record({
  command: fc.constantFrom(...COMMANDS),
  at: fc.nat(1_000_000),
  length: fc.oneof(fc.constantFrom(1, 2, 3, 5), fc.integer({ min: 6, max: 90 })),
  own: fc.oneof(anyText('hostile', 60), anyText('broken', 200), anyText('hostile', 950)),
  where: fc.constantFrom('none', 'none', 'before', 'inside'),
})

/** Builds the line that this input becomes for these stories. */
export function typedLineFor({ command, at, length, own, where }: TypedInput, library: Library): string {
  const { names, texts } = namesAndTexts(library)
  // A whole name, or words in a row from any text.
  const source =
    at % 3 === 0 && names.length > 0 ? [names[at % names.length]!] : words(texts[at % texts.length])
  const from = (at * 7) % Math.max(1, source.length)
  const chosen = source.slice(from, from + length)
  const story = library.stories[at % Math.max(1, library.stories.length)]
  const middle = Math.ceil(chosen.length / 2)
  const mixed =
    where === 'none'
      ? chosen
      : where === 'before'
        ? [own, UNKNOWN_WORD, ...chosen]
        : [...chosen.slice(0, middle), own, UNKNOWN_WORD, ...chosen.slice(middle)]
  const beginning = command.replace('STORY', `/nutgraf story ${story?.slug ?? 'none'}`)
  const text = mixed.join(' ')
  // Half of the lines as a person types them, half as a picker of the platform sends them.
  return `${beginning} ${at % 2 === 0 ? text : formatLine({ args: [text], flags: {} })}`
}

const words = (text = '') => text.split(/\s+/).filter(word => word !== '')

type NamesAndTexts = { names: string[]; texts: string[] }
const cache = new WeakMap<Library, NamesAndTexts>()

/** Collects every name and every text of these stories, once for each library. */
function namesAndTexts(library: Library): NamesAndTexts {
  const collected = cache.get(library) ?? {
    names: [
      ...library.stories.flatMap(({ people, quotes }) => [
        ...people.flatMap(({ name, aliases }) => [name, ...aliases]),
        ...quotes.flatMap(({ speaker, aliases }) => [speaker, ...aliases]),
      ]),
      ...library.withdrawn.map(({ slug }) => slug),
    ],
    texts: library.stories.flatMap(story => [
      ...searchPassagesOf(story).map(({ text }) => text),
      ...story.quotes.map(({ words }) => words),
    ]),
  }
  cache.set(library, collected)
  return collected
}
