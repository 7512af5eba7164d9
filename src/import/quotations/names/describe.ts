import type { Paragraph } from '../paragraph.ts'
import type { Token } from '../tokens.ts'
import { roleOf, TITLE } from '../words/roles.ts'
import { verbForm } from '../words/verbs.ts'
import type { Mention } from './mention.ts'
import { describe, type Person } from './people.ts'

/** Notes what stands beside a name and says what somebody is: before it, or behind it between commas. */
export function describeBeside(text: string, paragraph: Paragraph, mention: Mention, person: Person): void {
  const { tokens } = paragraph
  const before = roleBefore(paragraph, mention)
  if (before < mention.nameFirst)
    describe(person, text.slice(tokens[before]!.start, tokens[mention.nameFirst - 1]!.end))
  const comma = tokens[mention.last + 1]
  if (comma?.text !== ',' || tokens[mention.last + 2] === undefined) return
  const from = afterAge(tokens, mention.last + 2)
  let end = from
  while (
    end < tokens.length &&
    end - from < 25 &&
    tokens[end]!.kind === 'word' &&
    tokens[end]!.sentence === comma.sentence
  )
    end++
  const stop = tokens[end]
  const closed = stop !== undefined && /^[,.;—–-]+$/.test(stop.text)
  const words = tokens.slice(from, end)
  if (!closed || words.length === 0) return
  // What begins like a clause or holds a verb is no description.
  if (/^(?:who|which|and|but|said|says|whose|where|when|speaking|adding)$/.test(words[0]!.lower)) return
  if (!words.some(({ lower }) => roleOf(lower) !== undefined)) return
  const verb = words.findIndex(({ lower }, index) => verbForm(lower)?.form === 'past' && index > 0)
  if (verb >= 0 && !/^(?:known|called|named|retired|appointed)$/.test(words[verb]!.lower)) return
  describe(person, text.slice(words[0]!.start, words.at(-1)!.end))
}

/** Where a description begins behind an age: “Jane Roe, 34, a nurse”. */
function afterAge(tokens: Token[], at: number): number {
  const age = /^aged?$/.test(tokens[at]?.lower ?? '') ? at + 1 : at
  return /^\d{1,3}$/.test(tokens[age]?.text ?? '') && tokens[age + 1]?.text === ',' ? age + 2 : at
}

/** What may stand before a role: “former chief executive”, “budget director”, “the company’s head of”. */
const MODIFIER =
  /^(?:former|then|chief|executive|senior|deputy|vice|acting|interim|retired|ex|budget|campaign|police|fire|school|high|team|head|lead|managing|general|prime|state|county|city|town|village|foreign|defen[cs]e|finance|interior|health|education|press|human|rights|union|company|party|presidential|congressional|vice-presidential|opposition|majority|minority|assistant|associate|junior|freshman|veteran|longtime|long-time|fellow|local|national|federal|regional|district|club|bank|hospital|university|college|museum|music|film|art|science|sports|news|staff|trade|transport|transit|housing|planning|energy|environment|labou?r|justice|home|culture|technology|marketing|communications|operating|financial|medical|nursing|research|climate|political|economic|legal|military|naval|army|navy|marine|stage|theatre|theater|independent|democratic|republican|conservative|liberal|[a-z]+'s|'s|of|and|&)$/

/** Where the words begin that say what somebody is, before the name: “Budget director”, “the company’s chief executive”. */
function roleBefore({ tokens, mentionAt }: Paragraph, mention: Mention): number {
  let first = mention.first
  // Titles alone are no role.
  if (tokens.slice(mention.first, mention.nameFirst).every(({ text }) => TITLE.test(text)))
    first = mention.nameFirst
  const next = tokens[first - 1]
  const comma = next?.text === ',' && first === mention.nameFirst ? 1 : 0
  let isRole = first < mention.nameFirst
  for (let index = first - 1 - comma; index >= 0 && first - index < 9; index--) {
    const { kind, lower, capital, text, sentence } = tokens[index]!
    if (sentence !== tokens[mention.first]!.sentence) break
    if (kind !== 'word' && text !== '&') break
    if (roleOf(lower) !== undefined) isRole = true
    else if (!isRole) break
    else if (!capital && !MODIFIER.test(lower)) break
    const other = mentionAt[index]
    if (other && other !== mention && other.kind === 'person' && tokens[other.last + 1]?.lower !== "'s") break
    first = index
  }
  while (first < mention.nameFirst && /^(?:of|and|&|'s)$/.test(tokens[first]!.lower)) first++
  return isRole ? first : mention.nameFirst
}
