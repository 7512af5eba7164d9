import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { checkDraft } from '../../check/check-draft.ts'
import { checkStory } from '../../check/check-story.ts'
import type { Config } from '../../config.ts'
import { listFolder, readListed } from '../../content/read/folder.ts'
import { latestDayOnEarth } from '../../content/read/future-dates.ts'
import { ofStory } from '../../content/read/list-files.ts'
import type { ContentFile } from '../../content/read/story-folder.ts'
import { formatProblem, type Problem } from '../../content/story.ts'
import type { DraftFile, DraftFolder } from '../../import/draft/draft.ts'
import { asNewStory, intoStory, type Publication } from '../../import/draft/publish.ts'
import { replaceFile } from '../replace-file.ts'
import { withCount } from '../with-count.ts'

/**
 * Makes a draft a story, or adds it to one, after all checks. Refuses with what is left to do, and never writes over
 * anything; what is not ticked keeps it from being done, unless it is to be left out.
 */
export async function publishDraft(
  { contentDir, staleDays }: Config,
  draft: DraftFolder,
  { leaveOut, now = Date.now() }: { leaveOut: boolean; now?: number },
): Promise<number> {
  const moment = { now, staleDays, today: latestDayOnEarth(now) }
  if (draft.files.some(({ origin }) => origin === join(contentDir, 'stories', draft.name, 'story.md')))
    return refuse([`${draft.name} lies in stories/ already: take the line “draft: true” out of its story.md`])
  const { left } = checkDraft(draft, moment)
  const open = draft.entries.filter(entry => !entry.ticked)
  const lines = [...draft.problems, ...left].map(formatProblem)
  if (open.length > 0 && !leaveOut)
    lines.push(
      `not ticked: ${open.map(({ id }) => id).join(', ')} (tick them, or publish with --leave-out to leave them out)`,
    )
  if (lines.length > 0) return refuse(lines)
  const { into } = draft
  const story = into === undefined ? [] : readListed(contentDir, listFolder(contentDir, ofStory(into))).files
  if (into !== undefined && story.length === 0) return refuse([`there is no story “${into}” any more`])
  if (into === undefined && existsSync(join(contentDir, 'stories', draft.name)))
    return refuse([`there is a story “${draft.name}” already`])
  const made = into === undefined ? asNewStory(draft) : intoStory(draft, story)
  if ('refused' in made) return refuse([made.refused])
  const { problems, facts } = checkStory({ files: laidOver(contentDir, made, story), problems: [] }, moment)
  const found: Problem[] = [...problems, ...facts.missingIds]
  if (found.length > 0) return refuse(found.map(formatProblem))
  await (into === undefined ? writeStory(contentDir, made) : writeAdditions(contentDir, made.files))
  await rm(join(contentDir, 'drafts', draft.name), { recursive: true, force: true })
  const count = draft.entries.length - made.leftOut.length
  const what = withCount(count, 'entry', 'entries')
  process.stdout.write(
    into === undefined
      ? `The story “${draft.name}” is in ${join(contentDir, 'stories', draft.name)} with ${what}. Try: npm run -s ask -- "/nutgraf ${draft.name}"\n`
      : `${what} added to the story “${into}”.\n`,
  )
  if (made.leftOut.length > 0)
    process.stdout.write(`Left out: ${made.leftOut.map(({ id }) => id).join(', ')}\n`)
  return 0
}

function refuse(lines: string[]): number {
  process.stderr.write(`Nothing was published. Left to do:\n${lines.join('\n')}\n`)
  return 1
}

/** The files of the story as they will be, for the checks. */
function laidOver(contentDir: string, { files }: Publication, story: ContentFile[]): ContentFile[] {
  const byPath = new Map(story.map(file => [file.path, file]))
  for (const { path, text } of files) byPath.set(path, { path, text, origin: join(contentDir, path) })
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Writes a new story as a whole: hidden first, then in its place by one step, where none stands. */
async function writeStory(contentDir: string, { slug, files }: Publication): Promise<void> {
  const target = join(contentDir, 'stories', slug)
  const fresh = join(contentDir, 'stories', `.${slug}.${randomUUID()}`)
  try {
    for (const { path, text } of files) {
      const file = join(fresh, path.slice(`stories/${slug}/`.length))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text, { flag: 'wx', flush: true })
    }
    if (existsSync(target)) throw new Error(`Nothing was published: ${target} is there already.`)
    await rename(fresh, target)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

/** Writes the changed files of a story, each in one step, in their order: what is cited stands before it is cited. */
async function writeAdditions(contentDir: string, files: DraftFile[]): Promise<void> {
  for (const { path, text } of files) {
    const file = join(contentDir, path)
    if (existsSync(file)) await replaceFile(file, text)
    else {
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text, { flag: 'wx', flush: true })
    }
  }
}
