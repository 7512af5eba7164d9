import type { People, Person } from './names/people.ts'
import type { Paragraph } from './paragraph.ts'

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

/**
 * Whoever was quoted last, and where. `open` says that their words go on in the next paragraph, `asks` that they end with a
 * question, `answers` that they follow one of somebody else, `alone` that they fill their paragraph,
 * `follows` that they do but for who says it, and so do those of somebody else in the paragraph before.
 */
export type Last = Speaker & {
  paragraph: number
  sentence: number
  open: boolean
  asks: boolean
  answers: boolean
  alone: boolean
  follows: boolean
}

/**
 * What is known of a text while it is read: its people, where they are named, paragraph by paragraph (`places`) and so far
 * (`named`), who was quoted last, and who before them.
 */
export type Reading = {
  text: string
  people: People
  paragraphs: Paragraph[]
  places: Named[][]
  named: Named[]
  last?: Last
  other?: Speaker
}
