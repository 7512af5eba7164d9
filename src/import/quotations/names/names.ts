import type { Token } from '../tokens.ts'
import { isGivenName } from '../words/given-names.ts'
import { isDocument, isOrganisationNoun, isOrganisationWord } from '../words/organisations.ts'
import { isGroup, roleOf, TITLE } from '../words/roles.ts'
import { verbForm } from '../words/verbs.ts'
import type { Mention } from './mention.ts'
import { INITIAL, readSequence, startsSentence } from './read-sequence.ts'

const PARTICLE =
  /^(?:de|da|do|dos|das|del|della|di|du|der|den|van|von|vom|zu|ter|ten|la|le|los|las|el|al|bin|ibn|ben|bint|y|e|af|av|Ó|ní)$/

const SUFFIX = /^(?:Jr|Sr|II|III|IV|QC|KC|SC|MP|MD|PhD|OBE|MBE|CBE|TD|MEP|MSP)\.?$/

/** Words that begin sentences with a capital letter and belong to no name. */
const NOT_IN_NAMES =
  /^(?:the|a|an|he|she|it|they|we|i|i'm|i've|you|who|what|this|that|these|those|his|her|hers|its|our|their|my|your|and|but|or|nor|yet|so|in|on|at|to|for|from|of|by|with|as|if|when|while|after|before|since|until|because|although|though|despite|during|under|over|between|among|against|about|according|asked|also|not|no|yes|now|then|there|here|how|why|where|which|both|all|some|many|most|one|two|three|four|five|six|seven|eight|nine|ten|another|other|others|even|only|just|still|later|earlier|meanwhile|however|instead|once|last|next|such|than|too|more|much|will|would|can|could|may|might|should|do|does|did|is|was|are|were|be|been|has|have|had|let|see|read|speaking|writing|reached|outside|inside|like|unlike|following|addressing|image|photo|file|standing|sitting|looking|responding|discussing|thousands|hundreds|dozens|people|police|officials|prosecutors|critics|supporters|residents|experts|researchers|scientists|opponents|authorities|investigators|neighbours|neighbors|perhaps|maybe|thursday's|today|yesterday|tomorrow|tonight|through|throughout|within|without|via|per|amid|told|quoting|citing|added|each|every|any|few|several|long|further|again|never|always|often|soon|finally|indeed|thus|hence|moreover|furthermore|besides|nevertheless|nonetheless|overall|today's|that's|there's|it's|he's|she's|what's|reporters|sources|lawyers|attorneys)$/i

/** Finds the names of a paragraph. `lowerWords` are the words that the text also writes without a capital letter. */
export function findMentions(tokens: Token[], lowerWords: Set<string>): Mention[] {
  const mentions: Mention[] = []
  let index = 0
  while (index < tokens.length) {
    const end = isNameStart(tokens, index, lowerWords) ? sequenceEnd(tokens, index) : -1
    if (end < 0) {
      index++
      continue
    }
    mentions.push(...readSequence(tokens, index, end, lowerWords))
    index = end + 1
  }
  return mentions
}

function isNameStart(tokens: Token[], index: number, lowerWords: Set<string>): boolean {
  const { kind, capital, text, lower } = tokens[index]!
  if (kind === 'word' && /^@\w/.test(text)) return true
  if (kind === 'word' && /^(?:al|el|de|van|von|bin)-?$/i.test(lower) && tokens[index + 1]?.capital)
    return !capital || !startsSentence(tokens, index) || true
  if (kind !== 'word' || !capital || text === 'I') return false
  if (!startsSentence(tokens, index))
    return !NOT_IN_NAMES.test(lower) || INITIAL.test(text) || isSmallGiven(tokens, index)
  if (NOT_IN_NAMES.test(lower)) return false
  if (verbForm(lower) && !tokens[index + 1]?.capital) return false
  if (/^(?:said|says|added|asked|wrote|replied)$/.test(lower)) return false
  // A common word at the start of a sentence is no name, unless a role or a title that stands before one.
  if (lowerWords.has(lower) && !tokens[index + 1]?.capital)
    return leadsRole(tokens, index) || speaksAtOnce(tokens, index)
  return (
    !lowerWords.has(lower) ||
    roleOf(lower) !== undefined ||
    isGivenName(lower) ||
    isOrganisationWord(lower) ||
    TITLE.test(text) ||
    !/(?:ly|ing|ed)$/.test(lower)
  )
}

/** Whether a small word inside a sentence is a given name: Will Smith, Per Lindgren. */
const isSmallGiven = (tokens: Token[], index: number) =>
  /^(?:Will|Per|May|An|Do|So)$/.test(tokens[index]!.text) && tokens[index + 1]?.capital === true

/** “Long told jurors”: a common word alone that says something is somebody’s name, unless it is a noun that can. */
const speaksAtOnce = (tokens: Token[], index: number) => {
  const { lower } = tokens[index]!
  return (
    /^(?:said|says|told|added|wrote|testified|replied)$/.test(tokens[index + 1]?.lower ?? '') &&
    !/(?:s|ly|ing|ed|one)$/.test(lower) &&
    roleOf(lower) === undefined &&
    !isGroup(lower) &&
    !isOrganisationNoun(lower) &&
    !isDocument(lower) &&
    verbForm(lower) === undefined
  )
}

/** “Minister of Education …”, “Undersecretary for Health …” */
const leadsRole = (tokens: Token[], index: number) =>
  roleOf(tokens[index]!.lower) !== undefined &&
  /^(?:of|for)$/.test(tokens[index + 1]?.lower ?? '') &&
  tokens[index + 2]?.capital === true

/** al-Amr, el-Sisi: a name that begins with a small article. */
const WITH_ARTICLE = /^(?:al|el|ar|as|ash|at|az|ad|an|ul|ibn|bin)[-‐]\p{Lu}/u

/** Small words that are surnames behind a given name: Huey Long, Theresa May. */
const SURNAME = /^(?:Long|Will|May|Read|See|Still|More|Best|Short)$/

const isGivenLike = (tokens: Token[], at: number) =>
  isGivenName(tokens[at]!.lower) ||
  (at > 0 && (roleOf(tokens[at - 1]!.lower) !== undefined || TITLE.test(tokens[at - 1]!.text)))

/** Words that begin no name and stand inside some: Chicago Police Department. */
const INSIDE = /^(?:Police|People|People's|Prosecutors?)$/

/** The last token of a run of words with capital letters, with the small words that names have inside. */
function sequenceEnd(tokens: Token[], first: number): number {
  let last = first
  for (let index = first + 1; index < tokens.length && index - first < 16; index++) {
    const { kind, text, lower, capital } = tokens[index]!
    const next = tokens[index + 1]
    if (tokens[index]!.sentence !== tokens[first]!.sentence) break
    if (
      kind === 'word' &&
      capital &&
      (!NOT_IN_NAMES.test(lower) || INITIAL.test(text) || isSmallGiven(tokens, index)) &&
      text !== 'I'
    )
      last = index
    else if (kind === 'word' && index === last + 1 && SURNAME.test(text) && isGivenLike(tokens, last))
      last = index
    else if (/^(?:1st|2nd|3rd)$/.test(lower) && next?.capital && roleOf(next.lower) !== undefined)
      last = index
    else if (kind === 'word' && index === last + 1 && (INSIDE.test(text) || WITH_ARTICLE.test(text)))
      last = index
    else if (
      kind === 'word' &&
      PARTICLE.test(lower) &&
      index === last + 1 &&
      (next?.capital || (next && PARTICLE.test(next.lower)))
    )
      continue
    else if (/^(?:of|for|in|and|the|&)$/.test(lower) && linksNames(tokens, first, index, last)) continue
    else if (
      isNickname(tokens[index]!) &&
      next?.kind === 'word' &&
      next.capital &&
      isPersonLike(tokens, last)
    )
      continue
    else if (text === ',' && next && SUFFIX.test(next.text) && /^(?:Jr|Sr)/.test(next.text)) continue
    else if (kind === 'word' && PARTICLE.test(tokens[index - 1]!.lower) && PARTICLE.test(lower)) continue
    else break
  }
  return last
}

/** Whether `of`, `for`, `the` or `and` belongs to a name: University of Leeds, Secretary of State, Health and Safety. */
function linksNames(tokens: Token[], first: number, index: number, last: number): boolean {
  const { lower } = tokens[index]!
  const next = tokens[index + 1]
  const before = tokens[last]!
  if (lower === '&') return next?.capital === true
  // “Special Agent in Charge”
  if (lower === 'in') return next?.text === 'Charge' && roleOf(before.lower) !== undefined
  if (lower === 'the') return index === last + 2 && next?.capital === true
  const isHead = roleOf(before.lower) !== undefined || isOrganisationWord(before.lower)
  if (lower === 'and' && FIELD.test(before.lower) && next?.capital && tokens[index + 2]?.capital) return true
  if (lower === 'and') return isOrganisationTail(tokens, first, index) && next?.capital === true
  return (
    index === last + 1 &&
    isHead &&
    (next?.capital === true || (next?.lower === 'the' && tokens[index + 2]?.capital === true))
  )
}

/** What departments are for: Health and Human Services Director. */
const FIELD =
  /^(?:health|parks?|arts?|culture|trade|research|science|transport|transportation|energy|food|children|families|housing|safety|water|planning|education|business|human|public|community|emergency|homeland|veterans|mines|fish|game|wildlife|environment|agriculture|climate)$/

/** Whether what follows “and” still belongs to the name of one organisation. */
function isOrganisationTail(tokens: Token[], first: number, index: number): boolean {
  const head = tokens
    .slice(first, index)
    .findIndex(({ lower }) =>
      /^(?:department|ministry|office|bureau|institute|secretary|minister|board|centre|center|society)$/.test(
        lower,
      ),
    )
  return head >= 0 && tokens[first + head + 1]?.lower !== "'s"
}

const isNickname = ({ kind, text }: Token) =>
  kind === 'run' && text.length < 25 && text.split(/\s/).length <= 3 && !/[.,?!]$/.test(text)

const isPersonLike = (tokens: Token[], at: number) =>
  !isOrganisationWord(tokens[at]!.lower) && roleOf(tokens[at]!.lower) === undefined
