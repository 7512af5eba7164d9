import { createPauses } from '../chat/pauses.ts'
import { warmNames } from '../commands/plain/names.ts'
import { warmStoryNames } from '../commands/plain/story-names.ts'
import { warmOffers } from '../commands/suggest.ts'
import type { Library } from '../content/library.ts'
import { warmSpeakerNames } from '../content/names/speaker-names.ts'

/**
 * Prepares what answers and suggestions need of all stories, a few stories at a time: otherwise the first question after a
 * start, and everybody behind it, would wait for all of them.
 */
export async function warmStories(library: Library): Promise<void> {
  const pause = createPauses()
  for (const story of library.stories) {
    warmOffers(story)
    warmNames(story)
    warmStoryNames(story)
    warmSpeakerNames(story)
    await pause()
  }
  warmNames(library)
  warmOffers(library)
  warmStoryNames(library)
  library.speakerNames()
}
