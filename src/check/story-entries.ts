import { withHead } from '../content/opened-stories.ts'
import type { DigestNames } from '../content/read/digests.ts'
import type { Problem, Story } from '../content/story.ts'
import type { OpenKeep } from './keep.ts'
import { openPacked, type PackedParts, type Sizes, type StoryFacts } from './packed-story.ts'
import type { Secrecy } from './redact-problems.ts'
import type { StoryResult } from './story-job.ts'
import { clashingStories, storyFile } from './story-rules.ts'

/**
 * One story of a folder. `latest` is what its files give, if that has passed its checks; `live` is what is answered from:
 * the latest, or what was good before.
 */
export type StoryEntry = {
  look: string
  sizes?: Sizes
  latest?: Story
  live?: Story
  problems: Problem[]
  secrecy: Secrecy
  /** A story that is to be taken down does not wait for other fixes. */
  withdrawn?: Story['withdrawn']
  /** It has no files and never was good: only what the desk added. */
  isOfDesk?: true
}

/** What was found of a story, opened: its bytes are let go, since those of all stories are more than all else in memory. */
export type OpenedResult =
  | Exclude<StoryResult, { kind: 'good' }>
  | { slug: string; kind: 'good'; look: string; sizes: Sizes; story: Story; facts: StoryFacts }

/** The stories of a folder: what their files gave when they were last looked at, and which of them are in use. */
export type StoryEntries = {
  entries: Map<string, StoryEntry>
  open(slug: string, head: Uint8Array, parts?: PackedParts): { story: Story; facts: StoryFacts }
  /** Opens what was found of a story. */
  openResult(result: StoryResult): OpenedResult
  /** Takes over what was found. */
  applyAll(results: OpenedResult[]): void
  /** Puts the latest stories in use, apart from those that claim a name of another one: of all, or of those that changed. */
  settle(changed?: string[]): void
  /** What digests may name: the same object until that changes. */
  names(): DigestNames
  /** The stories that are answered from, in the order of their slugs. */
  inUse(): Story[]
  /** The stories that claim a name of another one, and that as problems. */
  clashes(): { slugs: Set<string>; problems: Problem[] }
  /** Whether there is no story any more. */
  areGone(): boolean
}

/** Begins without any story. `onLost` hears of one whose long parts can no longer be read from where they are kept. */
export function createStoryEntries({
  folder,
  keep,
  onLost,
}: {
  folder: string
  keep?: OpenKeep
  onLost(slug: string): void
}): StoryEntries {
  const entries = new Map<string, StoryEntry>()
  let ordered: string[] = []
  let clashes: { slugs: Set<string>; problems: Problem[] } = { slugs: new Set(), problems: [] }
  let areGone = false
  /** What of each story concerns others: its names and tags. */
  let claims = new Map<string, string | undefined>()
  let names: DigestNames | undefined

  function open(slug: string, head: Uint8Array, parts?: PackedParts) {
    return openPacked(head, (part, name, isWhole) => {
      const found = parts?.[part] ?? keep?.part(name, isWhole)
      if (found !== undefined) return found
      const entry = entries.get(slug)
      if (entry) entry.look = ''
      onLost(slug)
      return undefined
    })
  }

  function openResult(result: StoryResult): OpenedResult {
    if (result.kind !== 'good') return result
    const { slug, kind, look, sizes, head, parts } = result
    return { slug, kind, look, sizes, ...open(slug, head, parts) }
  }

  function apply(result: OpenedResult): void {
    const { slug, kind } = result
    const known = entries.get(slug)
    if (kind === 'gone') entries.delete(slug)
    if (kind === 'good')
      entries.set(slug, {
        look: result.look,
        sizes: result.sizes,
        latest: result.story,
        live: known?.live,
        problems: [],
        secrecy: result.facts.secrecy,
      })
    if (kind === 'broken')
      entries.set(slug, {
        look: result.look,
        // What a broken save took away is no measure of the next one.
        sizes: known?.sizes,
        live: known?.live,
        problems: result.problems,
        secrecy: result.facts.secrecy,
        withdrawn: result.withdrawn,
      })
  }

  function settleAll(): void {
    if (ordered.length !== entries.size || ordered.some(slug => !entries.has(slug)))
      ordered = [...entries.keys()].sort()
    const latest = ordered.flatMap(slug => entries.get(slug)!.latest ?? [])
    clashes = clashingStories(latest, slug => ({ file: storyFile(folder, slug), line: 1 }))
    claims = new Map(ordered.map(slug => [slug, claimOf(entries.get(slug))]))
    names = undefined
    for (const [slug, entry] of entries)
      if (entry.latest && !clashes.slugs.has(slug)) entry.live = entry.latest
  }

  return {
    entries,
    open,
    openResult,
    /** A folder without any story is one that is being replaced, or a mistake: what was there stays in use. */
    applyAll(results) {
      const before = results.some(({ kind }) => kind === 'gone') ? [...entries] : []
      for (const result of results) apply(result)
      areGone = entries.size === 0
      if (areGone) for (const [slug, entry] of before) entries.set(slug, entry)
    },
    settle(changed) {
      if (!changed?.every(slug => claims.get(slug) === claimOf(entries.get(slug)))) return settleAll()
      // What concerns others is as it was, so they need not be looked at.
      for (const slug of changed) {
        const entry = entries.get(slug)
        if (entry?.latest && !clashes.slugs.has(slug)) entry.live = entry.latest
      }
    },
    names() {
      if (names) return names
      const read = [...entries.values()].map(({ latest }) => latest)
      names = {
        slugs: new Set(entries.keys()),
        tags: new Set(read.flatMap(latest => latest?.tags ?? [])),
        areAllRead: read.every(Boolean),
      }
      return names
    },
    inUse: () =>
      ordered.flatMap(slug => {
        const { live: story, withdrawn } = entries.get(slug)!
        return story && withdrawn && !story.withdrawn ? withHead(story, { withdrawn }) : (story ?? [])
      }),
    clashes: () => clashes,
    areGone: () => areGone,
  }
}

const claimOf = (entry: StoryEntry | undefined): string | undefined => {
  if (!entry) return undefined
  const { command, tags, withdrawn } = entry.latest ?? {}
  return JSON.stringify([entry.latest !== undefined, command, tags, withdrawn !== undefined])
}
