import type { Library } from '../../content/library.ts'
import type { Story } from '../../content/story.ts'
import { type Candidate, storyLine } from './candidate.ts'
import { digestCandidates } from './digest-candidates.ts'
import { findCandidates } from './find-candidates.ts'
import type { Intent } from './intents.ts'
import { nameCandidates } from './name-candidates.ts'
import { pickedQuote } from './picked-quote.ts'
import type { Sentence } from './sentence.ts'
import { isOfNobody, rangeOf, saidDays, storyCandidates } from './story-candidates.ts'

/** The lines that a sentence may mean, the likeliest first. Each is looked for when those before it find nothing. */
export function* candidatesFor(sentence: Sentence, library: Library): Iterable<Candidate> {
  const likeliest = likeliestCandidates(sentence, library)
  if (likeliest) return yield* likeliest
  yield* saidCandidates(sentence, library)
  yield* storyCandidates(sentence, library)
  yield* findCandidates(sentence, library)
}

/** The lines that a sentence surely means by what it asks for or names; undefined where it says neither. */
function likeliestCandidates(sentence: Sentence, library: Library): Candidate[] | undefined {
  const { said, names, content, story } = sentence
  const used = (...intents: Intent[]) => intents.flatMap(intent => said.get(intent) ?? [])
  if (said.has('digest')) return digestCandidates(sentence, library)
  if (said.has('follow') && story) return [changeOf(story, 'follow', used('follow'))]
  if (said.has('follow') && content.length + names.length === 0) return digestCandidates(sentence, library)
  if (said.has('stop') && content.length === 0)
    return story ? [changeOf(story, 'unfollow', used('stop'))] : digestCandidates(sentence, library)
  if (said.has('share')) return shareCandidates(sentence, library)
  const picked = pickedQuote(sentence, library)
  if (picked.length > 0) return picked
  const general = generalCandidates(sentence, used)
  if (general.length > 0) return general
  return names.length > 0 ? nameCandidates(sentence, library) : undefined
}

/** A line in which words of a quotation or of an article stand as they are there: `see you in court`. */
function saidCandidates(
  { words, story, content, said, days, today }: Sentence,
  library: Library,
): Candidate[] {
  const typed = words.map(({ key }) => key)
  const query = typed.join(' ')
  const isPhrase = typed.length >= MIN_PHRASE && content.length > 0
  const isSaid =
    isPhrase &&
    (library.quotesContaining(query, story).count > 0 ||
      library.sourceLinesContaining(query, story)[Symbol.iterator]().next().value !== undefined)
  if (isSaid)
    return [{ command: 'quote', args: typed, flags: story ? { story: story.slug } : {}, used: words }]
  const asked = said.get('quotes') ?? []
  if (
    story ||
    asked.length === 0 ||
    content.length === 0 ||
    isOfNobody({ words, story, content, said }, library)
  )
    return []
  const wanted = content.map(({ key }) => key)
  const inTime = days ? [rangeOf(saidDays({ days, today })!)] : []
  const used = [...asked, ...content, ...(days?.words ?? [])]
  return [{ command: 'quote', args: [...wanted, ...inTime], flags: {}, used, mustFind: true }]
}

/** Fewer words stand together in many texts. */
const MIN_PHRASE = 4

/** Lines about no story: help, what this is, the list of stories, what is new. */
function generalCandidates(
  { said, story, content, names, days, today }: Sentence,
  used: (...intents: Intent[]) => Candidate['used'],
): Candidate[] {
  const isAbout = content.length === 0 && names.length === 0
  const root = (args: string[], intent: Intent, flags = {}, more = [...(days?.words ?? [])]): Candidate => ({
    command: 'nutgraf',
    args,
    flags,
    used: [...(said.get(intent) ?? []), ...more],
  })
  if (said.has('report') && isAbout) return [root(['report'], 'report')]
  if (said.has('about') && isAbout) return [root(['about'], 'about')]
  if (said.has('help'))
    return story
      ? [{ ...storyLine(story, ['help']), used: said.get('help')! }]
      : [root(['help'], 'help', {}, [])]
  if (story && isAbout && said.size === 1 && said.has('stories'))
    return [{ ...storyLine(story, ['help']), used: said.get('stories')! }]
  if (story || !isAbout) return []
  if (said.has('stories')) return [root(['story', 'list'], 'stories', {}, [])]
  const isRecent = days?.from !== undefined && days.from >= daysBefore(today, RECENT_DAYS)
  if (isRecent && [...said.keys()].every(intent => intent === 'happened' || intent === 'news'))
    return [root(['changes'], 'happened', { since: days.from }, [...days.words, ...used('news', 'changes')])]
  if (said.has('news') || said.has('changes') || (said.has('latest') && said.size === 1)) {
    const intent = (['news', 'changes', 'latest'] as const).find(candidate => said.has(candidate))!
    const from = days?.from
    return [
      root(
        ['changes'],
        intent,
        from === undefined ? {} : { since: from },
        from === undefined ? [] : days!.words,
      ),
    ]
  }
  return []
}

/** What happened so lately is news, in whichever story it is. */
const RECENT_DAYS = 62

const daysBefore = (date: string, days: number): string =>
  new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10)

const changeOf = (story: Story, verb: string, used: Candidate['used']): Candidate => ({
  ...storyLine(story, [verb]),
  used,
  offered: true,
})

/** Whatever else the sentence asks for, for all to see; the summary if it asks for nothing else. */
function shareCandidates(sentence: Sentence, library: Library): Candidate[] {
  const said = new Map(sentence.said)
  const used = said.get('share') ?? []
  said.delete('share')
  const others = [...candidatesFor({ ...sentence, said }, library)].filter(({ offered }) => !offered)
  const summary = sentence.story && { ...storyLine(sentence.story, ['summary']), used: [] }
  return [...others, ...(summary ? [summary] : [])].map(candidate => ({
    ...candidate,
    flags: { ...candidate.flags, public: true },
    used: [...candidate.used, ...used],
    offered: true,
  }))
}
