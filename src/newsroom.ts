import type { ContentFile } from './content/desk.ts'
import { readFolder } from './content/folder.ts'
import { type Library, library, revisionOf } from './content/library.ts'
import { type Problem, problemLine } from './content/story.ts'
import { watchFolder } from './content/watch.ts'
import type { Keeper } from './kept.ts'

/** The stories of a running bot: always the last content that passed its checks. */
export type Stories = {
  library(): Library
  /** What is wrong with the folder now, when it is not what is being answered from. */
  problems(): Problem[]
  /** Calls back after each change: with no problems the new content is in use, with some the old one stays. */
  watch(changed: (problems: Problem[]) => void, failed: (cause: unknown) => void): () => void
}

/** The complaints about a content folder, one a line, as one error without a stack. */
export class BrokenContent extends Error {
  override name = 'BrokenContent'
  constructor(problems: Problem[]) {
    super(problems.map(problemLine).join('\n'))
  }
}

/**
 * Reads and checks a content folder; broken content is refused with every problem named. What `keeper` remembers from
 * an earlier start is not checked again.
 */
export async function openStories(folder: string, keeper?: Keeper): Promise<Stories> {
  const { files, problems: unreadable } = await readFolder(folder)
  const kept = unreadable.length === 0 ? keeper?.recall(files) : undefined
  let current = kept ? library(kept.stories, revisionOf(files), kept.digests) : await checked(folder, files)
  let problems: Problem[] = []
  let reading = Promise.resolve()

  const reread = async (changed: (problems: Problem[]) => void) => {
    const { check } = await import('./check.ts')
    const next = await check(folder)
    const healed = problems.length > 0 && next.problems.length === 0
    problems = next.problems
    // A folder that is put back as it was has been mended too, and that is said.
    if (problems.length === 0 && next.library.revision === current.revision && !healed) return
    if (problems.length === 0) current = next.library
    changed(problems)
  }
  async function checked(folder: string, files: ContentFile[]): Promise<Library> {
    // Schemas, YAML and Markdown are only needed here: a bot whose content is known never loads them.
    const { check } = await import('./check.ts')
    const first = await check(folder)
    if (first.problems.length > 0) throw new BrokenContent(first.problems)
    if (first.library.revision === revisionOf(files)) keeper?.keep(files, first.library)
    return first.library
  }

  return {
    library: () => current,
    problems: () => problems,
    watch: (changed, failed) =>
      watchFolder(
        folder,
        () => {
          // One after the other: a slow reading of an old state must never replace a newer one.
          reading = reading.then(() => reread(changed)).catch(failed)
        },
        failed,
      ),
  }
}
