import { type Document, makeStory, slugOf } from '../../content/read/documents/document.ts'
import { formatProblem, type Problem } from '../../content/story.ts'
import type { OpenedResult, StoryEntries } from '../story-entries.ts'
import type { StoryToCheck } from '../story-job.ts'
import { clashingStories } from '../story-rules.ts'
import type { LiveDocuments } from './live-documents.ts'

/** What is needed to see how stories are with and without what the desk added. */
type Parts = {
  desk: LiveDocuments
  known: StoryEntries
  check(stories: StoryToCheck[]): Promise<OpenedResult[]>
}

/** The problems that the story of some more documents would have with them, one line each. */
export async function problemsWith(added: Document[], { desk, known, check }: Parts): Promise<string[]> {
  const [first] = added
  if (!first) return []
  const slug = slugOf(first)
  const nameIn = (message: string) => [formatProblem({ file: `desk: ${first.path}`, line: 1, message })]
  if (added.some(document => slugOf(document) !== slug)) return nameIn('more than one story is added to')
  const unnamed = added.find(
    ({ path, entry }) => path.endsWith('/timeline.desk.yml') && entry && !('id' in entry),
  )
  // Without one it would be called by its place among the events of its day, and so would those around it.
  if (unnamed) return nameIn('what is added to a timeline needs an id')
  const documents = [...(desk.of(slug) ?? []), ...added]
  const [result] = await check([{ slug, documents, isTrial: true }])
  if (result?.kind === 'broken') return result.problems.map(formatProblem)
  if (result?.kind !== 'good') return nameIn(`there is no story “${slug}”`)
  if (!makeStory(added)) return []
  const { story } = result
  const others = [...known.entries].flatMap(([other, { latest }]) => (other === slug ? [] : (latest ?? [])))
  return clashingStories([...others, story], () => ({ file: `desk: ${first.path}`, line: 1 })).problems.map(
    formatProblem,
  )
}

/**
 * The problems that a story would have without what some acts added, one line each: something else may rest on it. None
 * where the story has problems already, which this may be the way to end.
 */
export async function problemsWithout(
  keys: readonly string[],
  { desk, known, check }: Parts,
): Promise<string[]> {
  const isLeaving = ({ key }: Document) => key !== undefined && keys.includes(key)
  // Nothing ever rests on a correction.
  const leaving = desk.all().filter(document => isLeaving(document) && !isCorrection(document))
  const problems: Problem[] = []
  for (const slug of new Set(leaving.map(slugOf))) {
    const entry = known.entries.get(slug)
    if (!entry || entry.problems.length > 0) continue
    const documents = desk.of(slug)!.filter(document => !isLeaving(document))
    const [result] = await check([{ slug, documents, isTrial: true }])
    if (result?.kind === 'broken') problems.push(...result.problems)
    if (result?.kind === 'gone') problems.push(...problemsOfGone(slug, documents))
  }
  return problems.map(formatProblem)
}

const isCorrection = ({ path }: Document) => path.endsWith('/corrections.desk.yml')

/** The problem of additions to stories that the folder does not have any more, or under another name: nobody sees them. */
export const problemsOfOrphans = ({ desk, known }: Pick<Parts, 'desk' | 'known'>): Problem[] =>
  [...desk.slugs()].flatMap(slug =>
    known.entries.has(slug) ? [] : problemsOfGone(slug, desk.of(slug) ?? []),
  )

function problemsOfGone(slug: string, documents: readonly Document[]): Problem[] {
  const [first] = documents
  if (!first || makeStory(documents)) return []
  const message = `the folder has no story “${slug}” any more: put it back, or take back what was added`
  return [{ file: `desk: ${first.path}`, line: 1, message }]
}

/**
 * Puts the files alone in use where a story has no good version with what the desk added: that must never keep a program
 * from starting. A story that only the desk has is left out then.
 */
export async function openFilesAlone({ desk, known, check }: Parts): Promise<void> {
  const { entries } = known
  known.settle()
  for (const slug of known.clashes().slugs)
    if (makeStory(desk.of(slug) ?? [])) entries.set(slug, { ...entries.get(slug)!, latest: undefined })
  const hopeless = [...desk.slugs()].filter(slug => {
    const entry = entries.get(slug)
    return entry && !entry.latest && !entry.live
  })
  if (hopeless.length === 0) return
  for (const result of await check(hopeless.map(slug => ({ slug })))) {
    const entry = entries.get(result.slug)!
    if (result.kind === 'good') entry.live = result.story
    else if (result.kind === 'gone') entry.isOfDesk = true
  }
}
