import type { Problem } from '../content/story.ts'
import { asStory } from '../import/draft/as-story.ts'
import type { DraftFolder } from '../import/draft/draft.ts'
import { leftToDo } from '../import/draft/left-to-do.ts'
import { sortProblems } from './check.ts'
import { type CheckMoment, checkStory } from './check-story.ts'

/** A draft, what is wrong with it as with any content, and what is left to do before it can be a story. */
export type CheckedDraft = { draft: DraftFolder; problems: Problem[]; left: Problem[] }

/** Checks a draft by itself, with all that is checked of a story. */
export function checkDraft(draft: DraftFolder, moment: CheckMoment): CheckedDraft {
  const { problems, facts } = checkStory({ files: asStory(draft), problems: [] }, moment)
  return {
    draft,
    problems: sortProblems([...draft.problems, ...problems, ...facts.missingIds]),
    left: leftToDo(draft),
  }
}
