import { placeholders } from './delivery.ts'
import type { Engine, Value } from './engine.ts'

/** So long a line is kept that no button has stood for: longer than most people scroll back. */
const KEPT_MS = 365 * 24 * 3_600_000

/** Lines that have no room in a button, under short keys; the same line has the same key, and is there once. */
export function buttonLines(engine: Engine) {
  return {
    /** Keeps some lines, or keeps them longer; those that no button has stood for in a year go. */
    save: (lines: { key: string; line: string }[]): Promise<void> =>
      engine.transaction(async query => {
        const now = await engine.clock(query)
        const rows = lines.map(({ key, line }): Value[] => [key, line, now])
        await query(
          `insert into kept_lines (key, line, used_at) values ${placeholders(rows)}
          on conflict (key) do update set used_at = excluded.used_at`,
          rows.flat(),
        )
        await query('delete from kept_lines where used_at < $1', [now - KEPT_MS])
      }),

    /** The line of a key. Who asks for it has pressed its button, so it stays. */
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
