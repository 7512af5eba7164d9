import type { Engine } from '../engine.ts'

/** What an editor decided about a piece of a draft. */
export type Decision = 'confirmed' | 'left'

/**
 * What is known of one piece of a draft: how an editor changed it, and what was decided, by whom. `settled` is false
 * while what follows from the decision is still being done: whoever makes the same decision again finishes it.
 */
export type PieceState = {
  piece: string
  edit?: string
  editedBy?: string
  decision?: Decision
  settled: boolean
  by?: string
  byName?: string
  at?: number
}

type PieceRow = {
  piece: string
  edit: string | null
  edited_by: string | null
  decision: Decision | null
  settled: number
  decided_by: string | null
  decided_name: string | null
  decided_at: number | null
}

const COLUMNS = 'piece, edit, edited_by, decision, settled, decided_by, decided_name, decided_at'

/** What editors decide about the pieces of drafts: the first decision stands until it is undone. */
export const draftPieces = (engine: Engine) => ({
  /** All pieces of a draft that an editor changed or decided. */
  ofDraft: async (draft: string): Promise<Map<string, PieceState>> => {
    const rows = await engine.query<PieceRow>(`select ${COLUMNS} from draft_pieces where draft = $1`, [draft])
    return new Map(rows.map(row => [row.piece, fromRow(row)]))
  },

  /** Changes a piece as long as nothing was decided about it. Returns false where something was. */
  edit: async (
    draft: string,
    piece: string,
    { edit, by }: { edit: string; by: string },
  ): Promise<boolean> => {
    const rows = await engine.query(
      `insert into draft_pieces (draft, piece, edit, edited_by) values ($1, $2, $3, $4)
      on conflict (draft, piece) do update set edit = excluded.edit, edited_by = excluded.edited_by
      where draft_pieces.decision is null returning piece`,
      [draft, piece, edit, by],
    )
    return rows.length > 0
  },

  /**
   * Decides about a piece. The first decision stands: `isFirst` is false where `state` is somebody else’s, or an earlier
   * one. Without `settled`, it is to be settled once what follows from it is done.
   */
  decide: (
    draft: string,
    piece: string,
    { decision, by, byName, settled }: { decision: Decision; by: string; byName?: string; settled?: true },
  ): Promise<{ isFirst: boolean; state: PieceState }> =>
    engine.transaction(async query => {
      const now = await engine.clock(query)
      const [mine] = await query<PieceRow>(
        `insert into draft_pieces (draft, piece, decision, settled, decided_by, decided_name, decided_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (draft, piece) do update set decision = excluded.decision, settled = excluded.settled,
          decided_by = excluded.decided_by, decided_name = excluded.decided_name, decided_at = excluded.decided_at
        where draft_pieces.decision is null returning ${COLUMNS}`,
        [draft, piece, decision, settled ? 1 : 0, by, byName ?? null, now],
      )
      if (mine) return { isFirst: true, state: fromRow(mine) }
      const [other] = await query<PieceRow>(
        `select ${COLUMNS} from draft_pieces where draft = $1 and piece = $2`,
        [draft, piece],
      )
      return { isFirst: false, state: fromRow(other!) }
    }),

  /** Notes that what follows from a decision is done. */
  settle: (draft: string, piece: string): Promise<unknown> =>
    engine.query('update draft_pieces set settled = 1 where draft = $1 and piece = $2', [draft, piece]),

  /** Takes a decision back; what an editor changed stays. Returns false where nothing was decided. */
  undo: async (draft: string, piece: string): Promise<boolean> => {
    const rows = await engine.query(
      `update draft_pieces set decision = null, settled = 0, decided_by = null, decided_name = null, decided_at = null
      where draft = $1 and piece = $2 and decision is not null returning piece`,
      [draft, piece],
    )
    return rows.length > 0
  },
})

const fromRow = (row: PieceRow): PieceState => ({
  piece: row.piece,
  ...(row.edit !== null && { edit: row.edit }),
  ...(row.edited_by !== null && { editedBy: row.edited_by }),
  ...(row.decision !== null && { decision: row.decision }),
  settled: Number(row.settled) === 1,
  ...(row.decided_by !== null && { by: row.decided_by }),
  ...(row.decided_name !== null && { byName: row.decided_name }),
  ...(row.decided_at !== null && { at: Number(row.decided_at) }),
})
