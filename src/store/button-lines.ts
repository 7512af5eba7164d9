import type { Engine, Value } from './engine.ts'
import { rowPlaceholders } from './sql.ts'

/** How long an unused line is kept: longer than most people scroll back. */
const KEPT_MS = 365 * 24 * 3_600_000

/** Lines that are too long for a button, under short keys. The same line has the same key and is stored once. */
export function buttonLines(engine: Engine) {
  return {
    /** Stores lines, or keeps known ones for another year. Deletes those that no button has used for a year. */
    save: (lines: { key: string; line: string }[]): Promise<void> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const rows = lines.map(({ key, line }): Value[] => [key, line, now])
        await query(
          `insert into kept_lines (key, line, used_at) values ${rowPlaceholders(rows)}
          on conflict (key) do update set used_at = excluded.used_at`,
          rows.flat(),
        )
        await query('delete from kept_lines where used_at < $1', [now - KEPT_MS])
      }),

    /** Finds the line of a key. Its button was pressed, so the line is kept for another year. */
    find: async (key: string): Promise<string | undefined> => {
      const now = await engine.clock(engine.query)
      const [row] = await engine.query<{ line: string }>(
        'update kept_lines set used_at = $1 where key = $2 returning line',
        [now, key],
      )
      return row?.line
    },
  }
}
