import type { Query } from '../engine.ts'
import { listPlaceholders } from '../sql.ts'

/**
 * What is known of a story without reading its parts: the hash of all that it had when it was recorded last, how many
 * parts it had before and has no more, and the moment of its newest revision. Without a hash nothing is known.
 */
export type RecordedStory = { story: string; hash: string; gone: number; newest: number }

/** The hash of each story, or of some, as it was recorded last. */
export async function readRecordedStories(query: Query, slugs?: string[]): Promise<Map<string, string>> {
  await forgetIfOutdated(query)
  const isWanted = slugs ? `story in (${listPlaceholders(slugs)})` : 'true'
  const rows = await query<RecordedStory>(`select story, hash from recorded_stories where ${isWanted}`, slugs)
  return new Map(rows.map(({ story, hash }) => [story, hash]))
}

/** Stores what is known of a story after its parts were recorded. */
export const saveRecordedStory = (query: Query, { story, hash, gone, newest }: RecordedStory) =>
  query(
    `insert into recorded_stories (story, hash, gone, newest, words) values ($1, $2, $3, $4, '')
    on conflict (story) do update set hash = excluded.hash, gone = excluded.gone, newest = excluded.newest`,
    [story, hash, gone, newest],
  )

/**
 * An older nutgraf, which still runs during a deploy, records revisions without this table. Then nothing in it counts:
 * every story is compared again.
 */
async function forgetIfOutdated(query: Query): Promise<void> {
  const [moments] = await query<{ newest: number | null; seen_at: number | null }>(
    `select (select max(newest) from recorded_stories) as newest, (select max(seen_at) from revisions) as seen_at`,
  )
  if ((moments?.newest ?? 0) !== (moments?.seen_at ?? 0))
    await query(
      `insert into recorded_stories (story, hash, gone, newest, words)
      select story, '', 1, max(seen_at), '' from revisions where true group by story
      on conflict (story) do update set hash = '', gone = 1, newest = excluded.newest`,
    )
}
