import { zoneProblem } from '../../dates/zone-problem.ts'
import { DIGEST_DAYS as DAYS, type Digest, isAtOnce } from '../digest.ts'
import { DigestsFile } from './schemas.ts'
import type { ContentFile, LoadedContent } from './story-folder.ts'
import { parseYamlList } from './yaml.ts'

const FILE = 'digests.yml'
/** Names that are probably meant for digests.yml. */
const SIMILAR_FILE_NAME = /^digests?\.(?:ya?ml|json)$/i
const DAY_GROUPS = new Map<string, Digest['days']>([
  ['daily', [...DAYS]],
  ['weekdays', DAYS.slice(0, 5)],
  ['weekends', DAYS.slice(5)],
])
/** Words with a meaning in `/digest`: a digest of that name could not be typed. */
const RESERVED_NAMES = new Set([
  ...'on off set status now preview quiet help list all send import due skip note digest follow unfollow'.split(
    ' ',
  ),
  ...'noon midday midnight monday tuesday wednesday thursday friday saturday sunday'.split(' '),
  ...DAY_GROUPS.keys(),
  ...DAYS,
])

/**
 * What digests may name: all folders of stories, and the tags of the stories that were read. Tags are only checked if
 * those are all: one that could not be read is reported already, and may have the tag.
 */
export type DigestNames = { slugs: Set<string>; tags: Set<string>; areAllRead: boolean }

/** Reads digests.yml, after the stories, because it names them. Without the file there are no digests. */
export function readDigests(
  files: ContentFile[],
  loaded: LoadedContent,
  { slugs, tags, areAllRead } = namesIn(files, loaded),
): void {
  for (const { path, origin } of files) {
    if (SIMILAR_FILE_NAME.test(path) && path !== FILE)
      loaded.problems.push({ file: origin, line: 1, message: `is not read: digests belong in ${FILE}` })
  }
  const file = files.find(({ path }) => path === FILE)
  if (!file?.text.trim()) return
  const text = file.text.replace(/^\ufeff/, '')
  const { rows, lineNumberOf, problems } = parseYamlList(
    { file: file.origin, text, linesBefore: 0 },
    DigestsFile.element,
  )
  loaded.problems.push(...problems)
  for (const [index, { days, ...row }] of rows) {
    const report = (path: PropertyKey[], message: string) =>
      loaded.problems.push({ file: file.origin, line: lineNumberOf([index, ...path]), message })
    if (loaded.digests.some(digest => digest.name === row.name))
      report(['name'], `second digest with the name “${row.name}”`)
    if (RESERVED_NAMES.has(row.name))
      report(['name'], `the name “${row.name}” is a word of /digest: choose another`)
    if (row.stories && row.tags) report(['tags'], 'a digest has stories or tags, not both')
    for (const [at, slug] of (row.stories ?? []).entries())
      if (!slugs.has(slug)) report(['stories', at], `there is no story “${slug}”`)
    for (const [at, tag] of (row.tags ?? []).entries())
      if (areAllRead && !tags.has(tag)) report(['tags', at], `no story has the tag “${tag}”`)
    for (const [at, feed] of (Array.isArray(row.wire) ? row.wire : []).entries())
      if (!feed.startsWith('hook:') && !loaded.feeds.some(({ name }) => name === feed))
        report(['wire', at], `there is no feed “${feed}” in feeds.yml (a sender is written hook:NAME)`)
    const isFast = isAtOnce(row)
    if (isFast && row.wire === 'none') report(['wire'], 'a digest that comes at once needs the wire')
    for (const field of ['anHour', 'quietHours'] as const)
      if (row[field] !== undefined && !isFast)
        report([field], `${field} is for a digest with “time: at once” alone`)
    if (isFast && row.approve)
      report(['approve'], 'a digest that comes at once cannot wait for approval: give it a time')
    for (const field of ['approveBefore', 'approvals'] as const)
      if (row[field] !== undefined && !row.approve)
        report([field], `${field} is for a digest with “approve: desk” alone`)
    const zoneIsWrong = row.zone === undefined ? undefined : zoneProblem(row.zone)
    if (zoneIsWrong !== undefined) report(['zone'], zoneIsWrong)
    const parsed = parseDays([days].flat())
    for (const word of parsed.unknown)
      report(['days'], `“${word}” is not a day: write mon to sun, weekdays, weekends or daily`)
    loaded.locations.set(`digest:${row.name}`, { file: file.origin, line: lineNumberOf([index]) })
    loaded.digests.push({ ...row, days: parsed.days })
  }
}

function namesIn(files: ContentFile[], { stories }: LoadedContent): DigestNames {
  const slugs = new Set(files.flatMap(({ path }) => /^stories\/([^/]+)\//.exec(path)?.[1] ?? []))
  const tags = new Set(stories.flatMap(story => story.tags))
  return { slugs, tags, areAllRead: slugs.size === stories.length }
}

function parseDays(words: string[]): { days: Digest['days']; unknown: string[] } {
  const named = new Set<string>()
  const unknown: string[] = []
  for (const word of words.flatMap(text => text.toLowerCase().split(/[\s,]+/)).filter(Boolean)) {
    const days = DAY_GROUPS.get(word) ?? DAYS.filter(day => day === word)
    if (days.length === 0) unknown.push(word)
    for (const day of days) named.add(day)
  }
  return { days: DAYS.filter(day => named.has(day)), unknown }
}
