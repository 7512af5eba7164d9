import type { Token } from '../tokens.ts'
import { isGivenName } from '../words/given-names.ts'
import { isOrganisationNoun, isOrganisationWord, isPlaceOrDay } from '../words/organisations.ts'
import type { Mention } from './mention.ts'

const PARTY =
  /^(?:Republicans?|Democrats?|Democratic|Conservatives?|Tory|Tories|Labour|GOP|Liberals?|Greens?|Americans?|Presumptive|Top|Former|Senior|Muslims?|Christians?|Catholics?|Jewish|Islamic)$/

const PLACE_START =
  /^(?:New|North|South|West|East|Northern|Southern|Western|Eastern|San|Santa|Los|Las|Fort|Port|Mount|United|Saudi|Hong|Great|Lake|Cape|Puerto|Costa|El|Sri|White|Wall|Silicon|Middle|Central|Supreme|Capitol)$/

const PLACE_END =
  /^(?:City|County|Street|Avenue|Road|Island|Islands|River|Valley|Beach|Bay|Hills|Springs|Heights|Park|Square|Bridge|Airport|Province|Peninsula|Sea|Ocean|Coast|Desert|Mountains|House|Hall|Building|Tower|Stadium|Arena|Station|Day|Week|Year|War|Act|Bill|Amendment|Agreement|Treaty|Prize|Award|Cup|Games|Olympics|Championship|Festival|Show)$/

/** What a name is the name of, by its words and the word before it. */
export function kindOf(tokens: Token[], first: number, last: number, withRole: boolean): Mention['kind'] {
  const words = tokens.slice(first, last + 1)
  const end = words.at(-1)!
  if (words.some(({ lower }) => lower === 'of' || lower === 'and' || lower === '&')) return 'organisation'
  if (/^@/.test(words[0]!.text)) return 'person'
  if (
    words.length > 1 &&
    isGivenName(words[0]!.lower) &&
    !/^(?:Inc|Ltd|Corp|Foundation|University|College|Hospital|School|Institute|Trust|Council|Company|Group|Airport|Association|Center|Centre|Library|Museum|Bank)\.?$/.test(
      end.text,
    )
  )
    return 'person'
  if (words.some(({ lower }) => isOrganisationWord(lower)) && !(withRole && words.length === 1))
    return 'organisation'
  if (/\.(?:com|org|net|gov|co\.uk)$/i.test(end.lower)) return 'organisation'
  const all =
    words.every(({ lower, text }) => isPlaceOrDay(lower) || PARTY.test(text)) ||
    (words.length > 1 && !withRole && (PLACE_START.test(words[0]!.text) || PLACE_END.test(end.text)))
  if (all) return 'place'
  if (withRole) return 'person'
  const before = tokens[first - 1]
  if (words.length === 1 && /^[\p{Lu}\p{N}&.-]{2,}$/u.test(end.text)) return 'organisation'
  if (
    before &&
    !before.capital &&
    (isOrganisationNoun(before.lower) || (before.lower === 'the' && tokens[first - 2]?.text !== ','))
  )
    return 'organisation'
  if (words.length > 5) return 'organisation'
  return words.length === 1 ? 'unknown' : 'person'
}
