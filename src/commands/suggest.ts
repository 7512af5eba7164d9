import type { Suggest } from '../chat/platform.ts'
import { fold } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { type Command, isOffered } from './command.ts'
import { correctableParts } from './desk/correctable-parts.ts'
import { digestOffers } from './digest/suggestions.ts'
import { speakerKey } from './quote/attribution.ts'
import { verbsOf } from './story/story.ts'
import { quoteOffers, rangeOffers, SINCE_OFFERS, sourceOffers } from './story/suggestions.ts'

const MAX_SUGGESTIONS = 25
const MAX_CHARACTERS = 100

type Query = Parameters<Suggest>[0]
type Offer = { name: string; value: string; folded: string }

/** Values for what somebody is typing, from memory: speakers, quotations, people, stories and commands, those that begin with it first. */
export function suggest(library: Library, commands: Map<string, Command>, query: Query) {
  if (query.command === 'digest' || query.argument === 'digest')
    return digestOffers(library, query.argument, query.typed)
  const typed = fold(query.typed)
  const first = new Map<string, string>()
  const others = new Map<string, string>()
  for (const list of offersFor(library, commands, query)) {
    for (const { name, value, folded } of list) {
      if (folded.startsWith(typed)) first.set(value, name)
      else if (others.size < MAX_SUGGESTIONS && folded.includes(typed)) others.set(value, name)
      if (first.size === MAX_SUGGESTIONS) break
    }
  }
  const all = [...first, ...[...others].filter(([value]) => !first.has(value))]
  return all.slice(0, MAX_SUGGESTIONS).map(([value, name]) => ({ name, value }))
}

function offersFor(
  library: Library,
  commands: Map<string, Command>,
  { command, subcommand, argument, typed }: Query,
): Offer[][] {
  const all = allOffers(library)
  if (argument === 'story') return [all.stories]
  if (argument === 'since') return [fittingOffers(SINCE_OFFERS)]
  if (command === 'desk')
    return argument === 'part'
      ? [partOffers(library, typed), all.slugs]
      : argument === 'slug'
        ? [all.slugs]
        : []
  if (command === 'quote') return argument === 'of' ? [all.speakers, quotationOffers(library, typed)] : []
  if (argument === 'name' && (command === 'story' || subcommand === 'story'))
    return [storyVerbOffers(library, typed), all.slugs]
  if (argument === 'command')
    return [fittingOffers([...commands.values()].filter(isOffered).map(one => plainOffer(one.name)))]
  const story = library.story(command)
  if (story && subcommand === 'quotes')
    return [fittingOffers(library.allSpeakers(story).map(speaker => nameOffer(speaker.name)))]
  if (story && argument === 'range') return [fittingOffers(rangeOffers(story, typed))]
  if (story && argument === 'number') return [fittingOffers(sourceOffers(story))]
  if (story && subcommand === 'who')
    return [fittingOffers(story.people.map(person => nameOffer(person.name)))]
  return []
}

/** Quotations that hold what is typed, whatever else stands before it in their names. */
const quotationOffers = (library: Library, typed: string): Offer[] =>
  fittingOffers(quoteOffers(library, typed)).map(offer => ({ ...offer, folded: fold(typed) }))

/** The list; and once the whole name of a story stands there, what can be asked of it. */
function storyVerbOffers(library: Library, typed: string): Offer[] {
  const story = library.story(typed.trim().split(/\s+/)[0] ?? '')
  const own = story ? [story.slug, ...verbsOf(story).map(verb => `${story.slug} ${verb.name}`)] : []
  return fittingOffers([{ name: phrases.suggest.allStories('list'), value: 'list' }, ...own.map(plainOffer)])
}

/** Once the whole name of a story stands there, what can be corrected in it. */
function partOffers(library: Library, typed: string): Offer[] {
  const story = library.story(typed.split('/')[0] ?? '')
  return story ? fittingOffers(correctableParts(story).map(part => plainOffer(`${story.slug}/${part}`))) : []
}

type LibraryOffers = { stories: Offer[]; slugs: Offer[]; speakers: Offer[] }
const offersCache = new WeakMap<Library, LibraryOffers>()

/** What there is to offer in all stories; made once for each content, since it is asked for at every key. */
function allOffers(library: Library): LibraryOffers {
  const known = offersCache.get(library)
  if (known) return known
  const titled = ({ title, slug }: Story) => ({ name: `${title} (${slug})`, value: slug })
  const all = {
    stories: fittingOffers(library.stories.map(titled)),
    slugs: fittingOffers(library.stories.map(story => plainOffer(story.slug))),
    speakers: fittingOffers(library.allSpeakers().map(speaker => nameOffer(speaker.name))),
  }
  offersCache.set(library, all)
  return all
}

/** Offers that are short enough for every platform; a name that is too long is told by its value. */
const fittingOffers = (all: { name: string; value: string }[]): Offer[] =>
  all
    .filter(offer => offer.value.length <= MAX_CHARACTERS)
    .map(({ name, value }) => ({
      name: name.length <= MAX_CHARACTERS ? name : value,
      value,
      folded: fold(name),
    }))

const plainOffer = (value: string) => ({ name: value, value })
const nameOffer = (name: string) => ({ name, value: speakerKey(name) })
