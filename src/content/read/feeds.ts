import { zoneProblem } from '../../dates/zone-problem.ts'
import type { Feed } from '../feed.ts'
import { FeedsFile } from './schemas.ts'
import type { ContentFile, LoadedContent } from './story-folder.ts'
import { parseYamlList } from './yaml.ts'

const FILE = 'feeds.yml'
/** Names that are probably meant for feeds.yml. */
const SIMILAR_FILE_NAME = /^feeds?\.(?:ya?ml|json)$/i
/** Words with a meaning where a digest or a command names feeds. */
const RESERVED_NAMES = new Set(['all', 'none', 'feeds', 'wire'])

const MINUTE_MS = 60_000
const UNIT_MS: Record<string, number> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: 1_440 * MINUTE_MS }
const EVERY = /^(\d{1,4})\s*(m|h|d)/i
/** More often is rude, less often is no news. */
const MIN_EVERY_MS = 15 * MINUTE_MS
const MAX_EVERY_MS = 1_440 * MINUTE_MS
/** What those who run feeds ask of programs that were told nothing else. */
const USUAL_EVERY_MS = 60 * MINUTE_MS

function millisecondsOf(every: string | undefined): number {
  const [, count, unit] = EVERY.exec(every ?? '') ?? []
  return unit ? Number(count) * UNIT_MS[unit.toLowerCase()]! : USUAL_EVERY_MS
}

/** Reads feeds.yml. `slugs` are the names of all folders of stories. Without the file there are no feeds. */
export function readFeeds(files: ContentFile[], loaded: LoadedContent, slugs: Set<string>): void {
  for (const { path, origin } of files) {
    if (SIMILAR_FILE_NAME.test(path) && path !== FILE)
      loaded.problems.push({ file: origin, line: 1, message: `is not read: feeds belong in ${FILE}` })
  }
  const file = files.find(({ path }) => path === FILE)
  if (!file?.text.trim()) return
  const text = file.text.replace(/^\ufeff/, '')
  const { rows, lineNumberOf, problems } = parseYamlList(
    { file: file.origin, text, linesBefore: 0 },
    FeedsFile.element,
  )
  loaded.problems.push(...problems)
  for (const [index, { every, ...row }] of rows) {
    const everyMs = millisecondsOf(every)
    const report = (path: PropertyKey[], message: string) =>
      loaded.problems.push({ file: file.origin, line: lineNumberOf([index, ...path]), message })
    if (RESERVED_NAMES.has(row.name)) report(['name'], `the name “${row.name}” has a meaning: choose another`)
    if (loaded.feeds.some(feed => feed.name === row.name))
      report(['name'], `second feed with the name “${row.name}”`)
    if (hasPassword(row.url))
      report(['url'], 'must not have a name or a password in it: everybody can read this file')
    const twin = loaded.feeds.find(feed => isSameAddress(feed, row))
    if (twin) report(['url'], `the feed “${twin.name}” has this address already`)
    for (const [at, slug] of (row.stories ?? []).entries())
      if (!slugs.has(slug)) report(['stories', at], `there is no story “${slug}”`)
    if (everyMs < MIN_EVERY_MS || everyMs > MAX_EVERY_MS) report(['every'], 'must be between 15m and 24h')
    const zoneIsWrong = row.zone === undefined ? undefined : zoneProblem(row.zone)
    if (zoneIsWrong !== undefined) report(['zone'], zoneIsWrong)
    loaded.locations.set(`feed:${row.name}`, { file: file.origin, line: lineNumberOf([index]) })
    loaded.feeds.push({ ...row, everyMs })
  }
}

const isSameAddress = (a: Pick<Feed, 'url'>, b: Pick<Feed, 'url'>): boolean =>
  URL.parse(a.url)?.href === URL.parse(b.url)?.href

function hasPassword(url: string): boolean {
  const { username = '', password = '' } = URL.parse(url) ?? {}
  return username !== '' || password !== ''
}
