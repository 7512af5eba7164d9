import { createHash } from 'node:crypto'
import { type Document, lookWith, makeStory } from '../content/read/documents/document.ts'
import { layOver } from '../content/read/documents/lay-over.ts'
import { listFolder, type ReadFiles, readListed } from '../content/read/folder.ts'
import { type Listing, ofStory } from '../content/read/list-files.ts'
import { isDraft } from '../content/read/story-folder.ts'
import type { Problem } from '../content/story.ts'
import { type CheckMoment, checkStory } from './check-story.ts'
import { type Keep, openKeep } from './keep.ts'
import { type PackedParts, type PackedStory, packStory, type Sizes, type StoryFacts } from './packed-story.ts'
import { lookOf } from './scan-job.ts'

/**
 * A story to look at. `look` and `sizes` are those that it had when it was last read. `documents` are what the desk added
 * to it. With `isTrial`, it is checked and not kept.
 */
export type StoryToCheck = {
  slug: string
  look?: string
  sizes?: Sizes
  documents?: readonly Document[]
  isTrial?: true
}

/** Stories to be read and checked. With `waitForSaves`, what may still be written is not read. */
export type StoryJob = {
  kind: 'stories'
  folder: string
  stories: StoryToCheck[]
  moment: CheckMoment
  settings: string
  keep?: Keep
  waitForSaves?: boolean
}

/**
 * What became of a story: `same` as it was, `gone`, `moving` while it is being saved (look again after `waitMs`), `good`
 * or `broken`. The long parts of a good one are here only if they are not kept on disk.
 */
export type StoryResult = { slug: string } & (
  | { kind: 'same' | 'gone' }
  | { kind: 'moving'; waitMs: number }
  | { kind: 'good'; look: string; sizes: Sizes; head: Uint8Array; parts?: PackedParts }
  | {
      kind: 'broken'
      look: string
      sizes: Sizes
      problems: Problem[]
      facts: StoryFacts
      withdrawn?: { on: string; reason: string }
    }
)

/** A saved file is complete when it has not changed for this long; one that has become much shorter, or broken, later. */
const STILL_MS = 250
const SURELY_STILL_MS = 2_000
/** A save that takes away more than this of a file may be half of one. */
const MUCH_SHORTER = 0.05

/** The last good trial of this thread: mostly it is what is stored, and looked at, next. */
let tried: { slug: string; key: string; packed: PackedStory } | undefined

/** Looks at stories, and reads and checks those that have changed. Gives each result as soon as there is one. */
export function runStoryJob(job: StoryJob, emit: (result: StoryResult) => void): void {
  const keep = job.keep && openKeep(job.keep)
  try {
    for (const story of job.stories) emit(lookAt(story, job, keep))
  } finally {
    keep?.close()
  }
}

function lookAt(
  story: StoryToCheck,
  job: StoryJob,
  keep: ReturnType<typeof openKeep> | undefined,
): StoryResult {
  const { slug, documents = [] } = story
  const listing = listFolder(job.folder, ofStory(slug))
  if (listing.files.length === 0 && listing.skipped.length === 0 && !makeStory(documents))
    return { slug, kind: 'gone' }
  const look = lookWith(lookOf(listing), documents)
  if (look === story.look) return { slug, kind: 'same' }
  const sizes: Sizes = JSON.stringify(Object.fromEntries(listing.files.map(({ path, size }) => [path, size])))
  if (job.waitForSaves) {
    const waitMs = stillIn(listing, isMuchShorter(sizes, story.sizes) ? SURELY_STILL_MS : STILL_MS)
    if (waitMs > 0) return { slug, kind: 'moving', waitMs }
  }
  const { nameInDesk, ...read } = layOver(readListed(job.folder, listing), documents, job.folder)
  if (job.waitForSaves && lookWith(lookOf(listFolder(job.folder, ofStory(slug))), documents) !== look)
    return { slug, kind: 'moving', waitMs: STILL_MS }
  if (isDraft(read.files)) return { slug, kind: 'gone' }
  const key = keyOf(read, job.settings)
  const known = story.isTrial ? undefined : keep?.head(slug, key)
  if (known) {
    keep?.touch(slug, look)
    return { slug, kind: 'good', look, sizes, head: known }
  }
  const good = (packed: PackedStory): StoryResult => {
    const isKept = !story.isTrial && keep?.put({ slug, key, look, ...packed })
    return { slug, kind: 'good', look, sizes, head: packed.head, parts: isKept ? undefined : packed.parts }
  }
  if (tried?.slug === slug && tried.key === key) return good(tried.packed)
  const { story: checked, facts: found, ...its } = checkStory(read, job.moment)
  const problems = its.problems.map(nameInDesk)
  const facts = { ...found, missingIds: found.missingIds.map(nameInDesk) }
  if (problems.length === 0 && checked) {
    const packed = packStory(checked, { ...facts, sizes })
    if (story.isTrial) tried = { slug, key, packed }
    return good(packed)
  }
  // What is wrong may be half of a save: say so only when it surely is not.
  const waitMs = job.waitForSaves ? stillIn(listing, SURELY_STILL_MS) : 0
  if (waitMs > 0) return { slug, kind: 'moving', waitMs }
  return { slug, kind: 'broken', look, sizes, problems, facts, withdrawn: checked?.withdrawn }
}

/** How long until all files were left alone for so long. A file from the future, by a wrong clock, is not waited for. */
function stillIn({ files }: Listing, stillMs: number): number {
  const now = Date.now()
  const waits = files.map(({ changedAt }) => (changedAt > now ? 0 : changedAt + stillMs - now))
  return Math.max(0, ...waits)
}

function isMuchShorter(now: Sizes, before: Sizes = '{}'): boolean {
  const sizes: Record<string, number> = JSON.parse(now)
  return Object.entries<number>(JSON.parse(before)).some(
    ([path, size]) => size - (sizes[path] ?? 0) > Math.max(64, size * MUCH_SHORTER),
  )
}

/** The name of the result of a check: the texts, and the program and the settings that it was made with. */
function keyOf({ files, problems }: ReadFiles, settings: string): string {
  const hash = createHash('sha256').update(settings)
  for (const { path, origin, text } of files)
    hash.update(`\0${path}\0${origin}\0${text.length}\0`).update(text)
  for (const { file, message } of problems) hash.update(`\0${file}\0${message}`)
  return hash.digest('base64')
}
