import { createLibrary, type Library } from '../../../src/content/library.ts'
import type { Story } from '../../../src/content/story.ts'
import { digestFile } from '../content/digest-file.ts'
import { libraryFromFiles, storyFiles } from '../content/story-files.ts'

/**
 * Content as editors leave it: how many events the bridge has, the version of its fact, the story of the river with its
 * events, whether that is taken down, and how many people must approve the digest (none: it needs no approval).
 */
export type ContentState = {
  events: number
  fact: number
  river: number
  isRiverGone: boolean
  approvals: number
  /** Whether each event says that it was corrected. */
  isCorrected?: boolean
}

const event = (id: string, text: string) => ({
  ...{ id, date: '2026-05-04', confidence: 'medium', sources: [1] },
  text,
})

const stories = new Map<string, Story>()
const digests = new Map<number, Library['digests']>()
const libraries = new Map<string, Library>()

/** A story is read once for all runs: reading it is most of what they would do. */
function story(slug: string, key: string, fields: () => object): Story {
  const name = `${slug} ${key}`
  const known =
    stories.get(name) ??
    libraryFromFiles(storyFiles(slug, { meta: { title: `The ${slug}` }, ...fields() })).stories[0]!
  stories.set(name, known)
  return known
}

function digestsFor(approvals: number): Library['digests'] {
  const known = digests.get(approvals)
  if (known) return known
  const digest = {
    ...{ name: 'morning', title: 'Morning brief', time: '08:00', days: 'daily', quiet: 'skip' },
    ...(approvals > 0 && { approve: 'desk', approvals }),
  }
  const read = libraryFromFiles(storyFiles('bridge'), [digestFile([digest])]).digests
  digests.set(approvals, read)
  return read
}

/** The content in a state: the same state is the same content. */
export function contentIn(state: ContentState): Library {
  const { events, fact, river, isRiverGone, approvals, isCorrected = false } = state
  const key = JSON.stringify([events, fact, river, isRiverGone, approvals, isCorrected])
  const known = libraries.get(key)
  if (known) return known
  const bridge = story('bridge', `${events} ${fact} ${isCorrected}`, () => ({
    timeline: Array.from({ length: events }, (_, number) =>
      event(`e${number}`, isCorrected ? `Event ${number}, corrected.` : `Event ${number}.`),
    ),
    facts: [{ id: 'cost', text: `Cost ${fact}.`, confidence: 'medium', sources: [1] }],
  }))
  const other = story('river', `${river}`, () => ({
    timeline: Array.from({ length: river }, (_, number) => event(`r${number}`, `Flood ${number}.`)),
    facts: [],
  }))
  const gone = [{ slug: 'river', on: '2026-05-05', reason: 'Wrong.' }]
  const library = createLibrary(
    isRiverGone ? [bridge] : [bridge, other],
    key,
    digestsFor(approvals),
    isRiverGone ? gone : [],
  )
  libraries.set(key, library)
  return library
}
