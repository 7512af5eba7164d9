import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Place } from '../../chat/platform.ts'
import type { Delivery } from '../delivery.ts'
import type { Engine, Query } from '../engine.ts'

/** How many messages one statement reads: that takes some milliseconds, and answers do not wait for all of them. */
const SLICE = 200
/** Comes after every text that may follow in a name, in the order of SQLite. */
const LAST = String.fromCodePoint(0x10ffff)

/** A message that shows a part, and in which revision. */
export type ShowingRow = {
  key: string
  revision: number
  place: Place
  state: Delivery['state']
  message: string | null
  parent: string | null
}

/** What is looked through, and for whom: messages that `unmarkedBy` has marked already are left out. */
type ShowingQuery = { part: string; unmarkedBy?: string }

/**
 * Finds the rows that show a part, or any part of a story (`lawsuit/`): a slice at a time, and each once for each part.
 */
export async function* findShowing(
  engine: Pick<Engine, 'name'>,
  query: Query,
  { part, unmarkedBy = '' }: ShowingQuery,
): AsyncGenerator<ShowingRow[]> {
  for (const shown of part.endsWith('/') ? await partsOf(engine, query, part) : [part])
    for (let after = ''; ; ) {
      const slice = await query<ShowingRow & { found: string | null }>(
        `select s.key, s.revision, d.key as found, d.place, d.state, d.message, d.parent
        from (select key, revision from shown where part = $1 and key > $2 order by key limit ${SLICE}) s
        left join repairs r on r.cause = $3 and r.key = s.key
        left join deliveries d on d.key = s.key and r.key is null order by s.key`,
        [shown, after, unmarkedBy],
      )
      const rows = slice.filter(({ found }) => found !== null)
      if (rows.length > 0) yield rows
      if (slice.length < SLICE) break
      after = slice.at(-1)!.key
      await letOthersRun()
    }
}

/** The parts of a story that any message shows. */
async function partsOf({ name }: Pick<Engine, 'name'>, query: Query, story: string): Promise<string[]> {
  if (name === 'postgres') {
    const rows = await query<{ part: string }>(`select distinct part from shown where part like $1 || '%'`, [
      story,
    ])
    return rows.map(({ part }) => part)
  }
  // From one part to the next, past all messages that show it. SQLite does not do so by itself.
  const parts: string[] = []
  for (let after = story; ; ) {
    const [next] = await query<{ part: string | null }>(
      'select min(part) as part from shown where part > $1 and part < $2',
      [after, `${story}${LAST}`],
    )
    if (next?.part == null) return parts
    parts.push(next.part)
    after = next.part
  }
}
