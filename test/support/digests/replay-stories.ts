import { createLibrary, type Library } from '../../../src/content/library.ts'
import { readFolder } from '../../../src/content/read/folder.ts'
import { loadContent } from '../../../src/content/read/load.ts'

/** The content folder of the two stories that were invented to read replays of. */
export const REPLAY_STORIES = new URL('../replay-stories', import.meta.url).pathname

/** Loads a content folder. A problem in it fails the test. */
export async function libraryFromFolder(folder: string): Promise<Library> {
  const { files, problems } = await readFolder(folder)
  const loaded = loadContent(files)
  const all = [...problems, ...loaded.problems]
  if (all.length > 0) throw new Error(JSON.stringify(all, null, 1))
  return createLibrary(loaded.stories, 'test', loaded.digests)
}
