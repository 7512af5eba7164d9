import { describe, expect, test } from 'vitest'
import type { ParsedItem } from '../../../src/wire/item.ts'
import { createMemoryWire } from '../../support/wire/memory-wire.ts'

const HOUR_MS = 3_600_000
const MONDAY = Date.parse('2026-03-02T12:00:00Z')
const AP = { via: 'feed:ap', outlet: 'AP' } as const
const TITLE = 'Judge blocks part of the order on sanctuary cities'

const report = (other: Partial<ParsedItem> = {}): ParsedItem => ({
  guid: 'wqad-1',
  title: TITLE,
  url: 'https://wqad.example/news/judge-blocks',
  text: '',
  published: MONDAY,
  ...other,
})

/** What becomes of a report of AP when WQAD has brought another one. */
function joins(ofWqad: Partial<ParsedItem>, ofAp: Partial<ParsedItem>): boolean {
  const wire = createMemoryWire()
  const [first] = wire.poll([report(ofWqad)], MONDAY)
  const [second] = wire.poll([report({ guid: 'ap-1', ...ofAp })], MONDAY + HOUR_MS, AP)
  expect(second!.kind).toBe(second!.item === first!.item ? 'joined' : 'new')
  return second!.item === first!.item
}

describe('a report in two feeds', () => {
  test('is one item under one address, whatever brought readers there', () => {
    expect(joins({}, { url: 'http://www.wqad.example/news/judge-blocks/?utm_source=ap' })).toBe(true)
    expect(joins({}, { title: 'Judge blocks order on sanctuary cities in part' })).toBe(true)
  })

  test('is one item under the same long headline on the same day', () => {
    const url = 'https://ap.example/a1'
    expect(joins({}, { url })).toBe(true)
    expect(joins({}, { url, title: TITLE.toUpperCase() })).toBe(true)
    expect(joins({}, { url, published: MONDAY + 30 * HOUR_MS })).toBe(false)
    expect(joins({ title: 'Storm closes harbor' }, { url, title: 'Storm closes harbor' })).toBe(false)
  })

  test('is two where the texts are those of two reports', () => {
    const url = 'https://ap.example/a1'
    const text =
      'The judge in Chicago wrote that the attorney general may not add conditions to grants that Congress has made without them.'
    const other =
      'Riders on the Red Line waited for hours this morning after a signal failed between two stations on the north side.'
    expect(joins({ text }, { url, text })).toBe(true)
    expect(joins({ text }, { url, text: other })).toBe(false)
    expect(joins({ text }, { title: 'Live updates from all over the city', text: other })).toBe(false)
  })

  test('is not known by the front page, or by an address that several items have', () => {
    expect(
      joins({ url: 'https://wqad.example/' }, { url: 'https://wqad.example/', title: 'Fares go up' }),
    ).toBe(false)
    const wire = createMemoryWire()
    wire.poll([report()], MONDAY)
    const two = [report({ guid: 'ap-1', title: 'Live: one' }), report({ guid: 'ap-2', title: 'Live: two' })]
    expect(wire.poll(two, MONDAY, AP).map(({ kind }) => kind)).toEqual(['new', 'new'])
  })

  test('stays one item when one of them changes its headline', () => {
    const wire = createMemoryWire()
    const [first] = wire.poll([report()], MONDAY)
    const ofAp = report({ guid: 'ap-1', url: 'https://ap.example/a1' })
    wire.poll([ofAp], MONDAY, AP)
    const changed = wire.poll(
      [{ ...ofAp, title: 'Judge lets part of the order stand' }],
      MONDAY + HOUR_MS,
      AP,
    )
    expect(changed).toMatchObject([{ item: first!.item, kind: 'changed', via: 'feed:ap', outlet: 'AP' }])
    expect(wire.poll([report()], MONDAY + HOUR_MS)).toMatchObject([{ item: first!.item, kind: 'same' }])
  })

  test('takes the outlet that the item itself names', () => {
    const [update] = createMemoryWire().poll([report({ outlet: 'Chicago Tribune' })], MONDAY)
    expect(update!.outlet).toBe('Chicago Tribune')
  })
})
