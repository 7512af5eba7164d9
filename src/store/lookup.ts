import { COLUMNS, type Delivery, deliveryOf } from './delivery.ts'
import type { Engine, Row } from './engine.ts'

/** A revision of a part as it was written down: the hash of its words, and since when they are known. */
export type Recorded = { part: string; revision: number; hash: string; seenAt: number }

const BATCH = 500

/** Looking back: which row a message is of, and what was written down of the parts that it shows. */
export function audits(engine: Engine) {
  return {
    /**
     * The row of a message. Of the place its channel is enough (`slack:*` + `/C345`), since a link to a message on Slack
     * does not name the workspace by its id.
     */
    deliveryAt: async ({ platform, place, id }: MessageSought): Promise<Delivery | undefined> => {
      const rows = await engine.query<Row>(
        `select ${COLUMNS} from deliveries where platform = $1 and message is not null
          and message like '%' || $2 || '%' order by created_at desc`,
        // A mark of a pattern is at most a detour: what was found is compared below.
        [platform, JSON.stringify(id).slice(1, -1)],
      )
      return rows
        .map(deliveryOf)
        .find(
          ({ message }) => message?.id === id && (message.place === place || message.place.endsWith(place)),
        )
    },

    /** Every revision of some parts, the oldest first. */
    recorded: async (parts: string[]): Promise<Recorded[]> => {
      const all: Recorded[] = []
      for (let from = 0; from < parts.length; from += BATCH) {
        const some = parts.slice(from, from + BATCH)
        const rows = await engine.query<Omit<Recorded, 'seenAt'> & { seen_at: number }>(
          `select part, revision, hash, seen_at from revisions
          where part in (${some.map((_, index) => `$${index + 1}`).join(', ')}) order by part, revision`,
          some,
        )
        all.push(...rows.map(({ seen_at, ...row }) => ({ ...row, seenAt: seen_at })))
      }
      return all
    },
  }
}

/** A message that is looked for: its platform, its place or the end of it (`/C345`), and its id there. */
export type MessageSought = { platform: string; place: string; id: string }
