import { fold } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import type { Suggest } from '../platform.ts'
import { speakerKey } from './quoted.ts'
import { verbsOf } from './story.ts'

const MOST = 25
const MOST_CHARACTERS = 100

type Query = Parameters<Suggest>[0]
type Offer = { name: string; value: string }

/** Values for what somebody is typing, from memory: speakers, people, stories and commands, those that begin with it first. */
export function suggestions(library: Library, commands: string[], query: Query): Offer[] {
  const typed = fold(query.typed)
  const fitting = offersFor(library, commands, query).filter(
    offer => offer.value.length <= MOST_CHARACTERS && fold(offer.name).includes(typed),
  )
  const rank = (offer: Offer) => (fold(offer.name).startsWith(typed) ? 0 : 1)
  return fitting.sort((a, b) => rank(a) - rank(b)).slice(0, MOST)
}

function offersFor(library: Library, commands: string[], { command, subcommand, argument }: Query): Offer[] {
  if (argument === 'story')
    return library.stories.map(story => ({ name: `${story.title} (${story.slug})`, value: story.slug }))
  if (command === 'quote') return library.allSpeakers().map(speaker => named(speaker.name))
  if (argument === 'name' && (command === 'story' || subcommand === 'story')) return storyOffers(library)
  if (argument === 'command') return commands.map(name => ({ name, value: name }))
  const story = library.story(command)
  if (!story) return []
  if (subcommand === 'quotes') return library.allSpeakers(story).map(speaker => named(speaker.name))
  if (subcommand === 'who') return story.people.map(person => named(person.name))
  return []
}

function storyOffers(library: Library): Offer[] {
  const list = { name: 'list: all stories', value: 'list' }
  const slugs = library.stories.map(story => ({ name: story.slug, value: story.slug }))
  const verbs = library.stories
    .slice(0, 200)
    .flatMap(story => verbsOf(story).map(verb => `${story.slug} ${verb.name}`))
  return [list, ...slugs, ...verbs.map(name => ({ name, value: name }))]
}

const named = (name: string): Offer => ({ name, value: speakerKey(name) })
