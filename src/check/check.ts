import { createLibrary, type Library } from '../content/library.ts'
import { byStory, type Document } from '../content/read/documents/document.ts'
import { latestDayOnEarth } from '../content/read/future-dates.ts'
import type { Problem, Story } from '../content/story.ts'
import { type AllContent, visibleAt } from '../content/visible.ts'
import { type ContentWork, workHere } from './jobs.ts'
import { type Keep, openKeep } from './keep.ts'
import { openPacked, type StoryFacts } from './packed-story.ts'
import type { StoryResult } from './story-job.ts'
import { clashingStories, storyFile } from './story-rules.ts'

/**
 * A content folder as it was read: all stories that have passed their checks, and the digests and feeds; what of them is visible
 * now; and every problem. `missingIds` are events that need an id: editors have to add them, but a running bot need not
 * refuse the content for it. `warnings` are expected events whose day is over: nothing is refused for them.
 * `lineCount` is how many lines were answered and drawn, `quoteCount` how many quotes there are.
 */
type CheckResult = {
  content: Pick<AllContent, 'stories' | 'digests' | 'feeds'>
  library: Library
  problems: Problem[]
  missingIds: Problem[]
  warnings: Problem[]
  lineCount: number
  quoteCount: number
}

/**
 * How a folder is checked: at which moment, and after how many days without a check a story is called stale. Nothing may be
 * dated later than `today`, the latest day that has begun anywhere. `work` does it, and `keep` is where good stories are
 * kept, so that an unchanged one is not checked again. `documents` are what the desk added. `onProgress` hears how many
 * stories of all are done.
 */
type CheckOptions = {
  now?: number
  staleDays?: number
  today?: string
  work?: ContentWork
  keep?: Keep
  documents?: readonly Document[]
  onProgress?(done: number, all: number): void
}

/**
 * Checks a content folder: each story by itself, names and digests together. Schemas, quotations, every answer and every
 * entry of a digest on every platform, both as they are now and as they will be once all embargoes are over and every
 * story has gone stale.
 */
export async function check(
  folder: string,
  {
    now = Date.now(),
    staleDays,
    today = latestDayOnEarth(Math.max(now, Date.now())),
    work = workHere(),
    keep: where,
    documents = [],
    onProgress = () => {},
  }: CheckOptions = {},
): Promise<CheckResult> {
  const keep = where && openKeep(where)
  const added = byStory(documents)
  const scan = await work.scan({ kind: 'scan', folder, documents })
  const results: StoryResult[] = []
  await work.stories(
    {
      kind: 'stories',
      folder,
      stories: [...scan.stories.keys()].map(slug => ({ slug, documents: added.get(slug) })),
      moment: { now, staleDays, today },
      settings: JSON.stringify({ folder, staleDays }),
      keep: where,
    },
    result => onProgress(results.push(result), scan.stories.size),
  )
  const stories: Story[] = []
  const facts: StoryFacts[] = []
  const problems: Problem[] = []
  for (const result of results.sort((a, b) => (a.slug < b.slug ? -1 : 1))) {
    if (result.kind === 'good') {
      const opened = openPacked(
        result.head,
        (part, name, isWhole) => result.parts?.[part] ?? keep?.part(name, isWhole),
      )
      stories.push(opened.story)
      facts.push(opened.facts)
    }
    if (result.kind === 'broken') {
      facts.push(result.facts)
      problems.push(...result.problems)
    }
  }
  // A draft is not there, for a digest as for anybody else.
  const there = results.filter(({ kind }) => kind !== 'gone')
  const clashes = clashingStories(stories, slug => ({ file: storyFile(folder, slug), line: 1 }))
  const {
    digests,
    feeds,
    problems: beside,
  } = await work.digests({
    kind: 'digests',
    folder,
    names: {
      slugs: new Set(there.map(({ slug }) => slug)),
      tags: new Set(stories.flatMap(story => story.tags)),
      areAllRead: stories.length === there.length,
    },
  })
  problems.push(...clashes.problems, ...beside)
  if (there.length === 0 && problems.length === 0) problems.push(NO_STORY)
  const visible = visibleAt({ stories, digests, feeds, staleDays }, now)
  return {
    content: { stories, digests, feeds },
    library: createLibrary(
      visible.stories,
      visible.revision,
      visible.digests,
      visible.withdrawn,
      undefined,
      visible.feeds,
    ),
    problems: sortProblems(problems),
    missingIds: sortProblems(facts.flatMap(({ missingIds }) => missingIds)),
    warnings: sortProblems(
      facts.flatMap(({ expected }) =>
        expected.flatMap(({ lastDay, whenOver }) => (lastDay < dayOf(now) ? [whenOver] : [])),
      ),
    ),
    lineCount: facts.reduce((count, { lineCount }) => count + lineCount, 0),
    quoteCount: facts.reduce((count, { quoteCount }) => count + quoteCount, 0),
  }
}

/** In UTC, as the days of a last check are: every machine says the same. */
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** The problem of a folder without any story. */
export const NO_STORY: Problem = {
  file: 'content',
  line: 1,
  message: 'there is no story: stories/NAME/story.md is missing',
}

/** Sorts problems by file and line. */
export const sortProblems = (problems: Problem[]): Problem[] =>
  problems.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
