import type { Engine, Query, Value } from './engine.ts'
import { inBatches, rowPlaceholders } from './sql.ts'

/** The words of a part in one revision, which its hash names. */
export type PartWords = { part: string; hash: string; words: string }

/** The words of all parts of a story, whose parts together have a hash. */
export type StoryWords = { story: string; hash: string; words: PartWords[] }

/** How many rows one statement inserts. */
const BATCH = 500

/** The words that parts have and had, as far as they were ever in use while they were recorded. */
export function partWords(engine: Engine) {
  return {
    /** Records the words of parts. Words that are recorded already, or may not be repeated, stay as they are. */
    record: (parts: PartWords[]): Promise<void> => recordWords(engine.query, parts),

    /** Records the words of whole stories, and that this was done. */
    recordStories: (stories: StoryWords[]): Promise<void> =>
      engine.transaction(async query => {
        await recordWords(
          query,
          stories.flatMap(({ words }) => words),
        )
        for (const { story, hash } of stories)
          await query('update recorded_stories set words = $2 where story = $1', [story, hash])
      }),

    /** The stories whose words are recorded, each with the hash of the parts that had them. */
    recordedStories: async (): Promise<Map<string, string>> => {
      const rows = await engine.query<{ story: string; words: string }>(
        'select story, words from recorded_stories',
      )
      return new Map(rows.map(({ story, words }) => [story, words]))
    },

    /**
     * The words of every revision of a part, the newest first; undefined for a revision whose words are not known: an
     * older nutgraf recorded it, or they may not be repeated.
     */
    ofRevisions: async (part: string): Promise<(string | undefined)[]> =>
      (
        await engine.query<{ words: string | null }>(
          `select w.words from revisions r left join part_words w on w.part = r.part and w.hash = r.hash
          where r.part = $1 order by r.revision desc`,
          [part],
        )
      ).map(({ words }) => words || undefined),

    /** Deletes the words that a part had in all revisions but one: they may not be repeated anywhere. */
    forgetOthers: (part: string, hash: string): Promise<unknown> =>
      engine.query(`update part_words set words = '' where part = $1 and hash <> $2 and words <> ''`, [
        part,
        hash,
      ]),
  }
}

async function recordWords(query: Query, parts: PartWords[]): Promise<void> {
  for (const batch of inBatches(parts, BATCH)) {
    const rows = batch.map(({ part, hash, words }): Value[] => [part, hash, words])
    await query(
      `insert into part_words (part, hash, words) values ${rowPlaceholders(rows)} on conflict (part, hash) do nothing`,
      rows.flat(),
    )
  }
}
