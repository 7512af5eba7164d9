import { setTimeout as sleep } from 'node:timers/promises'
import { letOthersRun } from '../chat/pauses.ts'
import type { Library } from '../content/library.ts'
import { type Document, slugOf } from '../content/read/documents/document.ts'
import { latestDayOnEarth } from '../content/read/future-dates.ts'
import { noticeChanges } from '../content/read/watch.ts'
import type { SenderRow } from '../content/senders/sender-row.ts'
import type { Story, Withdrawal } from '../content/story.ts'
import { createEventNaming, type EventNames } from './event-naming.ts'
import { type ContentWork, workHere } from './jobs.ts'
import { type Keep, openKeep } from './keep.ts'
import { type Change, changeOf, type LiveStories, openLiveStories } from './live-stories.ts'
import { redactProblems } from './redact-problems.ts'
import { createVisibleLibrary } from './visible-library.ts'

/** The stories of a running bot: whatever is visible now of the last content that passed its checks. */
export type LiveContent = Pick<LiveStories, 'problemsWithout' | 'used'> & {
  library(): Library
  /** The systems of senders.yml, as they are now. */
  senders(): SenderRow[]
  /** What is wrong with the folder while older content is in use, one line each. Nothing under embargo is named. */
  problems(): string[]
  /** Takes down the stories that editors withdrew by command, whatever their files say. Pass all of them each time. */
  setWithdrawals(withdrawals: Withdrawal[]): void
  /** Calls events by the names under which messages have shown them, read from here at each change. */
  followNames(names: EventNames): Promise<void>
  /** Lays what the desk added over the files, and waits until that is in use. Pass all of it each time. */
  setDocuments(documents: readonly Document[]): Promise<void>
  /** The problems that the story of some documents would have with them. */
  problemsWith(added: { entries?: Document[]; files?: Document[] }): Promise<string[]>
  /** Gets ready to check a story that somebody is likely to add to, and with `entries`, checks it with these at once. */
  warm(slug: string, entries?: Document[]): void
  watch(listener: ContentListener): () => void
  close(): Promise<void>
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

/**
 * How content is opened. `keep` is where stories that have passed their checks are kept, `work` who checks them. With
 * `willWatch`, changes are noticed from before the first look on. `documents` are what the desk had added when this was
 * last known. Tests set `clock`.
 */
type LiveContentOptions = {
  keep?: Keep
  work?: ContentWork
  clock?: () => number
  staleDays?: number
  willWatch?: boolean
  documents?: readonly Document[]
}

/** The problems of a content folder, one a line, as one error whose stack is not worth showing. */
export class BrokenContent extends Error {
  override name = 'BrokenContent'
  constructor(problems: string[]) {
    super(problems.join('\n'))
  }
}

/**
 * How soon after a change the names of events are read again: by then, the process that delivers has recorded them, so
 * that all processes call them the same.
 */
const NAME_AGAIN_MS = 5_000
/** How long a save may be waited for. */
const SHORT_WAIT_MS = 300

/**
 * Reads and checks a content folder. Broken content is refused with every problem named, apart from stories of which a
 * good version is kept: that one stays in use. What is kept from an earlier start is not checked again.
 */
export async function openLiveContent(
  folder: string,
  {
    keep: where,
    work = workHere(),
    clock = Date.now,
    staleDays,
    willWatch,
    documents,
  }: LiveContentOptions = {},
): Promise<LiveContent> {
  const open = where && openKeep(where)
  const settings = JSON.stringify({ folder, staleDays })
  const moment = () => ({ now: clock(), staleDays, today: latestDayOnEarth(Math.max(clock(), Date.now())) })
  const keep = where && open ? { where, open } : undefined
  // Watch first, then read, so that no change is missed in between.
  const early = willWatch ? noticeChanges(folder) : undefined
  const live = await openLiveStories({
    folder,
    work,
    keep,
    documents,
    settings,
    moment,
    onLost: slug => lookAgain(new Set([slug]), 0),
  })
  if (live.isIncomplete()) {
    open?.close()
    throw new BrokenContent(redactProblems(live.problems(), live.secrecies()))
  }
  let names: EventNames | undefined
  const naming = createEventNaming(() => names)
  let withdrawals: Withdrawal[] = []
  const visible = createVisibleLibrary(() => {
    const { stories, ...beside } = live.content()
    return { stories: stories.map(naming.named), ...beside, withdrawals, staleDays }
  }, clock)
  let problems = problemsNow()
  let named = new Set(live.content().stories)
  let listener: ContentListener | undefined
  let reading = Promise.resolve()
  let nameTimer: NodeJS.Timeout | undefined
  let saveTimer: NodeJS.Timeout | undefined
  let savingSlugs = new Set<string>()
  const toName = new Set<Story>()

  function problemsNow(): string[] {
    const { stories, withdrawn } = visible.current()
    const publicSlugs = new Set([...stories, ...withdrawn].map(({ slug }) => slug))
    return redactProblems(live.problems(), live.secrecies(), publicSlugs)
  }

  async function learnNames(): Promise<void> {
    const { stories } = live.content()
    await naming.learn(stories.filter(story => !named.has(story)))
    named = new Set(stories)
  }

  /** Gives how soon it is worth looking again at what is still being saved. */
  async function follow(change: Change): Promise<number | undefined> {
    const { revision } = visible.current()
    const wasBroken = problems.length > 0
    const { hasChanged, saving } = await live.follow(change)
    if (saving) lookAgain(saving.slugs, saving.waitMs)
    if (!hasChanged) return saving?.waitMs
    const news = live.content().stories.filter(story => !named.has(story))
    await learnNames()
    // All that follows a save takes a while: in steps, nobody waits for all of it. Names come first: whoever looks at the
    // content between two steps must find events called as they were shown.
    await letOthersRun()
    await visible.refreshInSlices()
    await letOthersRun()
    problems = problemsNow()
    if (news.length > 0) nameAgainLater(news)
    // A folder that is put back as it was is fixed too, and that is announced. Changes under embargo are not.
    const isBroken = problems.length > 0
    if (visible.current().revision !== revision || isBroken || wasBroken) listener?.onChanged(problems)
    return saving?.waitMs
  }

  // One after the other: a slow reading of an old state must never replace a newer one.
  function next(work: () => Promise<unknown>): Promise<void> {
    reading = reading.then(work).then(
      () => {},
      cause => listener?.onFailed(cause),
    )
    return reading
  }

  function lookAgain(slugs: Set<string>, waitMs: number) {
    savingSlugs = new Set([...savingSlugs, ...slugs])
    clearTimeout(saveTimer)
    saveTimer = setTimeout(() => {
      const again = savingSlugs
      savingSlugs = new Set()
      next(() => follow({ slugs: again, beside: false }))
    }, waitMs).unref()
  }

  function nameAgainLater(stories: Story[]) {
    if (!names || !listener) return
    for (const story of stories) toName.add(story)
    nameTimer ??= setTimeout(() => next(nameAgain), NAME_AGAIN_MS).unref()
  }

  async function nameAgain() {
    const { revision } = visible.current()
    const stories = [...toName]
    toName.clear()
    nameTimer = undefined
    await naming.learn(stories)
    await visible.refreshInSlices()
    if (visible.current().revision !== revision) listener?.onVisibleChanged?.()
  }

  await visible.refreshInSlices()
  return {
    ...{ library: visible.current, problemsWithout: live.problemsWithout, used: live.used },
    senders: live.senders,
    problems: () => problems,
    setWithdrawals: list => {
      if (JSON.stringify(list) === JSON.stringify(withdrawals)) return
      withdrawals = list
      visible.refresh()
    },
    followNames: async source => {
      names = source
      await naming.learn(live.content().stories)
      await visible.refreshInSlices()
    },
    setDocuments: all =>
      next(async () => {
        const slugs = live.setDocuments(all)
        if (slugs.size === 0) return
        const isAddition = all.some(document => slugs.has(slugOf(document)))
        for (let tries = 0; tries < 4; tries++) {
          const waitMs = (await follow({ slugs, beside: false })) ?? 0
          // Somebody has just saved a file of it. What was taken out can wait; what was added, an editor waits for.
          if (!isAddition || waitMs === 0 || waitMs > SHORT_WAIT_MS) return
          await sleep(waitMs + 2)
        }
      }),
    problemsWith: ({ entries = [], files = [] }) => live.problemsWith([...files, ...entries]),
    warm: (slug, entries = []) => void live.warm(slug, entries).catch(() => {}),
    watch: newListener => {
      listener = newListener
      visible.announce(() => newListener.onVisibleChanged?.())
      // Between the first reading and now, a start may have waited for its predecessor to stop.
      if (!early) next(() => follow('anything'))
      const watching = early ?? noticeChanges(folder)
      watching.tell(
        changed => next(() => follow(changeOf(changed))),
        cause => listener?.onFailed(cause),
      )
      return () => {
        watching.stop()
        listener = undefined
        visible.stop()
        for (const waiting of [nameTimer, saveTimer]) clearTimeout(waiting)
      }
    },
    close: async () => {
      await work.stop()
      open?.close()
    },
  }
}
