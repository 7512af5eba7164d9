import type { Digest } from '../content/digest.ts'
import type { Feed } from '../content/feed.ts'
import type { DigestNames } from '../content/read/digests.ts'
import type { Document } from '../content/read/documents/document.ts'
import type { ChangedFolders } from '../content/read/watch.ts'
import type { SenderRow } from '../content/senders/sender-row.ts'
import type { Problem, Story } from '../content/story.ts'
import { NO_STORY, sortProblems } from './check.ts'
import type { CheckMoment } from './check-story.ts'
import { createLiveDocuments } from './documents/live-documents.ts'
import {
  openFilesAlone,
  problemsOfOrphans,
  problemsWith,
  problemsWithout,
} from './documents/with-documents.ts'
import type { ContentWork } from './jobs.ts'
import type { Keep, OpenKeep } from './keep.ts'
import { createLiveDigests } from './live-digests.ts'
import type { StoryFacts } from './packed-story.ts'
import type { Secrecy } from './redact-problems.ts'
import { runScanJob } from './scan-job.ts'
import { createStoryEntries, type OpenedResult } from './story-entries.ts'
import type { StoryToCheck } from './story-job.ts'

/** What has changed in a folder: some stories, what is beside them, or anything at all. */
export type Change = { slugs: Set<string>; beside: boolean } | 'anything'

/** The stories and digests of a folder, as they are followed. */
export type LiveStories = {
  /** The stories that are answered from, in the order of their slugs, and the digests and feeds. */
  content(): { stories: Story[]; digests: Digest[]; feeds: Feed[] }
  /** The systems of senders.yml. */
  senders(): SenderRow[]
  problems(): Problem[]
  secrecies(): Map<string, Secrecy>
  /** Whether some story is neither as its files are nor as it was before. */
  isIncomplete(): boolean
  /**
   * Looks at what has changed. Tells whether anything has, and which stories are still being saved, with when to look
   * at them again.
   */
  follow(change: Change): Promise<{ hasChanged: boolean; saving?: { slugs: Set<string>; waitMs: number } }>
  /** Lays other documents over the files from the next look on. Tells in which stories they differ. */
  setDocuments(documents: readonly Document[]): Set<string>
  /** The problems that the story of some documents would have with them, one line each. */
  problemsWith(added: Document[]): Promise<string[]>
  /** The problems that stories would have without what some acts added, one line each. */
  problemsWithout(keys: readonly string[]): Promise<string[]>
  /** What a story uses already, also where nobody may see it yet. */
  used(slug: string): Used
  /** Gets ready to check a story that somebody is likely to add to, mostly these documents. */
  warm(slug: string, documents: readonly Document[]): Promise<void>
}

/** The highest number of a story's sources, and the ids of its events and quotations. */
export type Used = { source: number; ids: Set<string> }

/** What following needs. `moment` gives that of a check; `keep` is where good stories are kept. */
type LiveStoriesOptions = {
  folder: string
  work: ContentWork
  keep?: { open: OpenKeep; where: Keep }
  documents?: readonly Document[]
  settings: string
  moment(): CheckMoment
  /** Hears of a story whose long parts can no longer be read from where they are kept. */
  onLost?(slug: string): void
}

/** Opens the stories of a folder: those that are kept and unchanged, and the others after a check. */
export async function openLiveStories({
  folder,
  work,
  keep,
  documents = [],
  settings,
  moment,
  onLost = () => {},
}: LiveStoriesOptions): Promise<LiveStories> {
  const known = createStoryEntries({ folder, keep: keep?.open, onLost })
  const { entries, open } = known
  const digests = createLiveDigests({ folder, work, keep: keep?.open })
  const desk = createLiveDocuments(documents)
  let areListed = true
  let besideLook = ''

  /** Takes the unchanged stories from where they are kept; gives those that have to be looked at. */
  function takeKept(): { others: StoryToCheck[]; beside: string } {
    // Here and not in a thread: nobody waits for an answer yet, and mostly there is nothing else to do.
    const scan = runScanJob({ kind: 'scan', folder, documents })
    areListed = scan.areListed
    const keptStories = new Map<string, { look: string; story: Story; facts: StoryFacts }>()
    for (const { slug, look, head } of keep?.open.heads() ?? [])
      if (scan.stories.has(slug)) keptStories.set(slug, { look, ...open(slug, head) })
    const others: StoryToCheck[] = []
    for (const [slug, look] of scan.stories) {
      const kept = keptStories.get(slug)
      entries.set(slug, {
        look: kept?.look === look ? look : '',
        sizes: kept?.facts.sizes,
        latest: kept?.look === look ? kept.story : undefined,
        live: kept?.story,
        problems: [],
        secrecy: kept?.facts.secrecy ?? { hasEmbargo: true, commands: [] },
      })
      if (kept?.look !== look) others.push({ slug, documents: desk.of(slug) })
    }
    return { others, beside: scan.beside }
  }

  async function check(stories: StoryToCheck[], waitForSaves: boolean): Promise<OpenedResult[]> {
    const results: OpenedResult[] = []
    if (stories.length > 0)
      await work.stories(
        { kind: 'stories', folder, stories, moment: moment(), settings, keep: keep?.where, waitForSaves },
        result => results.push(known.openResult(result)),
      )
    return results
  }

  /** What digests may name. Where not all stories could be listed, one of the others may have a tag. */
  const digestNames = (): DigestNames => (areListed ? known.names() : { ...known.names(), areAllRead: false })

  const parts = { desk, known, check: oneAtATime(stories => check(stories, false)) }
  const live: LiveStories = {
    content: () => ({ stories: known.inUse(), digests: digests.current(), feeds: digests.feeds() }),
    senders: digests.senders,
    problems: () => {
      const ofStories = [...entries.values()].flatMap(({ problems }) => problems)
      const gone = known.areGone() ? [] : problemsOfOrphans({ desk, known })
      const all = [...ofStories, ...known.clashes().problems, ...digests.problems(), ...gone]
      return sortProblems(known.areGone() && all.length === 0 ? [NO_STORY] : all)
    },
    secrecies: () => new Map([...entries].map(([slug, { secrecy }]) => [slug, secrecy])),
    isIncomplete: () =>
      entries.size === 0 ||
      !digests.areKnown() ||
      [...entries.values()].some(({ live: story, isOfDesk }) => !story && !isOfDesk),
    async follow(change) {
      // Of a folder that had no story at all, everything is looked at again.
      const isAnything = change === 'anything' || known.areGone()
      const wasGone = known.areGone()
      const slugs = isAnything ? await changedSlugs() : change.slugs
      const results = await check(
        [...slugs].map(slug => ({
          slug,
          look: entries.get(slug)?.look,
          sizes: entries.get(slug)?.sizes,
          documents: desk.of(slug),
        })),
        true,
      )
      const moving = results.filter(result => result.kind === 'moving')
      const changed = results.filter(({ kind }) => kind !== 'same' && kind !== 'moving')
      known.applyAll(results)
      if (changed.length > 0) known.settle(known.areGone() ? undefined : changed.map(({ slug }) => slug))
      const digestsChanged = await digests.follow(
        digestNames(),
        isAnything ? besideLook : change.beside ? undefined : digests.look(),
        moving.map(({ slug }) => slug),
      )
      const hasChanged = digestsChanged || known.areGone() !== wasGone || changed.length > 0
      if (moving.length === 0) return { hasChanged }
      const waitMs = Math.max(...moving.map(result => result.waitMs))
      return { hasChanged, saving: { slugs: new Set(moving.map(({ slug }) => slug)), waitMs } }
    },
    setDocuments: desk.set,
    problemsWith: added => problemsWith(added, parts),
    problemsWithout: keys => problemsWithout(keys, parts),
    used(slug) {
      const { latest, live: story = latest } = entries.get(slug) ?? {}
      if (!story) return { source: 0, ids: new Set() }
      const events = [...story.timeline, ...story.coming]
      const ids = [...story.quotes, ...events].flatMap(({ id }) => id)
      return {
        source: Math.max(0, ...story.sources.map(({ number }) => number)),
        ids: new Set([...ids, ...events.flatMap(({ written }) => written ?? [])]),
      }
    },
    async warm(slug, documents) {
      await parts.check([{ slug, documents: [...(desk.of(slug) ?? []), ...documents], isTrial: true }])
    },
  }

  async function changedSlugs(): Promise<Set<string>> {
    const scan = await work.scan({ kind: 'scan', folder, documents: desk.all() })
    areListed = scan.areListed
    besideLook = scan.beside
    const changed = [...scan.stories].filter(([slug, look]) => entries.get(slug)?.look !== look)
    const gone = areListed ? [...entries.keys()].filter(slug => !scan.stories.has(slug)) : []
    return new Set([...changed.map(([slug]) => slug), ...gone])
  }

  const { others, beside } = takeKept()
  known.applyAll(await check(others, false))
  await openFilesAlone(parts)
  known.settle()
  await digests.open(digestNames(), beside)
  // Nothing of a name that two stories have is kept as it was before: as without any good version, nothing opens.
  for (const slug of known.clashes().slugs) entries.get(slug)!.live = undefined
  if (areListed && entries.size > 0) keep?.open.forgetOthers(new Set(entries.keys()))
  return live
}

/** A check that gives those who ask for the same while it runs the same results. */
function oneAtATime(check: (stories: StoryToCheck[]) => Promise<OpenedResult[]>): typeof check {
  const running = new Map<string, Promise<OpenedResult[]>>()
  return stories => {
    const key = JSON.stringify(stories)
    const result = running.get(key) ?? check(stories).finally(() => running.delete(key))
    running.set(key, result)
    return result
  }
}

/** The stories in whose folders something has changed. */
export function changeOf(changed: ChangedFolders): Change {
  if (!changed || changed.has('stories')) return 'anything'
  const slugs = [...changed].flatMap(path => /^stories\/([^/]+)/.exec(path)?.[1] ?? [])
  return { slugs: new Set(slugs), beside: [...changed].some(path => !path.startsWith('stories/')) }
}
