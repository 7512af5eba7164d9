import type { People, Person } from './names/people.ts'

/** Whoever is quoted, as far as the text tells. `weight` is how far the rules can be trusted: 1 is as named beside it. */
export type Speaker = {
  person?: Person
  name?: string
  named?: string
  kind: 'person' | 'other'
  weight: number
}

/** Where people were named so far, the latest last: pronouns mean one of them. */
export type Named = {
  person: Person
  paragraph: number
  sentence: number
  token: number
  end: number
  isSubject: boolean
  isSpeaker: boolean
  isOwner: boolean
  /** The number of the last sentence of its paragraph that names somebody. */
  lastSentence: number
}

/** What is known of a text while it is read: its people, where they were named so far, and who was quoted last. */
export type Reading = {
  text: string
  people: People
  named: Named[]
  last?: Speaker & { paragraph: number; sentence: number; open: boolean }
}
