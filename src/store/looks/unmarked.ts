import type { Engine } from '../engine.ts'

const MARK = 'unmarked'
/** How long a row may have been settled before others see it: longer than a statement may take. */
const MARGIN_MS = 60_000

/** Messages that show what was wrong and were not marked for an edit: they were on their way when it was corrected. */
export const unmarkedMessages = (engine: Engine) => ({
  /**
   * Lists the corrections with such messages. Looks only at messages that were posted since the last time it found none,
   * and at those under way, however many there are in all. What only waits will be posted, and then is looked at.
   */
  causesWithUnmarkedMessages: (): Promise<string[]> =>
    engine.transaction(async query => {
      const now = await engine.clock(query)
      const [mark] = await query<{ at: number }>('select at from marks where name = $1', [MARK])
      // Cross joins, so that SQLite begins with the few messages, not with all that show a part.
      const rows = await query<{ cause: string }>(
        `select distinct c.cause from (
          select key from deliveries where state = 'sent' and settled_at >= $1
          union all select key from deliveries where state = 'doubt' and settled_at >= $1
          union all select key from deliveries where state = 'due' and settled_at >= $1
          union all select key from deliveries where state = 'sending') d
        cross join shown s cross join causes c
        where s.key = d.key and c.part = s.part and c.kind in ('correction', 'item') and s.revision < c.revision
          and not exists (select 1 from repairs r where r.cause = c.cause and r.key = d.key)`,
        [Math.min(mark?.at ?? 0, now) - MARGIN_MS],
      )
      // What is found now is marked afterwards, or found again.
      if (rows.length === 0)
        await query(
          'insert into marks (name, at) values ($1, $2) on conflict (name) do update set at = excluded.at',
          [MARK, now],
        )
      return rows.map(({ cause }) => cause)
    }),
})
