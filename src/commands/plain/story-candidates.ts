import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { readDays, type TypedDays } from '../../dates/typed-days.ts'
import { EVER, writtenRange } from '../story/days-in-words.ts'
import { verbNamesOf } from '../story/story.ts'
import { type Candidate, storyLine } from './candidate.ts'
import { findCandidates, searchable } from './find-candidates.ts'
import type { Intent } from './intents.ts'
import type { Sentence } from './sentence.ts'
import type { Word } from './words.ts'

/** Which verb each intent means, the one that says most about what is wanted first. */
const VERBS: [Intent, string[]][] = [
  ['sources', ['sources']],
  ['facts', ['facts']],
  ['next', ['next', 'status']],
  ['status', ['status']],
  ['quotes', ['quotes']],
  ['changes', ['changes']],
  ['chart', ['timeline']],
  ['card', ['timeline']],
  ['latest', ['latest']],
  ['news', ['latest']],
  ['timeline', ['timeline']],
  ['happened', ['timeline']],
  ['when', ['timeline']],
  ['background', ['background', 'summary']],
  ['why', ['background', 'summary']],
  ['who', ['who']],
  ['whoIs', ['who']],
  ['summary', ['summary']],
  ['define', ['summary']],
]

/** Intents that with further words are a question about those words, not about the story. */
const ABOUT_WORDS = new Set<Intent>(['define', 'when', 'why', 'happened', 'find', 'whoIs', 'news'])

/** The lines about one story that a sentence without a name may mean; without a story, about each that it may mean. */
export function storyCandidates(sentence: Sentence, library: Library): Candidate[] {
  if (sentence.story) return candidatesIn(sentence.story, sentence, library)
  const stories = storiesMeant(sentence, library)
  return stories.flatMap(story => candidatesIn(story, { ...sentence, story }, library))
}

/** So many stories are read at once to see which has something in a time; of more, people are asked. */
const MAX_READ = 10

/** The story that is meant where none is named: the only one, or the one with a fact that has all the words. */
function storiesMeant({ content, said, days }: Sentence, { stories, search, people }: Library): Story[] {
  if (stories.length === 1) return stories
  if (said.has('quotes')) {
    const quoted = stories.slice(0, MAX_READ + 1).filter(story => verbNamesOf(story).includes('quotes'))
    if (stories.length <= MAX_READ && quoted.length === 1) return quoted
  }
  if (days && content.length === 0 && stories.length <= MAX_READ) {
    const { from = '', to = '9' } = days
    const inTime = stories.filter(({ timeline }) => timeline.some(({ date }) => from <= date && date <= to))
    return inTime.length === 1 ? inTime : []
  }
  const query = content.map(({ key }) => key).join(' ')
  if (query === '') return []
  if (said.has('whoIs') || said.has('who')) {
    const [person] = content.flatMap(({ key }) => [...people(key).take(1)])
    return person ? [person.story] : []
  }
  if (!said.has('facts') && !said.has('sources')) return []
  const { hits } = search(query)
  const kind = said.has('facts') ? '/fact:' : '/source:'
  const [hit] = [...hits.filter(({ part }) => part.includes(kind)), ...hits]
  return hit ? [hit.story] : []
}

/** For a line that asks for something every story has: the same line about each story that has it. */
export function storyChoices(sentence: Sentence, library: Library): { story: Story; candidate: Candidate }[] {
  if (sentence.story || sentence.names.length > 0) return []
  // A weak word such as `what is` with others is a question about those others.
  if (sentence.content.length > 0 && [...sentence.said.keys()].every(intent => ABOUT_WORDS.has(intent)))
    return []
  const choices: { story: Story; candidate: Candidate }[] = []
  for (const story of library.stories) {
    const [candidate] = candidatesIn(story, { ...sentence, story, content: [] }, library)
    if (candidate) choices.push({ story, candidate })
    if (choices.length === MAX_CHOICES) break
  }
  return choices
}

/** As many as there are buttons under an answer. */
const MAX_CHOICES = 3

function candidatesIn(story: Story, sentence: Sentence, library: Library): Candidate[] {
  const { said, days, number, page } = sentence
  const names = verbNamesOf(story)
  const content = searchable(sentence.content)
  const section = content.find(({ key }) => names.includes(key))
  if (section) return [{ ...storyLine(story, [section.key]), used: [section] }]
  const isAsked = (candidate: Intent) =>
    said.has(candidate) && !(candidate === 'summary' && said.has('define') && content.length > 0)
  const [intent, verbs] = VERBS.find(([candidate]) => isAsked(candidate)) ?? []
  const usedFor = (intents: Intent[]) => intents.flatMap(candidate => said.get(candidate) ?? [])
  const isPicture = said.has('chart') || (said.has('card') && !said.has('quotes'))
  const isTimeline = intent === undefined || TIMELINE_INTENTS.includes(intent)
  if (days && isTimeline) {
    const flags: Candidate['flags'] = isPicture ? { chart: true } : {}
    return [
      {
        ...storyLine(story, ['timeline', rangeOf(days)], flags),
        used: [...days.words, ...usedFor(TIMELINE_INTENTS)],
      },
    ]
  }
  if (days && intent === 'changes' && days.from !== undefined)
    return [
      {
        ...storyLine(story, ['changes'], { since: days.from }),
        used: [...days.words, ...usedFor(['changes'])],
      },
    ]
  if (days && intent === 'quotes' && names.includes('quotes')) {
    const words = content.map(({ key }) => key)
    const asked = usedFor(['quotes', 'happened', 'when'])
    const line = storyLine(story, ['quotes', ...words, rangeOf(saidDays(sentence)!)])
    return [{ ...line, used: [...days.words, ...asked, ...content] }]
  }
  const verb = verbs?.find(name => names.includes(name))
  if (intent === undefined || verb === undefined) {
    // A story by its name alone.
    if (intent === undefined && content.length === 0 && sentence.storyWords.length > 0)
      return [{ ...storyLine(story, ['summary']), used: [] }]
    const [only] = content
    const isRole = only && content.length === 1 && !library.people(only.key, story).next().done
    return isRole ? [{ ...storyLine(story, ['who', only.key]), used: [only], mustFind: true }] : []
  }
  const used = usedFor(SAME_VERB[verb] ?? [intent])
  const flags: Candidate['flags'] = isPicture ? { chart: true } : {}
  const bare: Candidate = { ...storyLine(story, [verb], flags), used }
  if (page && content.length === 0) {
    const paged = { ...storyLine(story, [verb], { ...flags, page: page.number }), mustFind: true as const }
    return [{ ...paged, used: [...used, ...page.words] }, bare]
  }
  const item = number ?? bareNumber(verb, content)
  if (item) return [{ ...storyLine(story, [verb, `#${item.number}`]), used: [...used, ...item.words] }, bare]
  // `3 quotes` asks for some of them, and not for a text with a 3 in it.
  if (content.every(({ key }) => /^\d{1,2}$/.test(key))) return [bare]
  const filtered: Candidate[] =
    TAKES_WORDS.has(verb) && !isOfNobody(sentence, library)
      ? [
          {
            ...storyLine(story, [verb, ...content.map(({ key }) => key)]),
            used: [...used, ...content],
            mustFind: true,
          },
        ]
      : []
  const found = (
    ABOUT_WORDS.has(intent) || TAKES_WORDS.has(verb) ? findCandidates(sentence, library) : []
  ).map(candidate => ({ ...candidate, used: [...candidate.used, ...used] }))
  // With a weak word such as `why`, the whole story is no answer to a question about something in it.
  return ABOUT_WORDS.has(intent) && found.length > 0 ? [...filtered, ...found] : [...filtered, ...found, bare]
}

/** Whether somebody is asked for who says nothing here, `what did the mayor say`: quotes that name them are not theirs. */
export function isOfNobody(
  { said, words, content, story }: Pick<Sentence, 'said' | 'words' | 'content' | 'story'>,
  library: Library,
): boolean {
  const says = said.get('quotes')?.at(-1)
  const last = content.at(-1)
  if (!says || !last || words.indexOf(says) < words.indexOf(last)) return false
  return library.similarSpeakers(content.map(({ key }) => key).join(' '), story).length === 0
}

const TIMELINE_INTENTS: Intent[] = ['timeline', 'happened', 'when', 'latest', 'news', 'chart', 'card']
/** Intents whose words a verb answers together: `latest news`, `timeline of events`. */
const SAME_VERB: Record<string, Intent[]> = {
  latest: ['latest', 'news', 'timeline', 'changes'],
  timeline: TIMELINE_INTENTS,
  summary: ['summary', 'define'],
  status: ['status', 'next'],
  who: ['who', 'whoIs', 'stories'],
  quotes: ['quotes', 'who'],
  background: ['background', 'why'],
}
const TAKES_WORDS = new Set(['facts', 'sources', 'quotes', 'who'])

/** `source 37`: a number without its sign. */
function bareNumber(verb: string, content: Word[]) {
  const [only] = content
  const isNumber = verb === 'sources' && content.length === 1 && /^\d{1,4}$/.test(only!.key)
  return isNumber ? { number: only!.key, words: [only!] } : undefined
}

/** The days on which something was said: `from 2018` are those of that year, and not all since then. */
export function saidDays({ days, today }: Pick<Sentence, 'days' | 'today'>): TypedDays | undefined {
  const [first, ...rest] = days?.words ?? []
  if (first?.key !== 'from' || days?.to !== undefined) return days
  return (
    readDays(
      rest.map(({ key }) => key),
      today,
    )?.days ?? days
  )
}

/** Days as they are typed: `2018-03..2018-06`, and shorter where it is one day, month or year. */
export const rangeOf = ({ from, to }: TypedDays): string =>
  writtenRange({ from: from ?? EVER.from, to: to ?? EVER.to })
