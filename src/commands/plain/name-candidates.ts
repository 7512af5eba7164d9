import type { Library } from '../../content/library.ts'
import { exactKey } from '../../content/speakers.ts'
import type { Story } from '../../content/story.ts'
import { nameToType } from '../buttons.ts'
import { type Candidate, storyLine } from './candidate.ts'
import { findCandidates, findLine, searchable } from './find-candidates.ts'
import type { Intent } from './intents.ts'
import type { FoundName } from './names.ts'
import type { Sentence } from './sentence.ts'
import { rangeOf, saidDays } from './story-candidates.ts'
import type { Word } from './words.ts'

const typedOf = (words: Word[]): string[] => words.map(({ key }) => key)

/** The lines that a sentence with the name of somebody may mean. */
export function nameCandidates(sentence: Sentence, library: Library): Candidate[] {
  const { said, story } = sentence
  const [name, ...others] = sentence.names as [FoundName, ...FoundName[]]
  const content = searchable([...others.flatMap(({ words }) => words), ...sentence.content])
  const asks = (...intents: Intent[]) => intents.some(intent => said.has(intent))
  const usedFor = (...intents: Intent[]) => intents.flatMap(intent => said.get(intent) ?? [])
  const who = whoLine(name, story, usedFor('who', 'whoIs'))
  const quotes = quoteLine(name, content, sentence, usedFor('quotes', 'card'), library)
  const found = findCandidates(sentence, library)
  const isPerson = name.people.length > 0

  const [speaker] = name.speakers
  const isOnlyDays = said.size + content.length === 0
  if (sentence.days && (asks('quotes') || isOnlyDays) && speaker && others.length === 0) {
    const line = storyLine(story ?? speaker.story, [
      ...['quotes', ...speakerArgs(name, library, story ?? speaker.story), ...typedOf(content)],
      rangeOf(saidDays(sentence)!),
    ])
    const asked = usedFor('quotes', 'happened', 'when')
    return [{ ...line, used: [...name.words, ...content, ...sentence.days.words, ...asked] }]
  }
  if (asks('define') && !isPerson) return [...found, quotes]
  if (asks('whoIs') && (isPerson || isQuoted(name))) return [who, ...found, quotes]
  if (others.length > 0 && !asks('quotes'))
    return isSamePerson(sentence.names) ? [who, quotes] : [...found, quotes]
  const isOnlyQuotes = asks('quotes') && content.length === 0 && !said.has('card') && !sentence.number
  if (isOnlyQuotes && story && isQuoted(name)) return [{ ...quotes, ...ownQuotes(name, sentence) }]
  const ofStory = story ?? speaker?.story
  if (asks('quotes') && content.length === 0 && ofStory && sentence.words.some(({ key }) => ALL.has(key)))
    return [{ ...quotes, ...ownQuotes(name, { story: ofStory }), used: [...quotes.used, ...usedFor('who')] }]
  if (asks('quotes', 'check', 'card')) return [quotes, ...(isPerson ? [who] : []), ...found]
  if (asks('who') && content.length === 0 && isPerson) return [who]
  const about = story ?? name.people[0]?.story ?? speaker?.story
  if (asks('facts', 'sources') && about) {
    const verb = asks('facts') ? 'facts' : 'sources'
    const words = [...name.words, ...content]
    return [
      { ...storyLine(about, [verb, ...typedOf(words)]), used: [...words, ...usedFor(verb)], mustFind: true },
      ...found,
      quotes,
    ]
  }
  if (asks('when', 'why', 'happened', 'timeline', 'latest', 'find', 'news') || sentence.days)
    return [...found, quotes]
  if (content.length === 0)
    return isQuoted(name) ? [{ ...quotes, ...ownQuotes(name, sentence) }] : [who, ...found]
  // `sessions on immigration` asks for words; other words beside a name may be about what somebody did.
  const isAboutWords = sentence.words.some(({ key }) => key === 'on' || key === 'about')
  const some = { ...quotes, mustFind: true as const }
  return [...(isAboutWords ? [some, ...found] : [...found, some]), findLine(name.words, sentence), quotes]
}

/** Words that ask for a list, and not for the first of it. */
const ALL = new Set(['all', 'list', 'every', 'everything'])

/** Whether all names are those of one speaker: `sessions`, `attorney general`. */
const isSamePerson = ([first, ...others]: FoundName[]): boolean =>
  others.every(({ speakers }) => speakers.some(speaker => first!.speakers.includes(speaker)))

const isQuoted = ({ speakers }: FoundName): boolean => speakers.length > 0

/** In a story, its own list of what somebody said. */
function ownQuotes({ words }: FoundName, { story }: Pick<Sentence, 'story'>) {
  return story ? storyLine(story, ['quotes', ...typedOf(words)]) : {}
}

function whoLine(name: FoundName, story: Story | undefined, used: Word[]): Candidate {
  const inStories = name.people.map(known => known.story)
  const chosen = story && inStories.includes(story) ? story : (inStories[0] ?? name.speakers[0]?.story)
  const line = chosen ? storyLine(chosen, ['who', ...typedOf(name.words)]) : quoteOnly(name)
  return { ...line, used: [...name.words, ...used], mustFind: true }
}

const quoteOnly = ({ words }: FoundName) => ({ command: 'quote', args: typedOf(words), flags: {} })

/** The typed name where it is enough to find the speaker, otherwise one that is. */
function speakerArgs({ words, speakers }: FoundName, library: Library, story: Story | undefined): string[] {
  const typed = typedOf(words)
  const [speaker] = speakers
  const isFound = speaker === undefined || library.speakers(typed.join(' '), story).includes(speaker)
  return isFound ? typed : nameToType(speaker, library, story).split(' ')
}

/** What somebody said, with some words; in a story, only there if the same name is in others too. */
function quoteLine(
  name: FoundName,
  content: Word[],
  { story, number, said }: Sentence,
  used: Word[],
  library: Library,
): Candidate {
  const isElsewhere =
    new Set(name.speakers.map(speaker => exactKey(speaker.name))).size < name.speakers.length
  return {
    command: 'quote',
    args: [
      ...speakerArgs(name, library, story),
      ...typedOf(content),
      ...(number ? [`#${number.number}`] : []),
    ],
    flags: {
      ...(story && isElsewhere && { story: story.slug }),
      ...(said.has('card') && { card: true as const }),
    },
    used: [...name.words, ...content, ...(number?.words ?? []), ...used],
  }
}
