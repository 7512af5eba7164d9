import { type Document, makeStory, slugOf } from '../../content/read/documents/document.ts'
import { formatProblem } from '../../content/story.ts'
import type { StoryEntries } from '../story-entries.ts'
import type { StoryResult, StoryToCheck } from '../story-job.ts'
import { clashingStories } from '../story-rules.ts'
import type { LiveDocuments } from './live-documents.ts'

/** What is needed to see how stories are with and without what the desk added. */
type Parts = {
  desk: LiveDocuments
  known: StoryEntries
  check(stories: StoryToCheck[]): Promise<StoryResult[]>
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
  const { story } = known.open(slug, result.head, result.parts)
  const others = [...known.entries].flatMap(([other, { latest }]) => (other === slug ? [] : (latest ?? [])))
  return clashingStories([...others, story], () => ({ file: `desk: ${first.path}`, line: 1 })).problems.map(
    formatProblem,
  )
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
    if (result.kind === 'good') entry.live = known.open(result.slug, result.head, result.parts).story
    else if (result.kind === 'gone') entry.isOfDesk = true
  }
}
