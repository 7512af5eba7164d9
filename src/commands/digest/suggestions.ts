import { fold } from '../../content/fold.ts'
import type { Library } from '../../content/library.ts'
import { zoneOffers } from '../../digests/zones.ts'
import { phrases } from '../../phrases/phrases.ts'

type Offer = { name: string; value: string }

const MAX_SUGGESTIONS = 25
/** The longest choice that every platform accepts. */
const MAX_CHARACTERS = 100

const { weekdays, daily, weekends, skip, note, all } = phrases.digest.offer

const DAYS: Offer[] = [
  { name: weekdays, value: 'weekdays' },
  { name: daily, value: 'daily' },
  { name: weekends, value: 'weekends' },
  ...['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'mon-thu', 'mon,wed,fri', 'tue,thu'].map(plainOffer),
]
const POLICIES: Offer[] = [
  { name: skip, value: 'skip' },
  { name: note, value: 'note' },
]

/** Offers values for an argument of a digest verb; those that begin with the typed text come first. */
export function digestOffers(library: Library, argument: string, typed: string): Offer[] {
  switch (argument) {
    case 'zone':
      // Already sorted, and also found by names that are not shown: bombay is Asia/Kolkata.
      return zoneOffers(typed)
    case 'days':
      return matchingOffers(DAYS, typed)
    case 'policy':
      return matchingOffers(POLICIES, typed)
    case 'stories':
      return storyOffers(library, typed)
    default:
      return matchingOffers(
        library.digests.map(({ name, title }) => ({ name: `${name}: ${title}`, value: name })),
        typed,
      )
  }
}

/** Offers stories for a list with commas, of which only the last name is still being typed. */
function storyOffers(library: Library, typed: string): Offer[] {
  const pieces = typed.split(',').map(piece => piece.trim())
  const open = pieces.pop() ?? ''
  const before = pieces.filter(Boolean)
  const offers = [
    ...(before.length === 0 ? [{ name: all, value: 'all' }] : []),
    ...library.stories.filter(({ slug }) => !before.includes(slug)).map(({ slug }) => plainOffer(slug)),
  ]
  return matchingOffers(offers, open)
    .map(({ name, value }) => {
      const list = [...before, value].join(',')
      return { name: before.length > 0 ? list : name, value: list }
    })
    .filter(({ value }) => value.length <= MAX_CHARACTERS)
}

function matchingOffers(offers: Offer[], typed: string): Offer[] {
  const wanted = fold(typed)
  const rank = ({ name }: Offer) => {
    const folded = fold(name)
    return folded.startsWith(wanted) ? 0 : folded.includes(wanted) ? 1 : 2
  }
  return offers
    .map(offer => ({ offer, rank: rank(offer) }))
    .filter(ranked => ranked.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ offer }) => offer)
}

function plainOffer(value: string): Offer {
  return { name: value, value }
}
