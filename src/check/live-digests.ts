import type { Digest } from '../content/digest.ts'
import type { Feed } from '../content/feed.ts'
import type { DigestNames } from '../content/read/digests.ts'
import type { SenderRow } from '../content/senders/sender-row.ts'
import type { Problem } from '../content/story.ts'
import type { ContentWork } from './jobs.ts'
import type { BesideStories, OpenKeep } from './keep.ts'
import { sumOf } from './packed-story.ts'

const NO_FEEDS: Feed[] = []
const NO_SENDERS: SenderRow[] = []

/** The digests and feeds of a folder, as they are followed: the last good ones, and what is wrong beside the stories now. */
export type LiveDigests = {
  /** How what is beside the stories looked when it was read last. */
  look(): string | undefined
  current(): Digest[]
  feeds(): Feed[]
  /** The systems of senders.yml; another list after each change of it. */
  senders(): SenderRow[]
  problems(): Problem[]
  /** Whether there are digests that have passed their checks, if only none. */
  areKnown(): boolean
  /** Takes the digests that are kept, if what is beside the stories looks as it did; else reads them. */
  open(names: DigestNames, look: string): Promise<void>
  /**
   * Reads the digests again if what is beside the stories looks otherwise (or may: no look), or names have changed. `saving`
   * are stories that soon are there: until then, digests may name them, and whatever tags they may have.
   */
  follow(names: DigestNames, look?: string, saving?: string[]): Promise<boolean>
}

/** Follows the digests and feeds of a folder. */
export function createLiveDigests({
  folder,
  work,
  keep,
}: {
  folder: string
  work: ContentWork
  keep?: OpenKeep
}): LiveDigests {
  let beside: BesideStories | undefined
  let problems: Problem[] = []
  let named: DigestNames | undefined
  let namesKey: string | undefined
  let lookedAt: string | undefined

  const keyOf = ({ slugs, tags, areAllRead }: DigestNames) =>
    JSON.stringify([[...slugs].sort(), [...tags].sort(), areAllRead])

  async function read(names: DigestNames): Promise<void> {
    const result = await work.digests({ kind: 'digests', folder, names })
    named = names
    namesKey = keyOf(names)
    lookedAt = result.look
    problems = result.problems
    if (problems.length > 0) return
    const { digests, feeds, senders } = result
    // The same feeds stay the same list: whoever polls them looks for what is new in another one.
    const isSame = JSON.stringify(feeds) === JSON.stringify(beside?.feeds)
    const areSame = JSON.stringify(senders) === JSON.stringify(beside?.senders)
    beside = {
      digests,
      feeds: isSame ? beside!.feeds : feeds,
      senders: areSame ? beside!.senders : senders,
    }
    keep?.putDigests(sumOf(Buffer.from(result.look + namesKey)), beside)
  }

  return {
    look: () => lookedAt,
    current: () => beside?.digests ?? [],
    feeds: () => beside?.feeds ?? NO_FEEDS,
    senders: () => beside?.senders ?? NO_SENDERS,
    problems: () => problems,
    areKnown: () => beside !== undefined,
    async open(names, look) {
      const kept = keep?.digests()
      beside = kept && { digests: kept.digests, feeds: kept.feeds, senders: kept.senders }
      named = names
      namesKey = keyOf(names)
      lookedAt = look
      if (kept?.key !== sumOf(Buffer.from(look + namesKey))) await read(names)
    },
    async follow(names, look, saving = []) {
      // Mostly these are the very names of the last time, and those of ten thousand stories take a while to compare.
      if (look === lookedAt && (names === named || keyOf(names) === namesKey)) return false
      const before = JSON.stringify([beside, problems])
      const soon = { ...names, slugs: new Set([...names.slugs, ...saving]), areAllRead: false }
      await read(saving.length > 0 ? soon : names)
      return JSON.stringify([beside, problems]) !== before
    },
  }
}
