import type { CheckedDraft } from '../../check/check-draft.ts'
import { draftsIn } from '../../check/drafts.ts'
import type { Config } from '../../config.ts'
import { latestDayOnEarth } from '../../content/read/future-dates.ts'
import { formatProblem, type Problem } from '../../content/story.ts'
import { withCount } from '../with-count.ts'

type CheckedDrafts = { checked: CheckedDraft[]; problems: Problem[] }

/** The drafts of the content folder, each checked, and what of their folder could not be read. */
export async function checkDrafts(
  { contentDir, staleDays }: Config,
  now = Date.now(),
): Promise<CheckedDrafts> {
  const { drafts, problems } = draftsIn(contentDir)
  if (drafts.length === 0) return { checked: [], problems }
  // Drawing takes most of the program along, and most folders have no draft.
  const { checkDraft } = await import('../../check/check-draft.ts')
  const moment = { now, staleDays, today: latestDayOnEarth(now) }
  return { checked: drafts.map(draft => checkDraft(draft, moment)), problems }
}

/** What `check` says about the drafts: they are not shown, and their problems keep nothing else from passing. */
export function describeDrafts({ checked, problems }: CheckedDrafts): string {
  if (checked.length === 0 && problems.length === 0) return ''
  const lines = [...problems, ...checked.flatMap(draft => draft.problems)].map(formatProblem)
  const verb = checked.length === 1 ? 'is' : 'are'
  const names = checked.map(draft => `${nameOf(draft)} (${stateOf(draft)})`).join(', ')
  return [
    ...(lines.length > 0 ? [`Drafts, which keep nothing else from passing:`, ...lines] : []),
    `${withCount(checked.length, 'draft')} ${verb} not shown: ${names}`,
    '',
  ].join('\n')
}

/** The folder of a draft below the content folder: `drafts/bridge`. */
const nameOf = ({ draft }: CheckedDraft) =>
  draft.files[0]?.path.split('/').slice(0, 2).join('/') ?? draft.name

/** How far a draft is. */
export function stateOf({ draft, problems, left }: CheckedDraft): string {
  const ticked = draft.entries.filter(entry => entry.ticked).length
  return [
    draft.into === undefined ? undefined : `for ${draft.into}`,
    `${ticked} of ${withCount(draft.entries.length, 'entry', 'entries')} ticked`,
    left.length > 0 ? `${left.length} left to do` : undefined,
    problems.length > 0 ? withCount(problems.length, 'problem') : undefined,
  ]
    .filter(part => part !== undefined)
    .join(', ')
}
