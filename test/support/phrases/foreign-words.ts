import type { Digest } from '../../../src/content/digest.ts'
import type { Story } from '../../../src/content/story.ts'

/** What is no language in a story: names that are typed, kinds, dates, addresses. */
const SAME = new Set(
  'slug command id state confidence part on date from coversTo added url link seen saidOn embargo published code'.split(
    ' ',
  ),
)

/** Words in the Armenian letters that stand where ours do: so whatever is written in ours was not in the content. */
export const toForeign = (words: string): string =>
  words
    .replace(/[A-Z]/g, letter => shifted(letter, 'A', 0x531))
    .replace(/[a-z]/g, letter => shifted(letter, 'a', 0x561))

const shifted = (letter: string, first: string, to: number) =>
  String.fromCharCode(letter.charCodeAt(0) - first.charCodeAt(0) + to)

/** All values of an object in foreign letters. */
export const toForeignValues = <Words extends Record<string, string>>(words: Words): Words =>
  translated(words, new Map()) as Words

/** Stories in foreign letters, of the same length each, so that all places in their sources stay right. */
export const foreignStories = (stories: Story[]): Story[] => translated(stories, new Map()) as Story[]

/** Digests in foreign letters. */
export const foreignDigests = (digests: Digest[]): Digest[] =>
  digests.map(digest => ({
    ...digest,
    title: toForeign(digest.title),
    ...(digest.about !== undefined && { about: toForeign(digest.about) }),
  }))

function translated(value: unknown, done: Map<unknown, unknown>): unknown {
  if (typeof value === 'string') return toForeign(value)
  if (typeof value !== 'object' || value === null) return value
  const known = done.get(value)
  if (known) return known
  const made: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {}
  // One source is one object, wherever it is named.
  done.set(value, made)
  for (const [key, one] of Object.entries(value))
    Object.assign(made, { [key]: isSame(key, value) ? one : translated(one, done) })
  return made
}

const isSame = (key: string, of: object): boolean =>
  SAME.has(key) || (key === 'name' && 'body' in of) || (key === 'kind' && !('outlet' in of))
