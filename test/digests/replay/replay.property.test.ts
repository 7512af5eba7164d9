import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandLinesFor } from '../../../src/commands/digest/command-lines.ts'
import { addDays } from '../../../src/dates/dates.ts'
import { entryDaysOf } from '../../../src/digests/replay/entry-days.ts'
import { readReplay } from '../../../src/digests/replay/read-query.ts'
import { replayBriefs } from '../../../src/digests/replay/replay.ts'
import { DAYS } from '../../../src/digests/slots.ts'
import { digestFile } from '../../support/content/digest-file.ts'
import { libraryFromFiles, QUOTE, storyFiles } from '../../support/content/story-files.ts'

const FIRST = '2026-02-20'
const LAST = '2026-05-01'

/** Any days in two months, with the change of the clocks between them. */
const anyDays = fc.array(
  fc.integer({ min: 0, max: 69 }).map(days => addDays(FIRST, days)),
  { maxLength: 8 },
)

test('whatever the days and the digest, everything is told once, and never before its day', () => {
  fc.assert(
    fc.property(
      anyDays,
      anyDays,
      fc.subarray([...DAYS], { minLength: 1 }),
      fc.constantFrom('00:00', '02:30', '07:30', '12:00', '18:00', '23:59'),
      fc.constantFrom('UTC', 'America/Chicago', 'Pacific/Kiritimati', 'Europe/Berlin'),
      (eventDays, quoteDays, days, time, zone) => {
        const timeline = [FIRST, ...eventDays].toSorted().map((date, index) => ({
          id: `e${index}`,
          ...{ date, text: `Event ${index}.`, confidence: 'medium', sources: [1] },
        }))
        const quotes = quoteDays.map((saidOn, index) => ({ ...QUOTE, id: `q${index}`, saidOn }))
        const library = libraryFromFiles(
          storyFiles('bridge', { timeline, quotes, meta: { coversTo: LAST } }),
          [digestFile([{ name: 'brief', title: 'Brief', time, days, zone }])],
        )
        const commandLines = commandLinesFor('slack:T1/C1')
        const read = readReplay({ stories: ['bridge'] }, { library, zone: 'UTC', commandLines })
        if ('problems' in read) throw new Error(read.problems.join())
        const briefs = [...replayBriefs(read.replay)].flatMap(step => ('brief' in step ? [step.brief] : []))
        const entryDays = entryDaysOf(library.stories[0]!)
        expect(briefs.reduce((sum, { entries }) => sum + entries, 0)).toBe(entryDays.size)
        for (const { date, reply } of briefs)
          for (const part of reply.parts) expect((entryDays.get(part) ?? '') <= date, part).toBe(true)
      },
    ),
    { numRuns: 25 },
  )
})
