import { createPauses } from '../chat/pauses.ts'
import type { Library } from '../content/library.ts'
import { partWordsOfAll } from '../content/part-words.ts'
import { storyPartsHash } from '../content/parts.ts'
import type { StoryWords } from '../store/part-words.ts'
import type { Store } from '../store/store.ts'

/** So many words of parts are recorded at once: about a story as long as the bundled one, in some milliseconds. */
const WORDS_AT_ONCE = 200

/**
 * Creates a function that records the words of all parts, for the editors who correct them later. Only stories are looked
 * at that differ from those whose words are recorded.
 */
export function createWordsRecorder({
  partWords,
}: Pick<Store, 'partWords'>): (library: Library) => Promise<void> {
  let recorded: Map<string, string> | undefined
  let last: Library | undefined

  return async library => {
    if (library === last) return
    const known = recorded ?? (await partWords.recordedStories())
    recorded = known
    const pause = createPauses()
    let waiting: StoryWords[] = []
    const recordWaiting = async () => {
      await partWords.recordStories(waiting)
      for (const { story, hash } of waiting) known.set(story, hash)
      waiting = []
    }
    for (const story of library.stories) {
      const hash = storyPartsHash(story)
      if (known.get(story.slug) === hash) continue
      waiting.push({ story: story.slug, hash, words: partWordsOfAll({ stories: [story] }) })
      if (waiting.reduce((count, { words }) => count + words.length, 0) >= WORDS_AT_ONCE)
        await recordWaiting()
      await pause()
    }
    if (waiting.length > 0) await recordWaiting()
    last = library
  }
}
