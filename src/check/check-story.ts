import { chartProblem } from '../commands/story/timeline-chart.ts'
import { createLibrary } from '../content/library.ts'
import type { ReadFiles } from '../content/read/folder.ts'
import { loadContent } from '../content/read/load.ts'
import type { LoadedContent } from '../content/read/story-folder.ts'
import type { Story } from '../content/story.ts'
import { formatProblem, type Problem } from '../content/story.ts'
import { visibleAt } from '../content/visible.ts'
import { confidenceProblems } from './confidence-rules.ts'
import { drawingProblems } from './drawing-rules.ts'
import type { StoryFacts } from './packed-story.ts'
import { secrecyOf } from './redact-problems.ts'
import { expectedOf, locationOf, missingIdsOf, storyProblems } from './story-rules.ts'

/**
 * How a story is checked: at which moment, and after how many days without a check it is called stale. Nothing may be
 * dated later than `today`, the latest day that has begun anywhere.
 */
export type CheckMoment = { now: number; staleDays?: number; today: string }

/** A story as its files give it, and everything that is wrong with it by itself. */
export type CheckedStory = { story?: Story; problems: Problem[]; facts: StoryFacts }

/**
 * Checks one story by its files alone: schemas, quotations, every answer and every entry of a digest on every platform,
 * both as they are now and as they will be once all embargoes are over and the story has gone stale.
 */
export function checkStory({ files, problems: unread }: ReadFiles, moment: CheckMoment): CheckedStory {
  const loaded = loadContent(files, moment.today)
  const [story] = loaded.stories
  const facts: StoryFacts = {
    missingIds: story ? missingIdsOf(story, loaded) : [],
    expected: story ? expectedOf(story, loaded) : [],
    lineCount: 0,
    quoteCount: story?.quotes.length ?? 0,
    secrecy: secrecyOf(files),
  }
  const problems = [...unread, ...loaded.problems]
  if (story)
    problems.push(
      ...storyProblems(story, loaded),
      ...confidenceProblems(story, loaded),
      ...timelineProblems(story, loaded),
    )
  // A broken story is not drawn: its answers would only repeat the same problems in other words.
  if (problems.length > 0 || !story) return { story, problems, facts }
  const drawn = drawStory(story, loaded, moment)
  return { story, problems: drawn.problems, facts: { ...facts, lineCount: drawn.lineCount } }
}

function drawStory(story: Story, loaded: LoadedContent, { now, staleDays }: CheckMoment) {
  const content = { stories: [story], digests: [], staleDays }
  const visible = visibleAt(content, now)
  const end = visibleAt(content, Number.POSITIVE_INFINITY)
  const libraryOf = ({ stories, revision, withdrawn }: typeof end) =>
    createLibrary(stories, revision, [], withdrawn)
  const later = drawingProblems(libraryOf(end), loaded)
  if (end.revision === visible.revision) return later
  const present = drawingProblems(libraryOf(visible), loaded)
  return { ...later, problems: deduplicate([...later.problems, ...present.problems]) }
}

/** Drops the second of two equal problems: what is wrong both now and later is reported once. */
const deduplicate = (problems: Problem[]) => [
  ...new Map(problems.map(problem => [formatProblem(problem), problem])).values(),
]

/** Reports a timeline that is too long to be drawn, at its first turning point. */
function timelineProblems(story: Story, loaded: LoadedContent): Problem[] {
  const first = story.timeline.find(event => event.major)
  const message = chartProblem(story)
  if (!first || message === undefined) return []
  return [{ ...locationOf(loaded, `${story.slug}/event:${first.id}`), message }]
}
