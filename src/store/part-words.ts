import type { Engine, Value } from './engine.ts'
import { inBatches, rowPlaceholders } from './sql.ts'

/** The words of a part in one revision, which its hash names. */
export type PartWords = { part: string; hash: string; words: string }

/** How many rows one statement inserts. */
const BATCH = 500

/** The words that parts have and had, as far as they were ever in use while they were recorded. */
export function partWords(engine: Engine) {
  return {
    /** Records the words of parts. Words that are recorded already, or may not be repeated, stay as they are. */
    record: async (parts: PartWords[]): Promise<void> => {
      for (const batch of inBatches(parts, BATCH)) {
        const rows = batch.map(({ part, hash, words }): Value[] => [part, hash, words])
        await engine.query(
          `insert into part_words (part, hash, words) values ${rowPlaceholders(rows)} on conflict (part, hash) do nothing`,
          rows.flat(),
        )
      }
    },

    /** The parts and hashes whose words are recorded. */
    recorded: (): Promise<{ part: string; hash: string }[]> =>
      engine.query<{ part: string; hash: string }>('select part, hash from part_words'),

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
