import type { Digest } from '../content/digest.ts'
import type { Feed } from '../content/feed.ts'
import { withHead } from '../content/opened-stories.ts'
import type { DigestNames } from '../content/read/digests.ts'
import { formatProblem, type Problem, type Story } from '../content/story.ts'
import { NO_STORY, sortProblems } from './check.ts'
import type { CheckMoment } from './check-story.ts'
import type { ContentWork } from './jobs.ts'
import type { Keep, OpenKeep } from './keep.ts'
import { createLiveDigests } from './live-digests.ts'
import { openPacked, type PackedParts } from './packed-story.ts'
import type { Secrecy } from './redact-problems.ts'
import { runScanJob } from './scan-job.ts'
import type { Sizes, StoryResult, StoryToCheck } from './story-job.ts'
import { clashingStories, storyFile } from './story-rules.ts'

/**
 * One story of a folder. `latest` is what its files give, if that has passed its checks; `live` is what is answered from:
 * the latest, or what was good before.
 */
type Entry = {
  look: string
  sizes: Sizes
  latest?: Story
  live?: Story
  problems: Problem[]
  secrecy: Secrecy
  /** A story that is to be taken down does not wait for other fixes. */
  withdrawn?: Story['withdrawn']
}

/** What has changed in a folder: some stories, what is beside them, or anything at all. */
export type Change = { slugs: Set<string>; beside: boolean } | 'anything'

/** The stories and digests of a folder, as they are followed. */
export type LiveStories = {
  /** The stories that are answered from, in the order of their slugs, and the digests and feeds. */
  content(): { stories: Story[]; digests: Digest[]; feeds: Feed[] }
  problems(): Problem[]
  secrecies(): Map<string, Secrecy>
  /** Whether some story is neither as its files are nor as it was before. */
  isIncomplete(): boolean
  /**
   * Looks at what has changed. Tells whether anything has, and which stories are still being saved, with when to look
   * at them again.
   */
  follow(change: Change): Promise<{ hasChanged: boolean; saving?: { slugs: Set<string>; waitMs: number } }>
  /** The problems that a story would have if one of its files had another text, one line each. */
  problemsWith(file: { path: string; text: string }): Promise<string[]>
}

/** What following needs. `moment` gives that of a check; `keep` is where good stories are kept. */
type LiveStoriesOptions = {
  folder: string
  work: ContentWork
  keep?: { open: OpenKeep; where: Keep }
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
  settings,
  moment,
  onLost = () => {},
}: LiveStoriesOptions): Promise<LiveStories> {
  const entries = new Map<string, Entry>()
  let ordered: string[] = []
  const digests = createLiveDigests({ folder, work, keep: keep?.open })
  let nameProblems: Problem[] = []
  let clashing = new Set<string>()
  let areListed = true
  let areGone = false
  let besideLook = ''

  function open(slug: string, head: Uint8Array, parts?: PackedParts) {
    return openPacked(head, (part, name, isWhole) => {
      const found = parts?.[part] ?? keep?.open.part(name, isWhole)
      if (found !== undefined) return found
      const entry = entries.get(slug)
      if (entry) entry.look = ''
      onLost(slug)
      return undefined
    })
  }

  /** Takes the unchanged stories from where they are kept; gives those that have to be looked at. */
  function takeKept(): { others: StoryToCheck[]; beside: string } {
    // Here and not in a thread: nobody waits for an answer yet, and mostly there is nothing else to do.
    const scan = runScanJob({ kind: 'scan', folder })
    areListed = scan.areListed
    const heads = keep?.open.heads() ?? new Map<string, { look: string; head: Uint8Array }>()
    const others: StoryToCheck[] = []
    for (const [slug, look] of scan.stories) {
      const kept = heads.get(slug)
      const opened = kept && open(slug, kept.head)
      entries.set(slug, {
        look: kept?.look === look ? look : '',
        sizes: opened?.facts.sizes ?? {},
        latest: kept?.look === look ? opened?.story : undefined,
        live: opened?.story,
        problems: [],
        secrecy: opened?.facts.secrecy ?? { hasEmbargo: true, commands: [] },
      })
      if (kept?.look !== look) others.push({ slug })
    }
    return { others, beside: scan.beside }
  }

  async function check(stories: StoryToCheck[], waitForSaves: boolean): Promise<StoryResult[]> {
    const results: StoryResult[] = []
    if (stories.length > 0)
      await work.stories(
        { kind: 'stories', folder, stories, moment: moment(), settings, keep: keep?.where, waitForSaves },
        result => results.push(result),
      )
    return results
  }

  function apply(result: StoryResult): void {
    const { slug, kind } = result
    const known = entries.get(slug)
    if (kind === 'gone') entries.delete(slug)
    if (kind === 'good') {
      const { story, facts } = open(slug, result.head, result.parts)
      entries.set(slug, {
        look: result.look,
        sizes: result.sizes,
        latest: story,
        live: known?.live,
        problems: [],
        secrecy: facts.secrecy,
      })
    }
    if (kind === 'broken')
      entries.set(slug, {
        look: result.look,
        // What a broken save took away is no measure of the next one.
        sizes: known?.sizes ?? {},
        live: known?.live,
        problems: result.problems,
        secrecy: result.facts.secrecy,
        withdrawn: result.withdrawn,
      })
  }

  /** A folder without any story is one that is being replaced, or a mistake: what was there stays in use. */
  function applyAll(results: StoryResult[]): void {
    const before = [...entries]
    for (const result of results) apply(result)
    areGone = entries.size === 0
    if (areGone) for (const [slug, entry] of before) entries.set(slug, entry)
  }

  /** Puts the latest stories in use, apart from those that claim a name of another one. */
  function settle(): void {
    if (ordered.length !== entries.size || ordered.some(slug => !entries.has(slug)))
      ordered = [...entries.keys()].sort()
    const latest = ordered.flatMap(slug => entries.get(slug)!.latest ?? [])
    const clashes = clashingStories(latest, slug => ({ file: storyFile(folder, slug), line: 1 }))
    nameProblems = clashes.problems
    clashing = clashes.slugs
    for (const [slug, entry] of entries)
      if (entry.latest && !clashes.slugs.has(slug)) entry.live = entry.latest
  }

  /** What digests may name. `saving` are stories that soon are there. */
  const digestNames = (saving: string[] = []): DigestNames => ({
    slugs: new Set([...entries.keys(), ...saving]),
    tags: new Set([...entries.values()].flatMap(({ latest }) => latest?.tags ?? [])),
    areAllRead: areListed && saving.length === 0 && [...entries.values()].every(({ latest }) => latest),
  })

  const live: LiveStories = {
    content: () => {
      const stories = ordered.flatMap(slug => {
        const { live: story, withdrawn } = entries.get(slug)!
        return story && withdrawn && !story.withdrawn ? withHead(story, { withdrawn }) : (story ?? [])
      })
      return { stories, digests: digests.current(), feeds: digests.feeds() }
    },
    problems: () => {
      const ofStories = [...entries.values()].flatMap(({ problems }) => problems)
      const all = [...ofStories, ...nameProblems, ...digests.problems()]
      return sortProblems(areGone && all.length === 0 ? [NO_STORY] : all)
    },
    secrecies: () => new Map([...entries].map(([slug, { secrecy }]) => [slug, secrecy])),
    isIncomplete: () =>
      entries.size === 0 || !digests.areKnown() || [...entries.values()].some(({ live: story }) => !story),
    async follow(change) {
      const isAnything = change === 'anything'
      const wasGone = areGone
      const slugs = isAnything ? await changedSlugs() : change.slugs
      const results = await check(
        [...slugs].map(slug => ({ slug, look: entries.get(slug)?.look, sizes: entries.get(slug)?.sizes })),
        true,
      )
      applyAll(results)
      settle()
      const moving = results.filter(result => result.kind === 'moving')
      const names = digestNames(moving.map(({ slug }) => slug))
      const digestsChanged = await digests.follow(
        names,
        isAnything ? besideLook : change.beside ? undefined : digests.look(),
      )
      const hasChanged =
        digestsChanged ||
        areGone !== wasGone ||
        results.some(({ kind }) => kind !== 'same' && kind !== 'moving')
      if (moving.length === 0) return { hasChanged }
      const waitMs = Math.max(...moving.map(result => result.waitMs))
      return { hasChanged, saving: { slugs: new Set(moving.map(({ slug }) => slug)), waitMs } }
    },
    async problemsWith(text) {
      const slug = /^stories\/([^/]+)\//.exec(text.path)?.[1] ?? ''
      const [result] = await check([{ slug, text }], false)
      return result?.kind === 'broken' ? result.problems.map(formatProblem) : []
    },
  }

  async function changedSlugs(): Promise<Set<string>> {
    const scan = await work.scan({ kind: 'scan', folder })
    areListed = scan.areListed
    besideLook = scan.beside
    const changed = [...scan.stories].filter(([slug, look]) => entries.get(slug)?.look !== look)
    const gone = areListed ? [...entries.keys()].filter(slug => !scan.stories.has(slug)) : []
    return new Set([...changed.map(([slug]) => slug), ...gone])
  }

  const { others, beside } = takeKept()
  applyAll(await check(others, false))
  settle()
  await digests.open(digestNames(), beside)
  // Nothing of a name that two stories have is kept as it was before: as without any good version, nothing opens.
  for (const slug of clashing) entries.get(slug)!.live = undefined
  if (areListed && entries.size > 0) keep?.open.forgetOthers(new Set(entries.keys()))
  return live
}
