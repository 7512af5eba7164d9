import { correctedEventParts, type KnownEvents, nameEvents } from '../content/event-names.ts'
import { createLibrary, type Library, revisionOfFiles } from '../content/library.ts'
import { readFolder } from '../content/read/folder.ts'
import type { ContentFile } from '../content/read/story-folder.ts'
import { watchFolder } from '../content/read/watch.ts'
import type { Withdrawal } from '../content/story.ts'
import { type AllContent, visibleAt } from '../content/visible.ts'
import type { CheckedCache } from './checked-cache.ts'
import { redactProblems } from './redact-problems.ts'

/** The stories of a running bot: whatever is visible now of the last content that passed its checks. */
export type LiveContent = {
  library(): Library
  /** What is wrong with the folder while older content is in use, one line each. Nothing under embargo is named. */
  problems(): string[]
  /** Takes down the stories that editors withdrew by command, whatever their files say. Pass all of them each time. */
  setWithdrawals(withdrawals: Withdrawal[]): void
  /**
   * Calls events by the names under which messages have shown them. `load` reads these names; it is called again at
   * each change.
   */
  followNames(load: () => Promise<KnownEvents>): Promise<void>
  watch(listener: ContentListener): () => void
}

/**
 * Hears of the content. `onChanged` is called after each change of the files: without problems the new content is in
 * use, with problems the old one stays. `onVisibleChanged` is called when a moment has passed at which something else
 * became visible.
 */
type ContentListener = {
  onChanged(problems: string[]): void
  onVisibleChanged?(): void
  onFailed(cause: unknown): void
}

/** How content is opened. `cache` remembers what has passed its checks; tests set `clock`. */
type LiveContentOptions = { cache?: CheckedCache; clock?: () => number; staleDays?: number }

/** The problems of a content folder, one a line, as one error whose stack is not worth showing. */
export class BrokenContent extends Error {
  override name = 'BrokenContent'
  constructor(problems: string[]) {
    super(problems.join('\n'))
  }
}

/** The longest sleep of a timer: none reaches further than 24 days, and none notices that the clock was changed. */
const MAX_SLEEP_MS = 60_000
/**
 * How soon after a change the names of events are read again: by then, the process that delivers has recorded them, so
 * that all processes call them the same.
 */
const NAME_AGAIN_MS = 5_000

/** Content as it was read and checked, before anything is hidden. */
type CheckedFolder = { files: ContentFile[]; content: Content }
type Content = Pick<AllContent, 'stories' | 'digests'>
type Visible = { library: Library; until: number }

/**
 * Reads and checks a content folder. Broken content is refused with every problem named. What `cache` remembers from an
 * earlier start is not checked again.
 */
export async function openLiveContent(
  folder: string,
  { cache, clock = Date.now, staleDays }: LiveContentOptions = {},
): Promise<LiveContent> {
  let latest: CheckedFolder = await openFolder(folder, cache, checkFolder)
  let withdrawals: Withdrawal[] = []
  let problems: string[] = []
  let knownEvents: KnownEvents | undefined
  let visible = visibleNow()
  let announced = visible.library
  let listener: ContentListener | undefined
  let timer: NodeJS.Timeout | undefined
  let reading = Promise.resolve()
  let loadNames: (() => Promise<KnownEvents>) | undefined
  let nameTimer: NodeJS.Timeout | undefined

  async function checkFolder() {
    // Schemas, YAML and Markdown are only needed here: a bot whose content is cached never loads them.
    const { check } = await import('./check.ts')
    return check(folder, { now: clock(), staleDays })
  }

  function visibleNow(): Visible {
    const { stories, digests } = latest.content
    const named = knownEvents ? nameEvents(stories, knownEvents) : stories
    return openLibrary({ stories: named, digests, withdrawals, staleDays }, clock())
  }

  /** Reads the names of events. Without the store they keep those that are known here. */
  async function readNames(): Promise<void> {
    if (!loadNames) return
    const known = await loadNames().catch(() => knownEvents)
    // A correction is about the event that it named when it was first seen here, even before the store knows of it.
    const seen = knownEvents ? correctedEventParts(nameEvents(latest.content.stories, knownEvents)) : []
    if (known) knownEvents = { ...known, correctedParts: new Map([...seen, ...known.correctedParts]) }
  }

  async function nameAgain() {
    const { revision } = visible.library
    await readNames()
    refresh()
    if (visible.library.revision !== revision) listener?.onVisibleChanged?.()
  }

  function nameAgainLater(readNext: (read: () => Promise<void>) => void) {
    clearTimeout(nameTimer)
    if (loadNames && listener) nameTimer = setTimeout(() => readNext(nameAgain), NAME_AGAIN_MS).unref()
  }

  /** Gives the visible content, to callers and to the timer alike, so that the two never disagree about the time. */
  function currentLibrary(): Library {
    if (clock() >= visible.until) {
      visible = visibleNow()
      setTimer()
    }
    return visible.library
  }

  function refresh() {
    visible = visibleNow()
    announced = visible.library
    setTimer()
  }

  function setTimer() {
    clearTimeout(timer)
    if (!listener) return
    const waitMs = announced === visible.library ? visible.until - clock() : 0
    if (waitMs < Number.POSITIVE_INFINITY)
      timer = setTimeout(announce, Math.min(Math.max(waitMs, 0), MAX_SLEEP_MS)).unref()
  }

  function announce() {
    const library = currentLibrary()
    const changed = library !== announced
    announced = library
    setTimer()
    if (changed) listener?.onVisibleChanged?.()
  }

  async function reread() {
    const next = await checkFolder()
    const { stories, withdrawn, revision } = visible.library
    const wasBroken = problems.length > 0
    const isBroken = next.problems.length > 0
    await readNames()
    const publicSlugs = new Set([...stories, ...withdrawn].map(({ slug }) => slug))
    problems = redactProblems(next.problems, next.files, publicSlugs)
    latest = isBroken ? { ...latest, content: applyWithdrawals(latest.content, next.content) } : next
    refresh()
    // A folder that is put back as it was is fixed too, and that is announced. Changes under embargo are not.
    if (isBroken || wasBroken || visible.library.revision !== revision) listener?.onChanged(problems)
  }

  async function catchUp() {
    const { files } = await readFolder(folder)
    if (revisionOfFiles(files) !== revisionOfFiles(latest.files)) await reread()
  }

  return {
    library: currentLibrary,
    problems: () => problems,
    setWithdrawals: next => {
      if (JSON.stringify(next) === JSON.stringify(withdrawals)) return
      withdrawals = next
      refresh()
    },
    followNames: async load => {
      loadNames = load
      await readNames()
      refresh()
    },
    watch: newListener => {
      listener = newListener
      const { onFailed } = newListener
      setTimer()
      // One after the other: a slow reading of an old state must never replace a newer one.
      const readNext = (read: () => Promise<void>) => {
        reading = reading.then(read).catch(onFailed)
      }
      const followChange = async () => {
        await reread()
        nameAgainLater(readNext)
      }
      const stop = watchFolder(folder, () => readNext(followChange), onFailed)
      // Between the first reading and now, a start may have waited for its predecessor to stop.
      readNext(catchUp)
      return () => {
        stop()
        listener = undefined
        clearTimeout(timer)
        clearTimeout(nameTimer)
      }
    },
  }
}

/** Opens a folder from the cache, or else by a full check; fails with every problem if it is broken. */
async function openFolder(
  folder: string,
  cache: CheckedCache | undefined,
  checkFolder: () => Promise<CheckedFolder & { problems: Parameters<typeof redactProblems>[0] }>,
): Promise<CheckedFolder> {
  const { files, problems: unreadable } = await readFolder(folder)
  const cached = unreadable.length === 0 ? cache?.get(files) : undefined
  if (cached) return { files, content: cached }
  const checked = await checkFolder()
  if (checked.problems.length > 0) throw new BrokenContent(redactProblems(checked.problems, checked.files))
  cache?.put(checked.files, checked.content)
  return checked
}

/** Makes a library of what is visible at a moment, with the next moment at which that changes. */
function openLibrary(content: AllContent, now: number): Visible {
  const visible = visibleAt(content, now)
  const { stories, revision, digests, withdrawn, until = Number.POSITIVE_INFINITY } = visible
  return { library: createLibrary(stories, revision, digests, withdrawn), until }
}

/** Withdraws stories in content that is in use: a story that is to be taken down does not wait for other fixes. */
function applyWithdrawals(content: Content, broken: Content): Content {
  const withdrawals = new Map(broken.stories.map(({ slug, withdrawn }) => [slug, withdrawn]))
  const stories = content.stories.map(story => {
    const withdrawn = story.withdrawn ?? withdrawals.get(story.slug)
    return withdrawn ? { ...story, withdrawn } : story
  })
  return { ...content, stories }
}
