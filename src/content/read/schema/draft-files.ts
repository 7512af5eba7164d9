/** The schemas of what a draft has beside the files of a story. */
import { date, id, textLine, z } from './values.ts'

const YES = new Set<unknown>(['yes', true])
const tick = z
  .union([z.enum(['yes', 'no']), z.boolean()], 'must be yes or no')
  .optional()
  .transform(value => YES.has(value))

/** draft.yml */
export const DraftPage = z.strictObject({
  into: id.optional(),
  imported: date,
  from: textLine.optional(),
  report: z
    .array(
      z.strictObject({
        kind: textLine,
        severity: z.enum(['error', 'look', 'note']),
        text: textLine,
        file: textLine.optional(),
        line: z.int().positive().optional(),
        entry: textLine.optional(),
      }),
    )
    .default([]),
})

/** The marks of an entry in a list of a draft; its other fields are those of a story, and checked as such. */
export const MarkedEntries = z.array(z.looseObject({ tick, sure: tick }))
