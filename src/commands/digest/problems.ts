import { list, MAX_BUTTONS, note, type Reply, refusal } from '../../chat/reply.ts'
import { nameIndex } from '../../content/closest-names.ts'
import { zoneCities, zoneCity, zonesNamed } from '../../digests/zones.ts'
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

/** Why typed words cannot be followed, with what may have been meant; undefined where they can. */
export function wordsProblem(ask: DigestRequest, words: DigestWords): Reply | undefined {
  return (
    unknownWord(ask, words) ??
    contradiction(ask, words) ??
    storyOrZone(ask, words) ??
    severalZones(ask, words)
  )
}

/** The same for verbs that take the name of a digest and nothing else. */
export function nameProblem(ask: DigestRequest, words: DigestWords): Reply | undefined {
  const { time, zone, days, stories, quiet, ownStories } = words
  const more = time ?? zone ?? days ?? stories[0] ?? quiet[0]
  return (
    wordsProblem(ask, words) ??
    (more !== undefined || ownStories
      ? refusal(phrases.digest.nameOnly(ask.commandLine), UNCHANGED)
      : undefined)
  )
}

function unknownWord(ask: DigestRequest, { unknown: [typed], names }: DigestWords): Reply | undefined {
  if (typed === undefined) return undefined
  const { library, args, commandLine } = ask
  const withdrawn = withdrawnNoticeFor(library, typed.replace(/^stor(?:y|ies):/i, ''))
  if (withdrawn) return { ...withdrawn, blocks: [...withdrawn.blocks, UNCHANGED] }
  const digests = names.length > 0 ? [] : library.digests.map(digest => digest.name)
  // Where all read it, the line is offered without the other words that were typed.
  const all = ask.call.audience === 'caller' ? splitWords(args) : [typed]
  const reply = refuseUnknown(ask.call, typed, {
    known: [digests, KNOWN_WORDS, library.storyNames(), nameIndex(zoneCities())],
    lineOf: one =>
      `${commandLine} ${formatLine({ args: all.map(word => (word === typed ? one : word)), flags: {} })}`,
    help: '/digest help',
  })
  return { ...reply, blocks: [...reply.blocks, UNCHANGED] }
}

function contradiction(ask: DigestRequest, words: DigestWords): Reply | undefined {
  const { names, quiet, ownStories, stories } = words
  const both: string[][] = [
    ...(names.length > 1 ? [names] : []),
    ...(quiet.length > 1 ? [quiet] : []),
    ...(ownStories && stories.length > 0 ? [['all', ...stories]] : []),
    ...words.conflicts,
  ]
  const [first] = both
  if (!first) return undefined
  return refusal(phrases.digest.conflictingWords(safeEcho(ask.call, first.join(', '))), UNCHANGED)
}

function storyOrZone(ask: DigestRequest, words: DigestWords): Reply | undefined {
  const [typed] = words.storyOrZoneWords
  if (typed === undefined) return undefined
  const story = ask.library.story(typed)!
  const [zone] = zonesNamed(typed)
  const choices = [
    {
      label: phrases.digest.theStory,
      line: unambiguousLine(ask, { ...words, stories: [...words.stories, `story:${story.slug}`] }),
      word: `story:${story.slug}`,
    },
    ...(zone
      ? [{ label: phrases.digest.theZone, line: unambiguousLine(ask, { ...words, zone }), word: zone }]
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

function severalZones(ask: DigestRequest, words: DigestWords): Reply | undefined {
  if (!words.ambiguousZone) return undefined
  const { typed, candidates } = words.ambiguousZone
  const choices = candidates.map(zone => ({
    label: zoneCity(zone),
    line: unambiguousLine(ask, { ...words, zone }),
    zone,
  }))
  return {
    ...refusal(
      [phrases.digest.whichZone(safeEcho(ask.call, typed))],
      list(choices.map(({ line, zone }) => [{ code: shortOffer(line, zone) }])),
      UNCHANGED,
    ),
    buttons: choices.slice(0, MAX_BUTTONS).map(({ label, line }) => ({ label, line })),
  }
}

/** The line that says the same with nothing left open. All in it are words of ours, so none needs quotation marks. */
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
