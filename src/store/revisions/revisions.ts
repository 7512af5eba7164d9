import type { Engine } from '../engine.ts'
import { knownEvents } from './events.ts'
import { contentLease } from './lease.ts'
import { readRevisions } from './read.ts'
import { recordStories, storiesOfParts } from './record.ts'
import { readRecordedStories } from './recorded-stories.ts'
import type { PartHash } from './story-parts.ts'

export type { RecordedRevision, Revision } from './read.ts'
export type { PartHash, StoryParts } from './story-parts.ts'

/** The revisions of every part, recorded by the one process that holds the lease on the content. */
export const revisions = (engine: Engine) => ({
  ...contentLease(engine),
  ...readRevisions(engine),
  ...knownEvents(engine),

  /** The hash of the parts of each story, or of some, as it was recorded last. */
  recordedStories: (slugs?: string[]): Promise<Map<string, string>> =>
    engine.transaction(query => readRecordedStories(query, slugs)),

  /** Records the parts that are new or have changed; returns how many. The parts of a story are given together. */
  record: (parts: PartHash[]): Promise<number> =>
    engine.transaction(async query => recordStories(query, await engine.clock(query), storiesOfParts(parts))),
})
