import type { Digest } from '../../../src/content/digest.ts'
import type { Story } from '../../../src/content/story.ts'

/** Keys of a story whose values are not translated: names that are typed, kinds, dates, addresses. */
const UNTRANSLATED = new Set(
  'slug command id state confidence part on date from coversTo added url link seen saidOn embargo published code'.split(
    ' ',
  ),
)

/** Writes words in Armenian letters: whatever is still in Latin letters did not come from the content. */
export const toForeign = (words: string): string =>
  words
    .replace(/[A-Z]/g, letter => shiftLetter(letter, 'A', 0x531))
    .replace(/[a-z]/g, letter => shiftLetter(letter, 'a', 0x561))

const shiftLetter = (letter: string, first: string, to: number) =>
  String.fromCharCode(letter.charCodeAt(0) - first.charCodeAt(0) + to)

/** Translates all values of an object into Armenian letters. */
export const toForeignValues = <Words extends Record<string, string>>(words: Words): Words =>
  translate(words, new Map()) as Words

/** Translates stories into Armenian letters; texts keep their length, so that positions in sources stay right. */
export const foreignStories = (stories: Story[]): Story[] => translate(stories, new Map()) as Story[]

/** Translates digests into Armenian letters. */
export const foreignDigests = (digests: Digest[]): Digest[] =>
  digests.map(digest => ({
    ...digest,
    title: toForeign(digest.title),
    about: digest.about === undefined ? undefined : toForeign(digest.about),
  }))

/** Translates all strings in a value. An object that is used in several places stays one object, as a source does. */
function translate(value: unknown, translations: Map<unknown, unknown>): unknown {
  if (typeof value === 'string') return toForeign(value)
  if (typeof value !== 'object' || value === null) return value
  const known = translations.get(value)
  if (known) return known
  const translation: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {}
  // Before its values, since they may refer to it.
  translations.set(value, translation)
  for (const [key, inner] of Object.entries(value))
    Object.assign(translation, { [key]: isUntranslated(key, value) ? inner : translate(inner, translations) })
  return translation
}

/** Whether a key of an object stays as it is: a section's name is typed, and only a source's kind is read. */
const isUntranslated = (key: string, owner: object): boolean =>
  UNTRANSLATED.has(key) || (key === 'name' && 'body' in owner) || (key === 'kind' && !('outlet' in owner))
