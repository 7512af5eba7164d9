import type { Engine } from './engine.ts'

/** A story taken down by command. */
export type WithdrawnStory = { slug: string; on: string; reason: string }

/** Stories that editors took down by command. */
export function withdrawals(engine: Engine) {
  return {
    /** Takes a story down, whatever the content says; false if it was down already. */
    withdraw: async ({ slug, on, reason }: WithdrawnStory): Promise<boolean> => {
      const now = await engine.clock(engine.query)
      const rows = await engine.query(
        `insert into withdrawals (story, withdrawn_on, reason, seen_at) values ($1, $2, $3, $4)
        on conflict (story) do nothing returning story`,
        [slug, on, reason, now],
      )
      return rows.length > 0
    },

    /** Lists the stories that were taken down by command, the oldest first. */
    withdrawals: async (): Promise<WithdrawnStory[]> =>
      (
        await engine.query<{ story: string; withdrawn_on: string; reason: string }>(
          'select story, withdrawn_on, reason from withdrawals order by seen_at, story',
        )
      ).map(row => ({ slug: row.story, on: row.withdrawn_on, reason: row.reason })),
  }
}
