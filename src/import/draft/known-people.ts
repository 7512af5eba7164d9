import { exactKey } from '../../content/speakers.ts'
import type { Person, Quote, Story } from '../../content/story.ts'

/** A person of a story by their name or an alias of theirs; undefined if nobody, or more than one, is called so. */
export function personCalled(name: string, { people }: Pick<Story, 'people'>): Person | undefined {
  const key = exactKey(name)
  const called = people.filter(person =>
    [person.name, ...person.aliases].some(each => exactKey(each) === key),
  )
  return called.length === 1 ? called[0] : undefined
}

/** The first quotation of a speaker in a story, by their name or an alias of theirs, if that is one speaker. */
export function quoteOf(speaker: string, { quotes }: Pick<Story, 'quotes'>): Quote | undefined {
  const key = exactKey(speaker)
  const theirs = quotes.filter(quote =>
    [quote.speaker, ...quote.aliases].some(each => exactKey(each) === key),
  )
  return new Set(theirs.map(quote => exactKey(quote.speaker))).size === 1 ? theirs[0] : undefined
}
