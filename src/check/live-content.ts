import { createLibrary, type Library, revisionOfFiles } from '../content/library.ts'
import { readFolder } from '../content/read/folder.ts'
import { watchFolder } from '../content/read/watch.ts'
import type { Problem, Withdrawal } from '../content/story.ts'
import { type AllContent, visibleAt } from '../content/visible.ts'
import type { CheckedCache } from './checked-cache.ts'
import { redactProblems } from './redact-problems.ts'

/** The stories of a running bot: always what may be seen now of the last content that passed its checks. */
export type LiveContent = {
  library(): Library
  /** What is wrong with the folder now, when it is not what is being answered from; in lines that everybody may read. */
  problems(): string[]
  /** Takes stories down that the desk withdrew by command, all of them each time, whatever their files say. */
  setWithdrawals(list: Withdrawal[]): void
  watch(heard: ContentListener): () => void
}

/**
 * What a bot hears of its stories. `changed` comes after each change of the files: with no problems the new content is
 * in use, with some the old one stays. `opened` comes when a moment has passed at which something else may be seen.
 */
type ContentListener = {
  onChanged(problems: string[]): void
  onVisibleChanged?(): void
  onFailed(cause: unknown): void
}

/** How stories are opened: `keeper` remembers what was checked once, `clock` tells the time. */
type LiveContentOptions = { cache?: CheckedCache; clock?: () => number; staleDays?: number }

/** The complaints about a content folder, one a line, as one error without a stack. */
export class BrokenContent extends Error {
  override name = 'BrokenContent'
  constructor(problems: string[]) {
    super(problems.join('\n'))
  }
}

/** So long at most a timer sleeps: it knows no more than 24 days, and nothing of a clock that is put forward meanwhile. */
const MAX_SLEEP_MS = 60_000

/**
 * Reads and checks a content folder; broken content is refused with every problem named. What `keeper` remembers from
 * an earlier start is not checked again.
 */
export async function openLiveContent(
  folder: string,
  opening: LiveContentOptions = {},
): Promise<LiveContent> {
  const { cache, clock = Date.now, staleDays } = opening
  const { files, problems: unreadable } = await readFolder(folder)
  const kept = unreadable.length === 0 ? cache?.get(files) : undefined
  let read = kept ? { files, content: kept } : await checked()
  let withdrawals: Withdrawal[] = []
  let found: Problem[] = []
  let problems: string[] = []
  let shown = seenNow()
  let told = shown.books
  let heard: ContentListener | undefined
  let timer: NodeJS.Timeout | undefined
  let reading = Promise.resolve()

  async function checkFolder() {
    // Schemas, YAML and Markdown are only needed here: a bot whose content is known never loads them.
    const { check } = await import('./check.ts')
    return check(folder, { now: clock(), ...(staleDays !== undefined && { staleDays }) })
  }

  async function checked() {
    const first = await checkFolder()
    if (first.problems.length > 0) throw new BrokenContent(redactProblems(first.problems, first.files))
    cache?.put(first.files, first.content)
    return first
  }

  function seenNow(): { books: Library; until: number } {
    const everything: AllContent = { ...read.content, withdrawals }
    const seen = visibleAt({ ...everything, ...(staleDays !== undefined && { staleDays }) }, clock())
    const { until = Number.POSITIVE_INFINITY } = seen
    return { books: createLibrary(seen.stories, seen.revision, seen.digests, seen.withdrawn), until }
  }

  /** The one way to the stories, for whoever asks and for the timer: so the two never disagree about what time it is. */
  function current(): Library {
    if (clock() >= shown.until) {
      shown = seenNow()
      arm()
    }
    return shown.books
  }

  function replace() {
    shown = seenNow()
    told = shown.books
    arm()
  }

  function arm() {
    clearTimeout(timer)
    if (!heard) return
    const left = told === shown.books ? shown.until - clock() : 0
    if (left < Number.POSITIVE_INFINITY)
      timer = setTimeout(look, Math.min(Math.max(left, 0), MAX_SLEEP_MS)).unref()
  }

  function look() {
    const books = current()
    const passed = books !== told
    told = books
    arm()
    if (passed) heard?.onVisibleChanged?.()
  }

  async function reread() {
    const next = await checkFolder()
    const before = shown.books.revision
    const healed = found.length > 0 && next.problems.length === 0
    found = next.problems
    const seen = new Set([...shown.books.stories, ...shown.books.withdrawn].map(({ slug }) => slug))
    problems = redactProblems(found, next.files, seen)
    if (found.length === 0) read = next
    else read = { ...read, content: applyWithdrawals(read.content, next.content) }
    replace()
    // A folder that is put back as it was has been mended too, and that is said. Of what is still secret nothing is.
    if (found.length > 0 || healed || shown.books.revision !== before) heard?.onChanged(problems)
  }

  async function catchUp() {
    const { files } = await readFolder(folder)
    if (revisionOfFiles(files) !== revisionOfFiles(read.files)) await reread()
  }

  return {
    library: current,
    problems: () => problems,
    setWithdrawals: list => {
      if (JSON.stringify(list) === JSON.stringify(withdrawals)) return
      withdrawals = list
      replace()
    },
    watch: hears => {
      heard = hears
      arm()
      const stop = watchFolder(
        folder,
        () => {
          // One after the other: a slow reading of an old state must never replace a newer one.
          reading = reading.then(reread).catch(hears.onFailed)
        },
        hears.onFailed,
      )
      // Between the first reading and now, a start may have waited for its predecessor to stop.
      reading = reading.then(catchUp).catch(hears.onFailed)
      return () => {
        stop()
        heard = undefined
        clearTimeout(timer)
      }
    },
  }
}

type Content = Pick<AllContent, 'stories' | 'digests'>

/** A story that is to be taken down does not wait until other mistakes in the folder are mended. */
function applyWithdrawals(content: Content, broken: Content): Content {
  const asked = new Map(broken.stories.map(({ slug, withdrawn }) => [slug, withdrawn]))
  const stories = content.stories.map(story => {
    const withdrawn = story.withdrawn ?? asked.get(story.slug)
    return withdrawn ? { ...story, withdrawn } : story
  })
  return { ...content, stories }
}
