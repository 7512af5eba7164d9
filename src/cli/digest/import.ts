import { plainInlines } from '../../chat/plain-text.ts'
import type { Place } from '../../chat/platform.ts'
import { filterProblemText, storedFilter } from '../../commands/digest/filter-words.ts'
import { firstSlot } from '../../commands/digest/setting.ts'
import type { Config } from '../../config.ts'
import { AT_ONCE, isAtOnce } from '../../content/digest.ts'
import type { Library } from '../../content/library.ts'
import { readRhythm } from '../../digests/rhythm.ts'
import { DAYS } from '../../digests/slots.ts'
import type { Subscription } from '../../store/subscriptions.ts'
import { webhookVariable } from '../../web/webhook-settings.ts'
import { withStore } from '../open.ts'
import { withCount } from '../with-count.ts'
import { COLUMNS, type CsvLine, readCsv } from './csv.ts'

type NewSubscription = Omit<Subscription, 'nextSlot' | 'nextDate'>

/** How many editions are read to find the last day that had one. */
const RECENT_EDITIONS = 10

/**
 * The verb `digest import`: subscribes many places at once. If any line is bad, all bad lines are reported and none is
 * imported.
 */
export async function digestImport(config: Config, [file]: string[]): Promise<number> {
  if (file === undefined)
    throw new Error(`digest import: name a CSV file with the columns ${COLUMNS.join(',')}`)
  const lines = readCsv(file)
  return withStore(config, async ({ store, library }) => {
    const now = await store.clock()
    const problems: string[] = []
    const subscriptions: Subscription[] = []
    for (const { line, number } of lines) {
      const parsed = parseSubscription(line, { library, now, config })
      if ('problems' in parsed)
        problems.push(...parsed.problems.map(problem => `${file}:${number} ${problem}`))
      else if (subscriptions.some(({ place, digest }) => place === parsed.place && digest === parsed.digest))
        problems.push(`${file}:${number} ${parsed.place} has “${parsed.digest}” twice in this file`)
      else {
        // News that a place has had is not repeated, and no day has two editions or loses its own.
        const old = await store.subscriptions.find(parsed.place, parsed.digest)
        const editions = await store.ledger.editions(parsed.place, parsed.digest, RECENT_EDITIONS)
        subscriptions.push({
          ...parsed,
          newsFrom: old?.newsFrom,
          // A file without the column says nothing about words.
          words: line.words === undefined ? old?.words : parsed.words,
          ...firstSlot(parsed, now, { old, editions }),
        })
      }
    }
    if (problems.length > 0) {
      process.stderr.write(`${problems.join('\n')}\nNothing was imported.\n`)
      return 1
    }
    await store.subscriptions.save(subscriptions)
    await store.notify()
    process.stdout.write(`${withCount(subscriptions.length, 'subscription')} imported.\n`)
    return 0
  })
}

function parseSubscription(
  line: CsvLine['line'],
  { library, now, config }: { library: Library; now: number; config: Config },
): NewSubscription | { problems: string[] } {
  const problems: string[] = []
  const digest = library.digest(line.digest ?? '')
  if (!digest) problems.push(`there is no digest “${line.digest}”`)
  const placeWrong = placeProblem(line.place ?? '', config)
  if (placeWrong !== undefined) problems.push(placeWrong)
  const typed = readRhythm(
    [line.time, line.zone, line.days].filter(
      field => field !== undefined && field !== '' && field !== AT_ONCE,
    ) as string[],
  )
  if (typed.unknown.length > 0) problems.push(unknownProblem(typed.unknown, line))
  if (typed.ambiguousZone)
    problems.push(`“${typed.ambiguousZone.typed}” may be ${typed.ambiguousZone.candidates.join(' or ')}`)
  for (const words of typed.conflicts) problems.push(`these cannot all be meant: ${words.join(', ')}`)
  const stories = (line.stories ?? '').split(/[\s,;]+/).filter(Boolean)
  for (const slug of stories) if (!library.story(slug)) problems.push(`there is no story “${slug}”`)
  const filterWrong = filterProblemText(line.words ?? '')
  if (filterWrong) problems.push(`words: ${plainInlines(filterWrong)}`)
  const quiet = line.quiet || digest?.quiet
  if (quiet !== 'skip' && quiet !== 'note' && digest)
    problems.push(`quiet must be skip or note, not “${quiet}”`)
  if (digest && isAtOnce(digest) && typed.time !== undefined)
    problems.push(`“${digest.name}” posts each report as it comes, so it has no time`)
  if (problems.length > 0 || !digest) return { problems }
  return {
    place: line.place as Place,
    digest: digest.name,
    time: isAtOnce(digest) ? AT_ONCE : (typed.time ?? digest.time),
    zone: typed.zone ?? digest.zone ?? config.zone,
    days: (typed.days ?? DAYS.filter(day => digest.days.includes(day))).join(','),
    stories: stories.map(slug => library.story(slug)!.slug).join(','),
    words: storedFilter(line.words ?? ''),
    quiet: quiet as Subscription['quiet'],
    state: 'on',
    setBy: 'import',
    setAt: now,
  }
}

/** Says why nothing can be posted in a place, as far as that can be known without asking. */
function placeProblem(place: string, { webhooks }: Config): string | undefined {
  const [, name] = /^webhook:([a-z0-9-]+)$/.exec(place) ?? []
  if (name !== undefined)
    return webhooks.some(webhook => webhook.name === name)
      ? undefined
      : `no address is known for ${place}: set ${webhookVariable(name)}, as in .env.example`
  return /^(?:slack:[^/\s]+\/[^/\s]+|discord:(?:\d+|@me)\/\d+|preview:\S+)$/.test(place)
    ? undefined
    : `“${place}” is not a place: write slack:T0123/C0456, discord:SERVER/CHANNEL or webhook:NAME`
}

/** Says what was not understood, and how it is written where it is the zone. */
function unknownProblem(unknown: string[], { zone = '' }: CsvLine['line']): string {
  if (zone !== '' && readRhythm([zone]).unknown.length > 0)
    return `there is no time zone “${zone}”: write it like America/Chicago`
  return `not understood: ${unknown.join(' ')}`
}
