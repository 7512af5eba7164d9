import { describe, expect, test } from 'vitest'
import { type Entry, FAULTS } from '../../support/wire/faulty-feeds.ts'
import { createMemoryWire } from '../../support/wire/memory-wire.ts'
import { chanceFrom, openNewsroom } from '../../support/wire/newsroom.ts'

/** `IDENTITY_POLLS=1000` is the run that the goal names. */
const POLLS = Number(process.env.IDENTITY_POLLS ?? 45)
const START = Date.parse('2026-03-02T06:00:00Z')

/** Polls a feed with a fault, and says what went wrong with any report: doubled, lost, or not as it was shown last. */
function pollFaulty(number: number, seed: number): string[] {
  const fault = FAULTS[number]!()
  const chance = chanceFrom(seed)
  const newsroom = openNewsroom(chance, START)
  const wire = createMemoryWire()
  const itemOf = new Map<number, string>()
  const reportOf = new Map<string, number>()
  const wrong: string[] = []
  for (let poll = 0; poll < POLLS; poll++) {
    newsroom.step()
    const entries = fault.show(newsroom, poll, chance)
    // A process that is killed before it has stored a poll has polled in vain: the next one knows what was known before.
    if (chance.happens(0.05)) continue
    const updates = wire.poll(
      entries.map(({ item }) => item),
      newsroom.now(),
    )
    if (updates.length !== entries.length) wrong.push(`poll ${poll}: ${updates.length} of ${entries.length}`)
    for (const [at, { report }] of entries.entries()) {
      const { item } = updates[at]!
      const known = itemOf.get(report.number)
      if (known !== undefined && known !== item) wrong.push(`poll ${poll}: report ${report.number} doubled`)
      const other = reportOf.get(item)
      if (other !== undefined && other !== report.number)
        wrong.push(`poll ${poll}: report ${report.number} taken for ${other}`)
      itemOf.set(report.number, item)
      reportOf.set(item, report.number)
    }
    wrong.push(...notShown(entries, wire, itemOf, fault.isBehind).map(problem => `poll ${poll}: ${problem}`))
  }
  return wrong
}

/** The reports whose newest title is not that of their item. Of a feed that may be behind, an older one may stand. */
function notShown(
  entries: Entry[],
  wire: ReturnType<typeof createMemoryWire>,
  itemOf: Map<number, string>,
  isBehind = false,
): string[] {
  const titles = new Map(wire.carriers().map(({ item, title }) => [item, title]))
  return entries.flatMap(({ report }) => {
    const title = titles.get(itemOf.get(report.number)!)
    return title === report.title || isBehind ? [] : [`report ${report.number} has an old title`]
  })
}

describe('a report keeps its item although', () => {
  test.each(FAULTS.map((fault, number) => [fault().name, number] as const))('%s', (_name, number) => {
    for (const seed of [1, 2]) expect(pollFaulty(number, seed * 7919 + number)).toEqual([])
  })
})
