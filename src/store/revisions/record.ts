import { createPauses } from '../../chat/pauses.ts'
import type { Query, Value } from '../engine.ts'
import { inBatches, rowPlaceholders } from '../sql.ts'
import { recordEvents } from './events.ts'
import { IS_LATEST } from './read.ts'
import { readRecordedStories, saveRecordedStory } from './recorded-stories.ts'
import type { PartHash, StoryParts } from './story-parts.ts'

/** How many rows one statement inserts. */
const BATCH = 500

/**
 * Records the parts that are new or have changed, of the stories that differ from what was recorded last; returns how
 * many. Their moment is later than that of all recorded before, and than that up to which news may have been told, even
 * within one millisecond and if the clock was set back: what is not later would be lost.
 */
export async function recordStories(query: Query, now: number, stories: StoryParts[]): Promise<number> {
  const recorded = await readRecordedStories(query)
  const [newest] = await query<{ seen_at: number | null; told_to: number | null }>(
    'select max(seen_at) as seen_at, (select max(told_to) from leases) as told_to from revisions',
  )
  const seenAt = Math.max(now, (newest?.seen_at ?? -1) + 1, (newest?.told_to ?? -1) + 1)
  let count = 0
  // The first time this is done for a thousand stories, and answers must not wait for all of them.
  const pause = createPauses()
  for (const story of stories) {
    const hash = story.hash()
    if (hash === '' || recorded.get(story.story) !== hash)
      count += await recordStory(query, seenAt, { ...story, hash })
    await pause()
  }
  return count
}

async function recordStory(
  query: Query,
  seenAt: number,
  { story, hash, parts }: Omit<StoryParts, 'hash'> & { hash: string },
): Promise<number> {
  const rows = await query<{ part: string; revision: number; hash: string; seen_at: number }>(
    `select r.part, r.revision, r.hash, r.seen_at from revisions r where r.story = $1 and ${IS_LATEST}`,
    [story],
  )
  const known = new Map(rows.map(row => [row.part, row]))
  const current = parts()
  const changed = current
    .filter(part => known.get(part.part)?.hash !== part.hash)
    .map(({ part, hash }): Value[] => [part, (known.get(part)?.revision ?? 0) + 1, story, hash, seenAt])
  for (const batch of inBatches(changed, BATCH))
    await query(
      `insert into revisions (part, revision, story, hash, seen_at) values ${rowPlaceholders(batch)}
      on conflict (part, revision) do nothing`,
      batch.flat(),
    )
  await recordEvents(query, story, current)
  const listed = new Set(current.map(({ part }) => part))
  await saveRecordedStory(query, {
    story,
    hash,
    gone: rows.filter(({ part }) => !listed.has(part)).length,
    newest: changed.length > 0 ? seenAt : Math.max(0, ...rows.map(row => row.seen_at)),
  })
  return changed.length
}

/** Groups parts by their stories, each of which is then compared with what is recorded. */
export const storiesOfParts = (parts: PartHash[]): StoryParts[] =>
  [...Map.groupBy(parts, ({ story }) => story)].map(([story, own]) => ({
    story,
    hash: () => '',
    parts: () => own,
  }))
