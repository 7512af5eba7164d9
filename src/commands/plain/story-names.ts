import { tokens } from '../../content/fold.ts'
import { bump, keepInStep } from '../../content/in-step.ts'
import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import type { Word } from './words.ts'

/** The story that some words name: by its slug or command, or by its title, whole or up to the colon. */
export function storyNamed(words: Word[], library: Library): Story | undefined {
  const named = library.story(words.map(({ key }) => key).join('-'))
  if (named || words.length === 1) return named
  namesInStep.of(library.stories)
  const titled = storiesByTitle.get(titleKey(words.map(({ key }) => key).join(' ')))
  if (!titled || titled.size === 1) return titled && [...titled][0]
  return library.stories.find(story => titled.has(story))
}

/** Whether the name of any story begins with a word: most words begin none, and are not looked up with those after them. */
export function mayBeginStory({ key }: Word, library: Library): boolean {
  const [first] = tokens(key)
  if (first === undefined) return true
  namesInStep.of(library.stories)
  return firstWords.has(first)
}

/** Counts the names of one story, or of all and of no others, before somebody asks. */
export const warmStoryNames = (of: Story | Library): void =>
  'stories' in of ? namesInStep.of(of.stories) : namesInStep.add(of)

const storiesByTitle = new Map<string, Set<Story>>()
const firstWords = new Map<string, number>()

const namesInStep = keepInStep({
  add(story) {
    for (const title of titleKeysOf(story)) {
      const titled = storiesByTitle.get(title) ?? new Set()
      storiesByTitle.set(title, titled.add(story))
    }
    for (const word of firstWordsOf(story)) bump(firstWords, word, 1)
  },
  drop(story) {
    for (const title of titleKeysOf(story)) {
      const titled = storiesByTitle.get(title)
      titled?.delete(story)
      if (titled?.size === 0) storiesByTitle.delete(title)
    }
    for (const word of firstWordsOf(story)) bump(firstWords, word, -1)
  },
})

const titleKeysOf = ({ title }: Story): Set<string> => new Set([title, title.split(':')[0]!].map(titleKey))

const firstWordsOf = (story: Story): string[] =>
  [story.slug, story.command ?? story.slug, ...titleKeysOf(story)].flatMap(name => tokens(name).slice(0, 1))

const titleKey = (title: string): string => tokens(title).join(' ').replace(/ vs? /, ' v ')
