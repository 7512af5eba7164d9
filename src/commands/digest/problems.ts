import { list, MOST_ACTIONS, note, type Reply, refusal } from '../../chat/reply.ts'
import { known } from '../../content/closest.ts'
import { zoneCities, zoneCity, zonesNamed } from '../../digests/zones.ts'
import { phrases } from '../../phrases/phrases.ts'
import type { DigestAsk } from '../context.ts'
import { line } from '../line.ts'
import { echoed, shortOffer, unknown } from '../refusals.ts'
import { withdrawnBy } from '../withdrawn.ts'
import { type DigestWords, wordsIn } from './words.ts'

const UNCHANGED = note(phrases.digest.nothingChanged)
const WORDS =
  'daily weekdays weekends monday tuesday wednesday thursday friday saturday sunday noon midnight skip note all'.split(
    ' ',
  )

/** Why typed words cannot be followed, with what may have been meant; undefined where they can. */
export function wordsProblem(ask: DigestAsk, words: DigestWords): Reply | undefined {
  return (
    unknownWord(ask, words) ??
    contradiction(ask, words) ??
    storyOrZone(ask, words) ??
    severalZones(ask, words)
  )
}

/** The same for verbs that take the name of a digest and nothing else. */
export function nameProblem(ask: DigestAsk, words: DigestWords): Reply | undefined {
  const { time, zone, days, stories, quiet, own } = words
  const more = time ?? zone ?? days ?? stories[0] ?? quiet[0]
  return (
    wordsProblem(ask, words) ??
    (more !== undefined || own ? refusal(phrases.digest.nameOnly(ask.head), UNCHANGED) : undefined)
  )
}

function unknownWord(ask: DigestAsk, { unknown: [typed], names }: DigestWords): Reply | undefined {
  if (typed === undefined) return undefined
  const { library, args, head } = ask
  const withdrawn = withdrawnBy(library, typed.replace(/^stor(?:y|ies):/i, ''))
  if (withdrawn) return { ...withdrawn, blocks: [...withdrawn.blocks, UNCHANGED] }
  const digests = names.length > 0 ? [] : library.digests.map(digest => digest.name)
  // Where all read it, the line is offered without the other words that were typed.
  const all = ask.call.audience === 'caller' ? wordsIn(args) : [typed]
  const reply = unknown(ask.call, typed, {
    known: [digests, WORDS, library.names(), known(zoneCities())],
    lineOf: one => `${head} ${line({ args: all.map(word => (word === typed ? one : word)), flags: {} })}`,
    help: '/digest help',
  })
  return { ...reply, blocks: [...reply.blocks, UNCHANGED] }
}

function contradiction(ask: DigestAsk, words: DigestWords): Reply | undefined {
  const { names, quiet, own, stories } = words
  const both: string[][] = [
    ...(names.length > 1 ? [names] : []),
    ...(quiet.length > 1 ? [quiet] : []),
    ...(own && stories.length > 0 ? [['all', ...stories]] : []),
    ...words.conflicts,
  ]
  const [first] = both
  if (!first) return undefined
  return refusal(phrases.digest.notTogether(echoed(ask.call, first.join(', '))), UNCHANGED)
}

function storyOrZone(ask: DigestAsk, words: DigestWords): Reply | undefined {
  const [typed] = words.either
  if (typed === undefined) return undefined
  const story = ask.library.story(typed)!
  const [zone] = zonesNamed(typed)
  const choices = [
    {
      label: phrases.digest.theStory,
      line: lineOf(ask, { ...words, stories: [...words.stories, `story:${story.slug}`] }),
      word: `story:${story.slug}`,
    },
    ...(zone ? [{ label: phrases.digest.theZone, line: lineOf(ask, { ...words, zone }), word: zone }] : []),
  ]
  return {
    ...refusal(
      phrases.digest.storyOrZone(story.slug),
      list(choices.map(({ label, line, word }) => phrases.digest.choice(label, shortOffer(line, word)))),
      UNCHANGED,
    ),
    actions: choices.map(({ label, line }) => ({ label, line })),
  }
}

function severalZones(ask: DigestAsk, words: DigestWords): Reply | undefined {
  if (!words.ambiguousZone) return undefined
  const { typed, candidates } = words.ambiguousZone
  const choices = candidates.map(zone => ({
    label: zoneCity(zone),
    line: lineOf(ask, { ...words, zone }),
    zone,
  }))
  return {
    ...refusal(
      [phrases.digest.whichZone(echoed(ask.call, typed))],
      list(choices.map(({ line, zone }) => [{ code: shortOffer(line, zone) }])),
      UNCHANGED,
    ),
    actions: choices.slice(0, MOST_ACTIONS).map(({ label, line }) => ({ label, line })),
  }
}

/** The line that says the same with nothing left open. All in it are words of ours, so none needs quotation marks. */
export function lineOf({ head }: Pick<DigestAsk, 'head'>, words: Partial<DigestWords>): string {
  const { names = [], time, zone, days, stories = [], own, quiet = [] } = words
  const typed = [...names, time, zone, days && daysWord(days), ...stories, own && 'all', ...quiet]
  return [head, ...typed].filter(Boolean).join(' ')
}

const GROUPS: Record<string, string> = {
  'mon,tue,wed,thu,fri,sat,sun': 'daily',
  'mon,tue,wed,thu,fri': 'weekdays',
  'sat,sun': 'weekends',
}

const daysWord = (days: string[]): string => GROUPS[days.join(',')] ?? days.join(',')
