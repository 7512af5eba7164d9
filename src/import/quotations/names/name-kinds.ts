import type { Token } from '../tokens.ts'
import { isGivenName } from '../words/given-names.ts'
import { isOrganisationNoun, isOrganisationWord, isPlaceOrDay } from '../words/organisations.ts'
import type { Mention } from './mention.ts'

const PARTY =
  /^(?:Republicans?|Democrats?|Democratic|Conservatives?|Tory|Tories|Labour|GOP|Liberals?|Greens?|Americans?|Presumptive|Top|Former|Senior|Muslims?|Christians?|Catholics?|Jewish|Islamic)$/

const PLACE_START =
  /^(?:New|North|South|West|East|Northern|Southern|Western|Eastern|San|Santa|Los|Las|Fort|Port|Mount|United|Saudi|Hong|Great|Lake|Cape|Puerto|Costa|El|Sri|White|Wall|Silicon|Middle|Central|Supreme|Capitol|Rue|Via|Calle|Camp|Glen|Loch|Isle|Mt\.?|St\.?)$/

const PLACE_END =
  /^(?:City|County|Street|Avenue|Road|Island|Islands|River|Valley|Beach|Bay|Hills|Springs|Heights|Park|Square|Bridge|Airport|Province|Peninsula|Sea|Ocean|Coast|Desert|Mountains|House|Hall|Building|Tower|Stadium|Arena|Station|Point|Reef|Ridge|Creek|Falls|Canyon|Forest|Drive|Grove|Gorge|Cove|Harbou?r|Pond|Meadows|Common|Spit|Crossing|Junction|Mall|Plaza|Court|Day|Week|Year|War|Act|Bill|Amendment|Agreement|Treaty|Prize|Award|Cup|Games|Olympics|Championship|Festival|Show)$/

const WORK =
  /^(?:book|novel|memoir|film|movie|play|album|song|show|series|musical|opera|magazine|newspaper|documentary|poem|painting|autobiography)$/

/** What a name is the name of, by its words and the word before it. */
export function kindOf(tokens: Token[], first: number, last: number, withRole: boolean): Mention['kind'] {
  const words = tokens.slice(first, last + 1)
  const end = words.at(-1)!
  if (words.some(({ lower }) => lower === 'of' || lower === 'and' || lower === '&')) return 'organisation'
  if (/^@/.test(words[0]!.text)) return 'person'
  // “the al Qaeda-linked Islamic cleric”
  if (isAdjective(words) && tokens[last + 1]?.kind === 'word' && !tokens[last + 1]!.capital) return 'place'
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
  if (words.length === 2 && before !== undefined && /^(?:at|in|near|along|outside)$/.test(before.lower))
    return 'place'
  if (words.length === 1 && /^[\p{Lu}\p{N}&.-]{2,}$/u.test(end.text)) return 'organisation'
  if (
    before &&
    !before.capital &&
    (isOrganisationNoun(before.lower) || (before.lower === 'the' && tokens[first - 2]?.text !== ','))
  )
    return 'organisation'
  // “the operator, Naviera Azul,”
  if (
    before?.text === ',' &&
    isOrganisationNoun(tokens[first - 2]?.lower ?? '') &&
    !isOfAnother(tokens, first - 3)
  )
    return 'organisation'
  // “his book, Ebb Tide,”
  if (before?.text === ',' && WORK.test(tokens[first - 2]?.lower ?? '')) return 'organisation'
  // LiveWire, but McEnroe, DeVito
  if (
    words.length === 1 &&
    /^(?!(?:Mc|Mac|De|Di|Da|Du|La|Le|Van|Fitz))\p{Lu}\p{Ll}+\p{Lu}\p{Ll}+$/u.test(end.text)
  )
    return 'organisation'
  if (words.length > 5) return 'organisation'
  return words.length === 1 ? 'unknown' : 'person'
}

const isAdjective = (words: Token[]) =>
  words.length > 1 &&
  words.some(({ lower }) => /-(?:linked|backed|based|born|led|owned|aligned|affiliated)$/.test(lower))

/** Whether a noun belongs to the one before: “the director of the museum, …”. */
const isOfAnother = (tokens: Token[], at: number) =>
  tokens.slice(Math.max(0, at - 3), at + 1).some(({ lower }) => /^(?:of|for|at|from|with|to|in)$/.test(lower))
