import { expect, test } from 'vitest'
import { createMemoryWire } from '../../support/wire/memory-wire.ts'
import { EDITS_AND_MOVES } from '../../support/wire/sequences/edits-and-moves.ts'
import { IDS_AND_PLACES } from '../../support/wire/sequences/ids-and-places.ts'
import { FIRST_POLL } from '../../support/wire/sequences/told.ts'

const SEQUENCES = [...EDITS_AND_MOVES, ...IDS_AND_PLACES]

test.each(SEQUENCES.map(sequence => [sequence.name, sequence] as const))('%s', (_name, { polls, edits }) => {
  const wire = createMemoryWire()
  const itemOf = new Map<string, string>()
  const shown = new Map<string, string>()
  let edited = 0
  for (const [poll, told] of polls.entries()) {
    const updates = wire.poll(
      told.map(({ is: _, ...item }) => item),
      FIRST_POLL + poll * 3_600_000,
    )
    expect(updates).toHaveLength(told.length)
    for (const [at, { is, title }] of told.entries()) {
      const update = updates[at]!
      expect(update.item, `${is} in poll ${poll}`).toBe(itemOf.get(is) ?? update.item)
      itemOf.set(is, update.item)
      expect(update.title).toBe(title)
      const now = `${update.title} ${update.url}`
      if ((shown.get(is) ?? now) !== now) edited++
      shown.set(is, now)
    }
  }
  expect(new Set(itemOf.values()).size, 'reports taken for each other').toBe(itemOf.size)
  expect(edited, 'edits').toBe(edits)
})
