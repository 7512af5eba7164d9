import type { Engine } from '../engine.ts'
import { inBatches, listPlaceholders } from '../sql.ts'
import type { ItemChange } from './items.ts'

type ChangeRow = Omit<ItemChange, 'was' | 'now'> & { was: string; became: string }

const COLUMNS = 'c.item, c.revision, c.kind, c.at, c.outlet, c.was, c.became'
const BATCH = 200
/** What was not looked at for so long, because no process had the content, is looked at no more. */
const MAX_AGE_MS = 30 * 86_400_000

/** What changed of items that readers may have seen: why messages are edited. */
export const itemChanges = (engine: Engine) => ({
  /**
   * The changes that are no cause yet, of items that a message shows in an older revision: most items are shown nowhere,
   * and their changes concern nobody. The oldest first.
   */
  changesShown: async (): Promise<ItemChange[]> => {
    const now = await engine.clock(engine.query)
    const rows = await engine.query<ChangeRow>(
      `select ${COLUMNS} from item_changes c where c.at > $1
        and exists (select 1 from shown s where s.part = 'wire/item:' || c.item and s.revision < c.revision)
        and not exists (select 1 from causes k where k.cause = 'wire/item:' || c.item || '@' || c.revision)
      order by c.at, c.item, c.revision`,
      [now - MAX_AGE_MS],
    )
    return rows.map(changeFromRow)
  },

  /** All changes of some items, the oldest first. */
  changesOf: async (items: string[]): Promise<ItemChange[]> => {
    const changes: ItemChange[] = []
    for (const batch of inBatches([...new Set(items)], BATCH)) {
      const rows = await engine.query<ChangeRow>(
        `select ${COLUMNS} from item_changes c where c.item in (${listPlaceholders(batch)})
        order by c.item, c.revision`,
        batch,
      )
      changes.push(...rows.map(changeFromRow))
    }
    return changes
  },
})

const changeFromRow = ({ was, became, ...row }: ChangeRow): ItemChange => ({
  ...row,
  was: JSON.parse(was) as ItemChange['was'],
  now: JSON.parse(became) as ItemChange['now'],
})
