import fc from 'fast-check'
import { formatLine } from '../../../src/commands/line.ts'
import type { Library } from '../../../src/content/library.ts'
import { searchPassagesOf } from '../../../src/content/search/passages.ts'
import { anyText } from './any-text.ts'

/** What somebody types about stories that are not known yet: where in them it is from, and what it becomes. */
export type TypedInput = {
  head: string
  at: number
  length: number
  own: string
  where: 'none' | 'before' | 'inside'
}

const HEADS = [
  ...['/nutgraf find', '/nutgraf find', '/quote', '/quote', '/quote check', '/quote check', '/quote check'],
  ...['STORY who', 'STORY quotes', 'STORY timeline', 'STORY', '/nutgraf', '/nutgraf help', '/nutgraf story'],
  ...[
    '/nutgraf changes --since',
    '/digest',
    '/digest preview',
    '/digest on',
    '/desk correct',
    '/desk kill STORY',
  ],
]

/** A word that stands in no story: where others read along, no answer may repeat it. */
export const UNKNOWN_WORD = 'qzxjqzxj'

export const anyTypedInput: fc.Arbitrary<TypedInput> = fc.record({
  head: fc.constantFrom(...HEADS),
  at: fc.nat(1_000_000),
  length: fc.oneof(fc.constantFrom(1, 2, 3, 5), fc.integer({ min: 6, max: 90 })),
  own: fc.oneof(anyText('hostile', 60), anyText('broken', 200), anyText('hostile', 950)),
  where: fc.constantFrom('none', 'none', 'before', 'inside'),
})

/** The line that it is for some stories. */
export function typedLineFor({ head, at, length, own, where }: TypedInput, books: Library): string {
  const { names, texts } = namesAndTexts(books)
  // A name whole, or some words in a row from anywhere.
  const all = at % 3 === 0 && names.length > 0 ? [names[at % names.length]!] : words(texts[at % texts.length])
  const from = (at * 7) % Math.max(1, all.length)
  const taken = all.slice(from, from + length)
  const story = books.stories[at % Math.max(1, books.stories.length)]
  const middle = Math.ceil(taken.length / 2)
  const mixed =
    where === 'none'
      ? taken
      : where === 'before'
        ? [own, UNKNOWN_WORD, ...taken]
        : [...taken.slice(0, middle), own, UNKNOWN_WORD, ...taken.slice(middle)]
  const slug = story?.slug ?? 'none'
  const spoken = head.replace('STORY', `/nutgraf story ${slug}`).replace('SLUG', slug)
  const said = mixed.join(' ')
  if (head.startsWith('/desk correct SLUG'))
    return `${spoken} ${formatLine({ args: [], flags: { was: said, now: own, why: [own, ...taken].join(' ') } })}`
  // As it is typed, and as a picker sends it.
  return `${spoken} ${at % 2 === 0 ? said : formatLine({ args: [said], flags: {} })}`
}

const words = (text = '') => text.split(/\s+/).filter(word => word !== '')

type Known = { names: string[]; texts: string[] }
const known = new WeakMap<Library, Known>()

/** Every name and every text of some stories. */
function namesAndTexts(books: Library): Known {
  const made = known.get(books) ?? {
    names: [
      ...books.stories.flatMap(({ people, quotes }) => [
        ...people.flatMap(({ name, aliases }) => [name, ...aliases]),
        ...quotes.flatMap(({ speaker, aliases }) => [speaker, ...aliases]),
      ]),
      ...books.withdrawn.map(({ slug }) => slug),
    ],
    texts: books.stories.flatMap(story => [
      ...searchPassagesOf(story).map(({ text }) => text),
      ...story.quotes.map(({ words }) => words),
    ]),
  }
  known.set(books, made)
  return made
}
