import type { Suggest } from '../chat/platform.ts'
import { fold } from '../content/fold.ts'
import { bump, keepInStep } from '../content/in-step.ts'
import { keepable } from '../content/kept-values.ts'
import type { Library } from '../content/library.ts'
import { exactKey, namedSpeakersOf, nameWithStory, speakersOf } from '../content/speakers.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { cachePerObject } from './cache-per-object.ts'
import { type Command, isOffered } from './command.ts'
import { correctableParts } from './desk/correctable-parts.ts'
import { digestOffers } from './digest/suggestions.ts'
import { speakerKey } from './quote/attribution.ts'
import { verbsOf } from './story/story.ts'
import { quoteOffers, rangeOffers, SINCE_OFFERS, sourceOffers } from './story/suggestions.ts'

/** Discord's limits: choices offered at once, and the characters of a choice. */
const MAX_SUGGESTIONS = 25
const MAX_CHARACTERS = 100

type Query = Parameters<Suggest>[0]
type Offer = { name: string; value: string; folded: string }

/**
 * Suggests values for an argument while it is typed, from memory: speakers, quotations, people, stories and commands.
 * Values that begin with the typed text come first.
 */
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
  const suggestions = [...first, ...[...others].filter(([value]) => !first.has(value))]
  return suggestions.slice(0, MAX_SUGGESTIONS).map(([value, name]) => ({ name, value }))
}

function offersFor(
  library: Library,
  commands: Map<string, Command>,
  { command, subcommand, argument, typed }: Query,
): Iterable<Offer>[] {
  const slugs = () => storyOffers(library, 'slug')
  if (argument === 'story') return [storyOffers(library, 'title')]
  if (argument === 'since') return [fittingOffers(SINCE_OFFERS)]
  if (command === 'desk') {
    if (argument === 'part') return [partOffers(library, typed), slugs()]
    if (argument === 'withdrawn')
      return [fittingOffers(library.withdrawn.map(({ slug }) => plainOffer(slug)))]
    return argument === 'slug' || argument === 'into' ? [slugs()] : []
  }
  if (command === 'quote')
    return argument === 'of' ? [speakerOffers(library), quotationOffers(library, typed)] : []
  if (argument === 'name' && (command === 'story' || subcommand === 'story'))
    return [storyVerbOffers(library, typed), slugs()]
  if (argument === 'command') {
    const offered = [...commands.values()].filter(isOffered)
    return [fittingOffers(offered.map(({ name }) => plainOffer(name)))]
  }
  const story = library.story(command)
  if (story && subcommand === 'quotes')
    return [fittingOffers(library.allSpeakers(story).map(speaker => nameOffer(speaker.name)))]
  if (story && argument === 'range') return [fittingOffers(rangeOffers(story, typed))]
  if (story && argument === 'number') return [fittingOffers(sourceOffers(story))]
  if (story && subcommand === 'who')
    return [fittingOffers(story.people.map(person => nameOffer(person.name)))]
  return []
}

/** Quotations that contain the typed words. Each counts as beginning with them, since its name opens with a mark. */
const quotationOffers = (library: Library, typed: string): Offer[] =>
  fittingOffers(quoteOffers(library, typed)).map(offer => ({ ...offer, folded: fold(typed) }))

/** Offers the list of stories and, once the whole name of a story is typed, its verbs. */
function storyVerbOffers(library: Library, typed: string): Offer[] {
  const story = library.story(typed.trim().split(/\s+/)[0] ?? '')
  const verbs = story ? [story.slug, ...verbsOf(story).map(verb => `${story.slug} ${verb.name}`)] : []
  return fittingOffers([
    { name: phrases.suggest.allStories('list'), value: 'list' },
    ...verbs.map(plainOffer),
  ])
}

/** Offers, once the whole name of a story is typed, the parts of it that can be corrected. */
function partOffers(library: Library, typed: string): Offer[] {
  const story = library.story(typed.split('/')[0] ?? '')
  return story ? fittingOffers(correctableParts(story).map(part => plainOffer(`${story.slug}/${part}`))) : []
}

/** What all stories offer by their titles or slugs. */
function* storyOffers(library: Library, by: 'title' | 'slug'): Iterable<Offer> {
  for (const story of library.stories) yield* offersOf(story)[by]
}

/** The speakers of all stories; one who has a namesake in another one with role and story. */
function* speakerOffers(library: Library): Iterable<Offer> {
  speakersInStep.of(library.stories)
  for (const story of library.stories)
    for (const [number, { key, offer }] of offersOf(story).speakers.entries())
      yield* speakerCounts.get(key) === 1 ? offer : namesakeOffersOf(story)[number]!
}

/** How many stories have a speaker of a name. */
const speakerCounts = new Map<string, number>()
function countSpeakers(story: Story, by: 1 | -1): void {
  for (const { key } of offersOf(story).speakers) bump(speakerCounts, key, by)
}
const speakersInStep = keepInStep({
  add: story => countSpeakers(story, 1),
  drop: story => countSpeakers(story, -1),
})

/** Gets ready what a story offers, or all do: otherwise the first keystroke after a start waits for that. */
export const warmOffers = (of: Story | Library): void =>
  'stories' in of ? speakersInStep.of(of.stories) : speakersInStep.add(of)

/** What a story offers. Each list has one offer, or none that fits; `key` is the name by which namesakes are told. */
const offersOf = cachePerObject((story: Story) => ({
  title: fittingOffers([{ name: `${story.title} (${story.slug})`, value: story.slug }]),
  slug: fittingOffers([plainOffer(story.slug)]),
  speakers: namedSpeakersOf(story).map(({ name }) => ({
    key: exactKey(name),
    offer: fittingOffers([nameOffer(name)]),
  })),
}))

/** Offers the speakers of a story as those who have a namesake in another one: with role and story. */
const namesakeOffersOf = cachePerObject((story: Story) => {
  const roles = firstRolesOf(story)
  return namedSpeakersOf(story).map(({ name }, number) =>
    fittingOffers([
      {
        name: phrases.suggest.namesake(name, roles[number]!, story.title),
        value: nameWithStory({ name, story }),
      },
    ]),
  )
})

/** The role of each speaker of a story at their first quote. */
export const firstRolesOf = keepable('firstRoles', story =>
  speakersOf(story).map(({ quotes }) => quotes[0]!.quote.role),
)

/** Keeps offers that are short enough for every platform; a name that is too long is replaced by its value. */
const fittingOffers = (offers: { name: string; value: string }[]): Offer[] =>
  offers
    .filter(offer => offer.value.length <= MAX_CHARACTERS)
    .map(({ name, value }) => ({
      name: name.length <= MAX_CHARACTERS ? name : value,
      value,
      folded: fold(name),
    }))

const plainOffer = (value: string) => ({ name: value, value })

const nameOffer = (name: string) => ({ name, value: speakerKey(name) })
