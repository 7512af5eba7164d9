import { expect, test } from 'vitest'
import { HABITS } from '../../support/wire/feed-habits.ts'
import { createMemoryWire } from '../../support/wire/memory-wire.ts'
import { chanceFrom, faultless, openNewsroom } from '../../support/wire/newsroom.ts'

const POLLS = Number(process.env.IDENTITY_POLLS ?? 25)
const START = Date.parse('2026-03-02T06:00:00Z')
const NAMES = Object.keys(HABITS)
const PAIRS = NAMES.flatMap((one, at) => NAMES.slice(at + 1).map(other => [one, other] as const))

/** How many reports are doubled, lost or taken for others, if a feed has the habits that it has at a poll. */
function mistakesWith(habitsAt: (poll: number) => readonly string[], seed: number): number {
  const chance = chanceFrom(seed)
  const newsroom = openNewsroom(chance, START)
  const wire = createMemoryWire()
  const itemOf = new Map<number, string>()
  let mistakes = 0
  for (let poll = 0; poll < POLLS; poll++) {
    newsroom.step()
    const now = newsroom.now()
    const reports = newsroom.inFeed()
    const shown = reports.map((report, at) =>
      habitsAt(poll).reduce(
        (item, name) => HABITS[name]!(item, { report, at, poll, now, chance }),
        faultless(report),
      ),
    )
    const updates = wire.poll(shown, now)
    if (updates.length !== reports.length) mistakes++
    for (const [at, { number }] of reports.entries()) {
      const item = updates[at]?.item ?? ''
      if ((itemOf.get(number) ?? item) !== item) mistakes++
      itemOf.set(number, item)
    }
  }
  return mistakes + itemOf.size - new Set(itemOf.values()).size
}

test('with any two bad habits of a feed at once, each report keeps an item of its own', () => {
  const wrong = PAIRS.flatMap((pair, number) => {
    const mistakes = mistakesWith(() => pair, 31 * number + 7)
    return mistakes > 0 ? [`${pair.join(', ')}: ${mistakes}`] : []
  })
  expect(wrong).toEqual([])
})

test('when a feed gives up one bad habit for another one, each report keeps its item', () => {
  const changes = NAMES.map((name, at) => [name, NAMES[(at + 5) % NAMES.length]!] as const)
  const wrong = changes.flatMap(([before, after], number) => {
    const mistakes = mistakesWith(poll => [poll < POLLS / 2 ? before : after], 17 * number + 3)
    return mistakes > 0 ? [`${before}, then ${after}: ${mistakes}`] : []
  })
  expect(wrong).toEqual([])
})
