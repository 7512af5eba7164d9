import type { Engine, Query, Value } from '../engine.ts'
import { inBatches, listPlaceholders, rowPlaceholders } from '../sql.ts'
import type { PartHash } from './story-parts.ts'

/** An event as it was recorded last; `present` is 0 if its story has it no more. Unknown words and ids are empty. */
type RecordedEvent = Record<'part' | 'story' | 'written' | 'hash' | 'words', string> & { present: number }

/** Events that were ever recorded, and the part that each correction of an event is about. */
type KnownEvents = { events: RecordedEvent[]; correctedParts: Map<string, string> }

/** How many rows one statement inserts, or for how many stories it asks. */
const BATCH = 500

/** The events that the store knows, of all stories or of some. */
export const knownEvents = (engine: Engine) => ({
  /** Every event that was ever recorded, and the part that each correction of an event is about. */
  knownEvents: async (): Promise<KnownEvents> => readKnownEvents(engine.query),

  /** The same of some stories, by their slugs. */
  knownEventsOf: async (slugs: string[]): Promise<KnownEvents> => {
    const known: KnownEvents = { events: [], correctedParts: new Map() }
    for (const batch of inBatches([...new Set(slugs)], BATCH)) {
      const { events, correctedParts } = await readKnownEvents(engine.query, batch)
      known.events.push(...events)
      for (const [cause, part] of correctedParts) known.correctedParts.set(cause, part)
    }
    return known
  },
})

async function readKnownEvents(query: Query, slugs?: string[]): Promise<KnownEvents> {
  const isOurs = slugs ? `story in (${listPlaceholders(slugs)})` : 'true'
  const events = await query<RecordedEvent>(`select * from events where ${isOurs}`, slugs)
  const causes = await query<{ cause: string; part: string }>(
    `select cause, part from causes where kind = 'correction' and part like '%/event:%' and ${isOurs}`,
    slugs,
  )
  return { events, correctedParts: new Map(causes.map(({ cause, part }) => [cause, part])) }
}

/** Records the events of a story as they are now. An event that it has no more is kept, as absent. */
export async function recordEvents(query: Query, story: string, parts: PartHash[]): Promise<void> {
  const known = await query<RecordedEvent>('select * from events where story = $1', [story])
  const rows = new Map(known.map(row => [row.part, row]))
  const current = parts.flatMap(({ part, hash, event }): RecordedEvent[] =>
    event ? [{ part, story, written: event.written ?? '', hash, words: event.words, present: 1 }] : [],
  )
  const listed = new Set(current.map(({ part }) => part))
  const absent = known.filter(({ part }) => !listed.has(part)).map(row => ({ ...row, present: 0 }))
  const columns = (row?: RecordedEvent): Value[] =>
    row ? [row.part, row.story, row.written, row.hash, row.words, row.present] : []
  const changed = [...current, ...absent].map(columns).filter(
    ([part, ...rest]) =>
      columns(rows.get(String(part)))
        .slice(1)
        .join('\n') !== rest.join('\n'),
  )
  for (const batch of inBatches(changed, BATCH))
    await query(
      `insert into events (part, story, written, hash, words, present) values ${rowPlaceholders(batch)}
      on conflict (part) do update set written = excluded.written, hash = excluded.hash, words = excluded.words,
        present = excluded.present`,
      batch.flat(),
    )
}
