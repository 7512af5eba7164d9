import { createPauses } from '../chat/pauses.ts'
import { warmNames } from '../commands/plain/names.ts'
import { warmOffers } from '../commands/suggest.ts'
import type { Library } from '../content/library.ts'

/**
 * Prepares what answers and suggestions need of all stories, a few stories at a time: otherwise the first question after a
 * start, and everybody behind it, would wait for all of them.
 */
export async function warmStories(library: Library): Promise<void> {
  const pause = createPauses()
  for (const story of library.stories) {
    warmOffers(story)
    warmNames(story)
    library.speakerNames(story)
    await pause()
  }
  warmNames(library)
  warmOffers(library)
  await pause()
  library.speakerNames()
}
