import { type Inline, list, MAX_BUTTONS, note, type Reply, refusal } from '../../chat/reply.ts'
import { closestNames, type NameIndex, nameIndex } from '../../content/closest-names.ts'
import { zonesNamed } from '../../dates/zones-named.ts'
import { zoneCities, zoneCity } from '../../digests/zones.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DigestRequest } from '../context.ts'
import { formatLine } from '../line.ts'
import { refuseUnknown, safeEcho, shortOffer } from '../refusals.ts'
import { withdrawnNoticeFor } from '../withdrawn.ts'
import { type DigestWords, splitWords } from './words.ts'

const UNCHANGED = note(phrases.digest.nothingChanged)
const KNOWN_WORDS =
  'daily weekdays weekends monday tuesday wednesday thursday friday saturday sunday noon midnight skip note all'.split(
    ' ',
  )

/** A word that was meant as a time: `99:99`, `25.00`, `13pm`, `7`. */
const TIME_LIKE = /^\d{1,2}[:.h]?\d{0,2}(?:[ap]\.?m\.?)?$/i
const QUIET_POLICIES = ['skip', 'note']

/** Says why typed words cannot be followed, and offers what may have been meant; undefined if they can. */
export function wordsProblem(request: DigestRequest, words: DigestWords): Reply | undefined {
  return (
    unknownWord(request, words) ??
    contradiction(request, words) ??
    storyOrZone(request, words) ??
    severalZones(request, words)
  )
}

/** Does the same as `wordsProblem` for verbs that take the name of a digest and nothing else. */
export function nameProblem(request: DigestRequest, words: DigestWords): Reply | undefined {
  const { time, zone, days, stories, quiet, ownStories } = words
  const more = time ?? zone ?? days ?? stories[0] ?? quiet[0]
  return (
    unknownDigest(request, words) ??
    wordsProblem(request, words) ??
    (more !== undefined || ownStories
      ? refusal(phrases.digest.nameOnly(request.commandLine), UNCHANGED)
      : undefined)
  )
}

function unknownWord(
  request: DigestRequest,
  { unknown: [typed], names, quiet }: DigestWords,
): Reply | undefined {
  if (typed === undefined) return undefined
  const withdrawn = withdrawnProblem(request, typed)
  if (withdrawn) return withdrawn
  const { library, commandLine, call } = request
  const echo = safeEcho(call, typed)
  if (TIME_LIKE.test(typed)) return notFound([phrases.digest.noSuchTime(echo)])
  if (commandLine === '/digest quiet' && quiet.length === 0) {
    return nearNames(typed, [QUIET_POLICIES]).length > 0
      ? unknownWithOffers(request, typed, [QUIET_POLICIES])
      : notFound(phrases.digest.quietTakes(unambiguousLine(request, { names, quiet: ['note'] })))
  }
  const digests = names.length > 0 ? [] : library.digests.map(digest => digest.name)
  const known = [digests, KNOWN_WORDS, library.storyNames(), nameIndex(zoneCities())]
  if (nearNames(typed, known).length === 0)
    return notFound(phrases.digest.unknownWord(echo, names.length > 0, '/digest help'))
  return unknownWithOffers(request, typed, known)
}

/** A word that is no digest, after a verb that takes only digests; undefined if it resembles one. */
function unknownDigest(request: DigestRequest, { unknown: [typed] }: DigestWords): Reply | undefined {
  const { library, call } = request
  const digests = library.digests.map(({ name }) => name)
  if (typed === undefined || digests.length === 0) return undefined
  const withdrawn = withdrawnProblem(request, typed)
  if (withdrawn) return withdrawn
  if (nearNames(typed, [digests]).length > 0) return unknownWithOffers(request, typed, [digests])
  return notFound(phrases.digest.noSuchDigest(safeEcho(call, typed), digests))
}

function withdrawnProblem({ library }: DigestRequest, typed: string): Reply | undefined {
  const notice = withdrawnNoticeFor(library, typed.replace(/^stor(?:y|ies):/i, ''))
  return notice && { ...notice, blocks: [...notice.blocks, UNCHANGED] }
}

function unknownWithOffers(request: DigestRequest, typed: string, known: (NameIndex | string[])[]): Reply {
  const { call, args, commandLine } = request
  // If others read the answer, the line is offered without the other words that were typed.
  const words = call.audience === 'caller' ? splitWords(args) : [typed]
  const reply = refuseUnknown(call, typed, {
    known,
    lineOf: name =>
      `${commandLine} ${formatLine({ args: words.map(word => (word === typed ? name : word)), flags: {} })}`,
    help: '/digest help',
  })
  return { ...reply, blocks: [...reply.blocks, UNCHANGED] }
}

const nearNames = (typed: string, known: (NameIndex | string[])[]): string[] =>
  closestNames(typed, ...known.map(names => (Array.isArray(names) ? nameIndex(names) : names)))

const notFound = (sentence: Inline[]): Reply => ({ ...refusal(sentence, UNCHANGED), notFound: true })

function contradiction(request: DigestRequest, words: DigestWords): Reply | undefined {
  const { names, quiet, ownStories, stories } = words
  const conflicts: string[][] = [
    ...(names.length > 1 ? [names] : []),
    ...(quiet.length > 1 ? [quiet] : []),
    ...(ownStories && stories.length > 0 ? [['all', ...stories]] : []),
    ...words.conflicts,
  ]
  const [first] = conflicts
  if (!first) return undefined
  return refusal(phrases.digest.conflictingWords(safeEcho(request.call, first.join(', '))), UNCHANGED)
}

function storyOrZone(request: DigestRequest, words: DigestWords): Reply | undefined {
  const [typed] = words.storyOrZoneWords
  if (typed === undefined) return undefined
  const story = request.library.story(typed)!
  const [zone] = zonesNamed(typed)
  const choices = [
    {
      label: phrases.digest.theStory,
      line: unambiguousLine(request, { ...words, stories: [...words.stories, `story:${story.slug}`] }),
      word: `story:${story.slug}`,
    },
    ...(zone
      ? [{ label: phrases.digest.theZone, line: unambiguousLine(request, { ...words, zone }), word: zone }]
      : []),
  ]
  return {
    ...refusal(
      phrases.digest.storyOrZone(story.slug),
      list(choices.map(({ label, line, word }) => phrases.digest.choice(label, shortOffer(line, word)))),
      UNCHANGED,
    ),
    buttons: choices.map(({ label, line }) => ({ label, line })),
  }
}

function severalZones(request: DigestRequest, words: DigestWords): Reply | undefined {
  if (!words.ambiguousZone) return undefined
  const { typed, candidates } = words.ambiguousZone
  const choices = candidates.map(zone => ({
    label: zoneCity(zone),
    line: unambiguousLine(request, { ...words, zone }),
    zone,
  }))
  return {
    ...refusal(
      [phrases.digest.whichZone(safeEcho(request.call, typed))],
      list(choices.map(({ line, zone }) => [{ code: shortOffer(line, zone) }])),
      UNCHANGED,
    ),
    buttons: choices.slice(0, MAX_BUTTONS).map(({ label, line }) => ({ label, line })),
  }
}

/** The line that says the same unambiguously. Every word in it is one of ours, so none needs quotation marks. */
export function unambiguousLine(
  { commandLine }: Pick<DigestRequest, 'commandLine'>,
  words: Partial<DigestWords>,
): string {
  const { names = [], time, zone, days, stories = [], ownStories, quiet = [] } = words
  const typed = [...names, time, zone, days && daysWord(days), ...stories, ownStories && 'all', ...quiet]
  return [commandLine, ...typed].filter(Boolean).join(' ')
}

const DAY_GROUPS: Record<string, string> = {
  'mon,tue,wed,thu,fri,sat,sun': 'daily',
  'mon,tue,wed,thu,fri': 'weekdays',
  'sat,sun': 'weekends',
}

const daysWord = (days: string[]): string => DAY_GROUPS[days.join(',')] ?? days.join(',')
