import { bump, keepInStep } from '../in-step.ts'
import { wordsOfName } from '../search/story-index.ts'
import { namedSpeakersOf } from '../speakers.ts'
import type { Story } from '../story.ts'
import type { NameIndex } from './closest-names.ts'
import { countNamesInIndex } from './counted-names.ts'

/** The names of the speakers of a story, whole and as single words, to find the closest to a mistyped one. */
export const namesToType = (story: Story): string[] =>
  namedSpeakersOf(story).flatMap(({ name }) => [name, ...name.split(' ')])

const wordsOfSpeakers = (story: Story): string[] =>
  namedSpeakersOf(story).flatMap(({ name, aliases }) => [name, ...aliases].flatMap(wordsOfName))

const names = countNamesInIndex()
const words = new Map<string, number>()

function countWords(story: Story, by: 1 | -1): void {
  for (const word of wordsOfSpeakers(story)) bump(words, word, by)
}

const inStep = keepInStep({
  add(story) {
    namesToType(story).forEach(names.add)
    countWords(story, 1)
  },
  drop(story) {
    namesToType(story).forEach(names.drop)
    countWords(story, -1)
  },
})

/** The names of all speakers of some stories, until they are asked for of others. */
export function allSpeakerNames(stories: Story[]): NameIndex {
  inStep.of(stories)
  return names.index
}

/**
 * Whether each word of a query is in some name of a speaker: otherwise it names none, and no story is looked at. Right
 * after a start nobody waits until all names are counted.
 */
export const mayNameSpeaker = (stories: Story[], query: string): boolean =>
  !inStep.ofFew(stories) || wordsOfName(query).every(word => words.has(word))

/** Gets the names of the speakers of a story ready, before somebody asks for those of all. */
export const warmSpeakerNames = (story: Story): void => inStep.add(story)
