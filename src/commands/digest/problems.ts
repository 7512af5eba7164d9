import { type Inline, list, MAX_BUTTONS, note, type Reply, refusal } from '../../chat/reply.ts'
import { closestNames, type NameIndex, nameIndex } from '../../content/names/closest-names.ts'
import { zonesNamed } from '../../dates/zones-named.ts'
import { zoneCities, zoneCity } from '../../digests/zones.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DigestRequest } from '../context.ts'
import { formatLine } from '../line.ts'
import { refuseUnknown, safeEcho, shortOffer } from '../refusals.ts'
import { withdrawnNoticeFor } from '../withdrawn.ts'
import { FILTER_PREFIX, shownLine, storedFilter } from './filter-words.ts'
import { hoursMeant, nearValues } from './near-values.ts'
import { type DigestWords, splitWords } from './words.ts'

const UNCHANGED = note(phrases.digest.nothingChanged)
const KNOWN_WORDS =
  'daily weekdays weekends monday tuesday wednesday thursday friday saturday sunday noon midnight skip note all'.split(
    ' ',
  )

/** A word that was meant as a time: `99:99`, `25.00`, `13pm`, `7`. */
const TIME_LIKE = /^\d{1,2}[:.h]?\d{0,2}(?:[ap]\.?m\.?)?$/i
const QUIET_POLICIES = ['skip', 'note'] as const

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
  const { time, zone, days, stories, quiet, ownStories, filter } = words
  const more = time ?? zone ?? days ?? stories[0] ?? quiet[0] ?? filter
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
  if (TIME_LIKE.test(typed)) return unknownTime(request, typed)
  if (commandLine === '/digest quiet' && quiet.length === 0) {
    const lines = QUIET_POLICIES.map(policy => unambiguousLine(request, { names, quiet: [policy] }))
    return {
      ...notFound(phrases.digest.quietTakes(echo, lines)),
      buttons: lines.map((line, at) => ({ label: phrases.digest.offer[QUIET_POLICIES[at]!], line })),
    }
  }
  const digests = names.length > 0 ? [] : library.digests.map(digest => digest.name)
  const known = [digests, KNOWN_WORDS, library.storyNames(), zoneCityIndex()]
  const near = known.flatMap(values => nearValues(typed, values))
  if (near.length === 0) return notFound(phrases.digest.unknownWord(echo, names.length > 0, '/digest help'))
  return unknownWithOffers(request, typed, [near])
}

/** Says what a time looks like, and offers the two that a bare number may mean. */
function unknownTime(request: DigestRequest, typed: string): Reply {
  const hours = hoursMeant(typed)
  const lines = hours.map(hour => lineWith(request, typed, hour))
  const refused = notFound([phrases.digest.noSuchTime(safeEcho(request.call, typed))])
  if (lines.length === 0) return refused
  return {
    ...refused,
    blocks: [
      ...refused.blocks,
      list(lines.map((line, at) => [{ code: shortOffer(shownLine(line, request.call), hours[at]!) }])),
    ],
    buttons: lines.map((line, at) => ({ label: hours[at]!, line })),
  }
}

let cityIndex: NameIndex | undefined

/** The cities that zones are named after, prepared when a word is first unknown. */
function zoneCityIndex(): NameIndex {
  cityIndex ??= nameIndex(zoneCities())
  return cityIndex
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
  const reply = refuseUnknown(request.call, typed, {
    known,
    lineOf: name => lineWith(request, typed, name),
    help: '/digest help',
  })
  return { ...reply, blocks: [...reply.blocks, UNCHANGED] }
}

/** The typed line with another word in place of one. If others read the answer, it has none of the other typed words. */
function lineWith({ call, args, commandLine }: DigestRequest, typed: string, name: string): string {
  const words = call.audience === 'caller' ? splitWords(args) : [typed]
  return `${commandLine} ${formatLine({ args: words.map(word => (word === typed ? name : word)), flags: {} })}`
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
      list(
        choices.map(({ label, line, word }) =>
          phrases.digest.choice(label, shortOffer(shownLine(line, request.call), word)),
        ),
      ),
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
      list(choices.map(({ line, zone }) => [{ code: shortOffer(shownLine(line, request.call), zone) }])),
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
  const { names = [], time, zone, days, stories = [], ownStories, quiet = [], filter } = words
  const only = filter === undefined ? undefined : `${FILTER_PREFIX} ${storedFilter(filter)}`
  const typed = [
    ...names,
    time,
    zone,
    days && daysWord(days),
    ...stories,
    ownStories && 'all',
    ...quiet,
    only,
  ]
  return [commandLine, ...typed].filter(Boolean).join(' ')
}

const DAY_GROUPS: Record<string, string> = {
  'mon,tue,wed,thu,fri,sat,sun': 'daily',
  'mon,tue,wed,thu,fri': 'weekdays',
  'sat,sun': 'weekends',
}

const daysWord = (days: string[]): string => DAY_GROUPS[days.join(',')] ?? days.join(',')
