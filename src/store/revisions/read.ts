import { createPauses } from '../../chat/pauses.ts'
import type { Engine } from '../engine.ts'
import { inBatches, listPlaceholders } from '../sql.ts'
import type { RecordedStory } from './recorded-stories.ts'

/** The newest revision of a part, when it was first seen, and when the part was. */
export type Revision = {
  part: string
  story: string
  revision: number
  hash: string
  seenAt: number
  firstSeenAt: number
}

/** One revision of a part: the hash of its words, and when they were first seen. */
export type RecordedRevision = { part: string; revision: number; hash: string; seenAt: number }

/**
 * Asks what changed in some stories after a moment. Of a story that is new since as a whole only its label is given,
 * unless it is one of `wholly`.
 */
type ChangesQuery = { after: number; stories: string[]; wholly?: ReadonlySet<string> }

/** How many parts one statement asks for. */
const BATCH = 500
/** For so many stories one statement asks: if all of their parts have changed, reading them takes some 20 ms. */
const STORY_BATCH = 20

/** Whether a row `r` is the newest revision of its part. */
export const IS_LATEST = 'r.revision = (select max(n.revision) from revisions n where n.part = r.part)'

/** Reads recorded revisions: those of some parts or stories, and never all of them. */
export const readRevisions = (engine: Engine) => ({
  /** The newest revisions of the named parts. */
  latestByPart: async (parts: string[]): Promise<Map<string, Revision>> => {
    const latest = new Map<string, Revision>()
    for (const batch of inBatches(parts, BATCH))
      for (const revision of await readLatest(engine, `r.part in (${listPlaceholders(batch)})`, batch))
        latest.set(revision.part, revision)
    return latest
  },

  /** The newest revision of a part. */
  latest: async (part: string): Promise<Revision | undefined> =>
    (await readLatest(engine, 'r.part = $1', [part]))[0],

  /** The newest revisions that are later than a moment. */
  recordedAfter: (after: number): Promise<Revision[]> => readLatest(engine, 'r.seen_at > $1', [after]),

  /** The stories of which a part was recorded after a moment. */
  storiesChangedAfter: (after: number): Promise<RecordedStory[]> =>
    engine.query<RecordedStory>('select story, hash, gone, newest from recorded_stories where newest > $1', [
      after,
    ]),

  /** The newest revisions of the parts of some stories that are later than a moment. */
  changesAfter: (query: ChangesQuery): Promise<Revision[]> => changesAfter(engine, query, 'r.seen_at > $1'),

  /** The parts of some stories that were first seen after a moment. */
  partsAddedAfter: async (query: ChangesQuery): Promise<string[]> =>
    (await changesAfter(engine, query, 'r.seen_at > $1 and f.seen_at > $1')).map(({ part }) => part),

  /** Every revision of the named parts, the oldest first. */
  historyOf: async (parts: string[]): Promise<RecordedRevision[]> => {
    const history: RecordedRevision[] = []
    for (const batch of inBatches(parts, BATCH)) {
      const rows = await engine.query<Omit<RecordedRevision, 'seenAt'> & { seen_at: number }>(
        `select part, revision, hash, seen_at from revisions
        where part in (${listPlaceholders(batch)}) order by part, revision`,
        batch,
      )
      history.push(...rows.map(({ seen_at, ...row }) => ({ ...row, seenAt: seen_at })))
    }
    return history
  },
})

/** Asks for some stories at a time, so that nobody waits for a thousand of them. */
async function changesAfter(
  engine: Engine,
  { after, stories, wholly }: ChangesQuery,
  where: string,
): Promise<Revision[]> {
  const changes: Revision[] = []
  const pause = createPauses()
  for (const batch of inBatches(stories, STORY_BATCH)) {
    const labels = await readLatest(
      engine,
      `r.part in (${listPlaceholders(batch)})`,
      batch.map(story => `${story}/label`),
    )
    const isNew = ({ story, firstSeenAt }: Revision) => firstSeenAt > after && !wholly?.has(story)
    const newLabels = labels.filter(isNew)
    const newStories = new Set(newLabels.map(({ story }) => story))
    changes.push(...newLabels)
    const others = batch.filter(story => !newStories.has(story))
    if (others.length > 0)
      changes.push(
        ...(await readLatest(engine, `${where} and r.story in (${listPlaceholders(others, 2)})`, [
          after,
          ...others,
        ])),
      )
    await pause()
  }
  return changes
}

type RevisionRow = Omit<Revision, 'seenAt' | 'firstSeenAt'> & { seen_at: number; first_seen_at: number }

async function readLatest(engine: Engine, where: string, values: (string | number)[]): Promise<Revision[]> {
  const rows = await engine.query<RevisionRow>(
    `select r.part, r.story, r.revision, r.hash, r.seen_at, f.seen_at as first_seen_at
    from revisions r join revisions f on f.part = r.part and f.revision = 1
    where ${where} and ${IS_LATEST}`,
    values,
  )
  return rows.map(({ seen_at, first_seen_at, ...row }) => ({
    ...row,
    seenAt: seen_at,
    firstSeenAt: first_seen_at,
  }))
}
