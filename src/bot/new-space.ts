import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

/** So many stories take far more memory than the space for new values may. With a thousand, nothing is won and 80 MB lost. */
const MANY_STORIES = 3_000

/**
 * Keeps the space for new values at the size it has: what a start makes would let it grow to 60 MB, which it keeps, and a
 * start is hardly faster so. Called when the first files are loaded, it stays at 2 MB; with 1 MB, a start takes a twentieth
 * longer.
 */
export const keepNewSpaceSmall = (): void => setFlagsFromString('--semi-space-growth-factor=1')

/** Lets it grow again with what there is to do. */
export const letNewSpaceGrow = (): void => setFlagsFromString('--semi-space-growth-factor=2')

/** Lets it grow at once where there are many stories to open: with ten thousand, a start is a fifth faster so. */
export function makeRoomForStories(contentDir: string): void {
  try {
    if (readdirSync(join(contentDir, 'stories')).length > MANY_STORIES) letNewSpaceGrow()
  } catch {
    // Whoever reads the folder says what is wrong with it.
  }
}
