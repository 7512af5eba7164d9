import { nextSourceNumber } from '../drafts/drafts.ts'
import type { Engine, Query, Row } from '../engine.ts'
import { inBatches, listPlaceholders, runInTurn } from '../sql.ts'

/** A story that an item may be about: those of its own words that the item has; none where the feed alone decides. */
export type CardMatch = { story: string; words: string[] }

/**
 * An event that an editor made of an item: `key` names what was stored, so that it can be undone, and `source` is the number
 * of the source that was added with it.
 */
export type AddedEvent = { key: string; story: string; id: string; source?: number }

/** What an editor decided about an item: who, by which name people know them, when, and the event that they added. */
export type Decision = { who: string; name?: string; at: number; added?: AddedEvent }

/**
 * An item that matches a story, for the desk to decide about. `key` is the post that shows it. `revision` grows with each
 * decision and each undo; without a decision the item waits.
 */
export type Card = {
  item: string
  matches: CardMatch[]
  key: string
  revision: number
  arrived: number
  decision?: Decision
}

/** A card before it is posted. */
export type NewCard = Pick<Card, 'item' | 'matches' | 'key' | 'arrived'>

/** A decision, or an undo where there is none, about a card as it was in a revision. */
export type CardChange = { item: string; revision: number; decision?: Decision }

/** The part that the state of a card is, as messages list it. */
export const partOfCard = (item: string): string => `wire/card:${item}`

/** Whether a part is the state of a card: it has no words of its own. */
export const isCardPart = (part: string): boolean => part.startsWith(partOfCard(''))

/** The tables of the cards. */
export const CARD_TABLES = [
  `create table cards (
    item text primary key, matches text not null, key text not null, revision bigint not null, arrived bigint not null,
    changed bigint not null, decision text)`,
  'create index cards_changed on cards (changed)',
  'create index cards_waiting on cards (arrived) where decision is null',
]

const COLUMNS = 'item, matches, key, revision, arrived, decision'
const BATCH = 200

/** The cards of the desk: what was shown to it of the wire, and what it decided. */
export const cards = (engine: Engine) => ({
  /** The cards of some items. */
  byItem: async (items: string[]): Promise<Map<string, Card>> => {
    const found = new Map<string, Card>()
    for (const batch of inBatches([...new Set(items)], BATCH))
      for (const row of await engine.query<CardRow>(
        `select ${COLUMNS} from cards where item in (${listPlaceholders(batch)})`,
        batch,
      ))
        found.set(row.item, cardFromRow(row))
    return found
  },

  /** The cards that wait for a decision, the newest first. */
  waiting: async (limit: number): Promise<Card[]> =>
    (
      await engine.query<CardRow>(
        `select ${COLUMNS} from cards where decision is null order by arrived desc, item limit ${Math.floor(limit)}`,
      )
    ).map(cardFromRow),

  /** How many cards wait for a decision. */
  countWaiting: async (): Promise<number> => {
    const [row] = await engine.query<{ count: number }>(
      'select count(*) as count from cards where decision is null',
    )
    return Number(row?.count ?? 0)
  },

  /** Notes a decision, or an undo; false if the card is another one by now, and then nothing is changed. */
  change: (change: CardChange): Promise<boolean> =>
    engine.transaction(query => changeCard(engine, query, change)),

  /** The same as a part of a transaction that changes something else with it. */
  changing:
    (change: CardChange) =>
    (query: Query): Promise<boolean> =>
      changeCard(engine, query, change),

  /** A number for a new source of a story: above those that it has, and given to nobody else. */
  nextSource: (story: string, above: number): Promise<number> =>
    runInTurn(engine, 'source numbers', query => nextSourceNumber(query, story, above)),
})

/** The first decision stands: of two about the same revision, the second changes nothing. */
async function changeCard(
  engine: Engine,
  query: Query,
  { item, revision, decision }: CardChange,
): Promise<boolean> {
  const rows = await query(
    `update cards set revision = revision + 1, changed = $3, decision = $4
    where item = $1 and revision = $2 and (decision is null) = ${decision ? 'true' : 'false'} returning item`,
    [item, revision, await engine.clock(query), decision ? JSON.stringify(decision) : null],
  )
  return rows.length > 0
}

type CardRow = Row & {
  item: string
  matches: string
  key: string
  revision: number
  arrived: number
  decision: string | null
}

const cardFromRow = ({ item, matches, key, revision, arrived, decision }: CardRow): Card => ({
  ...{ item, key, revision, arrived, matches: JSON.parse(matches) as CardMatch[] },
  ...(decision !== null && { decision: JSON.parse(decision) as Decision }),
})
