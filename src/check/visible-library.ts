import { letOthersRun } from '../chat/pauses.ts'
import { createLibrary, type Library } from '../content/library.ts'
import { addInSlices, createPassages } from '../content/search/growing-index.ts'
import { type AllContent, visibleAt } from '../content/visible.ts'

/** What is visible of some content now, as a library that changes by itself when a moment has passed. */
export type VisibleLibrary = {
  current(): Library
  /** Takes the content as it is now. That is known to whoever asked for it, and not announced. */
  refresh(): void
  /** The same, after everything in it was indexed in slices, so that the loop only swaps it in. */
  refreshInSlices(): Promise<void>
  /** Announces what becomes visible by itself, until it is stopped. */
  announce(onVisibleChanged: () => void): void
  stop(): void
}

/** The longest sleep of a timer: none reaches further than 24 days, and none notices that the clock was changed. */
const MAX_SLEEP_MS = 60_000

/** Creates the library of what is visible of `content`, which is asked for again at each change. */
export function createVisibleLibrary(content: () => AllContent, clock: () => number): VisibleLibrary {
  let passages = createPassages()
  let visible = visibleNow()
  let announced = visible.library
  let listener: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined

  function visibleNow(shown = visibleAt(content(), clock())): { library: Library; until: number } {
    const { stories, revision, digests, feeds, withdrawn, until } = shown
    return {
      library: createLibrary(stories, revision, digests, withdrawn, passages, feeds),
      until: until ?? Number.POSITIVE_INFINITY,
    }
  }

  /** Gives the visible content, to callers and to the timer alike, so that the two never disagree about the time. */
  function current(): Library {
    if (clock() >= visible.until) {
      visible = visibleNow()
      setTimer()
    }
    return visible.library
  }

  function setTimer() {
    clearTimeout(timer)
    if (!listener) return
    const waitMs = announced === visible.library ? visible.until - clock() : 0
    if (waitMs < Number.POSITIVE_INFINITY)
      timer = setTimeout(tell, Math.min(Math.max(waitMs, 0), MAX_SLEEP_MS)).unref()
  }

  function swap(next: typeof visible) {
    visible = next
    announced = visible.library
    setTimer()
  }

  function tell() {
    const library = current()
    const changed = library !== announced
    announced = library
    setTimer()
    if (changed) listener?.()
  }

  return {
    current,
    refresh: () => swap(visibleNow()),
    refreshInSlices: async () => {
      const before = visible
      const shown = visibleAt(content(), clock())
      await letOthersRun()
      passages = await addInSlices(passages, shown.stories)
      // Meanwhile somebody may have taken a story down, or a moment has passed.
      swap(visible === before ? visibleNow(shown) : visibleNow())
    },
    announce: onVisibleChanged => {
      listener = onVisibleChanged
      setTimer()
    },
    stop: () => {
      listener = undefined
      clearTimeout(timer)
    },
  }
}
