import type { Digest } from '../content/digest.ts'
import type { DigestNames } from '../content/read/digests.ts'
import type { Problem } from '../content/story.ts'
import type { ContentWork } from './jobs.ts'
import type { OpenKeep } from './keep.ts'
import { sumOf } from './packed-story.ts'

/** The digests of a folder, as they are followed: the last good ones, and what is wrong beside the stories now. */
export type LiveDigests = {
  /** How what is beside the stories looked when it was read last. */
  look(): string | undefined
  current(): Digest[]
  problems(): Problem[]
  /** Whether there are digests that have passed their checks, if only none. */
  areKnown(): boolean
  /** Takes the digests that are kept, if what is beside the stories looks as it did; else reads them. */
  open(names: DigestNames, look: string): Promise<void>
  /** Reads the digests again if what is beside the stories looks otherwise (or may: no look), or names have changed. */
  follow(names: DigestNames, look?: string): Promise<boolean>
}

/** Follows the digests of a folder. */
export function createLiveDigests({
  folder,
  work,
  keep,
}: {
  folder: string
  work: ContentWork
  keep?: OpenKeep
}): LiveDigests {
  let digests: Digest[] | undefined
  let problems: Problem[] = []
  let namesKey: string | undefined
  let lookedAt: string | undefined

  const keyOf = ({ slugs, tags, areAllRead }: DigestNames) =>
    JSON.stringify([[...slugs].sort(), [...tags].sort(), areAllRead])

  async function read(names: DigestNames): Promise<void> {
    const result = await work.digests({ kind: 'digests', folder, names })
    namesKey = keyOf(names)
    lookedAt = result.look
    problems = result.problems
    if (problems.length > 0) return
    digests = result.digests
    keep?.putDigests(sumOf(Buffer.from(result.look + namesKey)), digests)
  }

  return {
    look: () => lookedAt,
    current: () => digests ?? [],
    problems: () => problems,
    areKnown: () => digests !== undefined,
    async open(names, look) {
      const kept = keep?.digests()
      digests = kept?.digests
      namesKey = keyOf(names)
      lookedAt = look
      if (kept?.key !== sumOf(Buffer.from(look + namesKey))) await read(names)
    },
    async follow(names, look) {
      if (look === lookedAt && keyOf(names) === namesKey) return false
      const before = JSON.stringify([digests, problems])
      await read(names)
      return JSON.stringify([digests, problems]) !== before
    },
  }
}
