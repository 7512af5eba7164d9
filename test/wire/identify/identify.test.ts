import { describe, expect, test } from 'vitest'
import type { ParsedItem } from '../../../src/wire/item.ts'
import { createMemoryWire } from '../../support/wire/memory-wire.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MONDAY = Date.parse('2026-03-02T12:00:00Z')
const LONG_TEXT =
  'The city council of Chicago voted on Monday night to extend the ordinance that limits how far police may help federal agents, after five hours of debate and forty speakers.'

let count = 0
/** A report with its own id, address and title, unless other ones are given. */
const report = (other: Partial<ParsedItem> = {}): ParsedItem => {
  const number = ++count
  return {
    guid: `https://wqad.example/?p=${number}`,
    title: `Council votes on ordinance number ${number}`,
    url: `https://wqad.example/news/${number}`,
    text: '',
    published: MONDAY - number * 60_000,
    ...other,
  }
}
const others = () => [report(), report(), report(), report()]

describe('an item of a feed', () => {
  test('is new once, and then the same', () => {
    const wire = createMemoryWire()
    const items = others()
    expect(wire.poll(items, MONDAY).map(({ kind }) => kind)).toEqual(['new', 'new', 'new', 'new'])
    expect(wire.poll(items, MONDAY + HOUR_MS).map(({ kind }) => kind)).toEqual([
      'same',
      'same',
      'same',
      'same',
    ])
    expect(wire.carriers()).toHaveLength(4)
  })

  test('is changed by another title, and by another address', () => {
    const wire = createMemoryWire()
    const item = report()
    const [first] = wire.poll([item, ...others()], MONDAY)
    const retitled = { ...item, title: 'Council rejects ordinance' }
    expect(wire.poll([retitled], MONDAY + 1)[0]).toMatchObject({
      item: first!.item,
      kind: 'changed',
      title: 'Council rejects ordinance',
    })
    const moved = { ...retitled, url: 'https://wqad.example/news/rejected' }
    expect(wire.poll([moved], MONDAY + 2)[0]).toMatchObject({
      item: first!.item,
      kind: 'changed',
      url: moved.url,
    })
  })

  test('is not changed by its date, by tracking, or by http in place of https', () => {
    const wire = createMemoryWire()
    const item = report()
    const [first] = wire.poll([item, ...others()], MONDAY)
    for (const other of [
      { published: MONDAY },
      { url: `${item.url}?utm_source=rss&at_medium=RSS#xtor=RSS-3` },
      { url: item.url!.replace('https://', 'http://www.') },
      { url: `${item.url}/` },
      { url: undefined },
      { title: '' },
    ])
      expect(wire.poll([{ ...item, ...other }], MONDAY + 1)).toMatchObject([
        { item: first!.item, kind: 'same', title: item.title, url: item.url, published: item.published },
      ])
  })

  test('is not changed by the return of one of its last three titles', () => {
    const wire = createMemoryWire()
    const item = report()
    wire.poll([item, ...others()], MONDAY)
    const titled = (title: string) => wire.poll([{ ...item, title }], MONDAY + 1)[0]!.kind
    expect(titled('Second title of the report')).toBe('changed')
    expect(titled(item.title)).toBe('same')
    expect(titled('Second title of the report')).toBe('same')
    expect(titled('Third title of the report')).toBe('changed')
    expect([item.title, 'Second title of the report'].map(titled)).toEqual(['same', 'same'])
    expect(titled('Fourth title of the report')).toBe('changed')
    // More than three versions ago is no older copy.
    expect(titled(item.title)).toBe('changed')
  })

  test('keeps its words when it is missing from the feed, for however long', () => {
    const wire = createMemoryWire()
    const item = report()
    const [first] = wire.poll([item, ...others()], MONDAY)
    wire.poll(others(), MONDAY + DAY_MS)
    wire.poll([], MONDAY + 2 * DAY_MS)
    expect(wire.carriers().every(({ state }) => state === 'stands')).toBe(true)
    expect(wire.poll([item], MONDAY + 89 * DAY_MS)).toMatchObject([{ item: first!.item, kind: 'same' }])
  })

  test('is listed twice by its feed and is one', () => {
    const wire = createMemoryWire()
    const item = report({ text: LONG_TEXT })
    const twin = { ...item, guid: 'https://wqad.example/?p=twin' }
    const newer = { ...item, title: 'A newer version of its title', updated: MONDAY }
    expect(wire.poll([item, twin, ...others()], MONDAY)).toHaveLength(5)
    expect(wire.poll([twin, ...others()], MONDAY)[0]).toMatchObject({ kind: 'same' })
    const [, , versions] = [0, 0, wire.poll([item, newer], MONDAY)]
    expect(versions).toMatchObject([{ kind: 'changed', title: 'A newer version of its title' }])
  })
})

describe('other reports stay others', () => {
  /** Polls a feed again and again, of which only the newest entries are there; each must be an item of its own. */
  function itemsOf(reports: ParsedItem[], window: number): number {
    const wire = createMemoryWire()
    for (let last = 1; last <= reports.length; last++)
      wire.poll(reports.slice(Math.max(0, last - window), last).reverse(), MONDAY + last * HOUR_MS)
    return new Set(wire.carriers().map(({ item }) => item)).size
  }

  test.each([1, 2, 5])('the entries of a docket, under one title and one address: %s at a time', window => {
    const acts = ['Motion to dismiss', 'Order on motion', 'Notice of appeal', 'Minute entry', 'Reply brief']
    const entries = Array.from({ length: 20 }, (_, number) =>
      report({
        title: '1:17-cv-05720 City of Chicago v. Sessions',
        url: 'https://ecf.example/DktRpt.pl?342974',
        text: `[${acts[number % acts.length]}] (${number})`,
        published: MONDAY + number * HOUR_MS,
      }),
    )
    expect(itemsOf(entries, window)).toBe(20)
  })

  test('a bulletin with the same title and text each day', () => {
    const bulletins = Array.from({ length: 10 }, (_, day) =>
      report({ title: 'The forecast for Chicago', text: LONG_TEXT, published: MONDAY + day * DAY_MS }),
    )
    expect(itemsOf(bulletins, 4)).toBe(10)
  })

  test('the only item of a feed that shows one at a time, under one id or under one address', () => {
    const texts = [
      'A fire broke out in a warehouse on the south side early this morning, and forty people had to leave their homes near it.',
      'The transit board raised fares for the first time in six years; riders told it for three hours what they think of that.',
      'Two of the four bridges over the river stay closed until June, because the steel that was ordered for them is not there.',
    ]
    const titles = ['Warehouse burns', 'Fares go up', 'Bridges stay closed until summer']
    const one = (number: number, other: Partial<ParsedItem>) =>
      report({
        title: titles[number],
        text: texts[number],
        published: MONDAY + number * 3 * HOUR_MS,
        ...other,
      })
    const numbers = [0, 1, 2]
    expect(
      itemsOf(
        numbers.map(number => one(number, { guid: 'latest' })),
        1,
      ),
    ).toBe(3)
    expect(
      itemsOf(
        numbers.map(number => one(number, { url: 'https://wqad.example/live' })),
        1,
      ),
    ).toBe(3)
  })

  test('an id that is used again years later', () => {
    const wire = createMemoryWire()
    const old = report({ title: 'The 7 best places to eat', published: Date.parse('2017-03-01') })
    wire.poll([old, ...others()], MONDAY)
    const again = report({ guid: old.guid, title: 'A guide to hosting a web site', published: MONDAY })
    expect(wire.poll([again, ...others()], MONDAY + HOUR_MS)[0]).toMatchObject({ kind: 'new' })
  })

  test('two sites in one feed that use the same paths', () => {
    const on = (host: string, title: string) =>
      report({ guid: `https://${host}/1`, url: `https://${host}/1`, title, published: undefined })
    const a = on('a.example', 'Council votes on the budget')
    const b = on('b.example', 'Storm closes the harbor')
    const wire = createMemoryWire()
    wire.poll([a], MONDAY)
    expect(wire.poll([b], MONDAY + HOUR_MS)).toMatchObject([{ kind: 'new' }])
    expect(wire.poll([b, a], MONDAY + 2 * HOUR_MS)).toMatchObject([{ kind: 'same' }, { kind: 'same' }])
  })

  test('titles that say little, in a feed that changes all of its addresses', () => {
    const wire = createMemoryWire()
    wire.poll([report({ title: 'Weather', published: MONDAY - 5 * DAY_MS }), ...others()], MONDAY)
    const weather = report({ title: 'Weather', published: MONDAY })
    expect(wire.poll([weather, ...others()], MONDAY)[0]).toMatchObject({ kind: 'new' })
  })
})

describe('the date of an item', () => {
  const poll = (published: number | undefined, now = MONDAY) =>
    createMemoryWire().poll([report({ published })], now)[0]!

  test('in the next days holds it until then', () => {
    expect(poll(MONDAY + DAY_MS)).toMatchObject({ published: MONDAY + DAY_MS, heldUntil: MONDAY + DAY_MS })
    expect(poll(MONDAY).heldUntil).toBeUndefined()
  })

  test('further away is none, as is one that is missing', () => {
    const far = poll(MONDAY + 8 * DAY_MS)
    expect([far.published, far.heldUntil]).toEqual([undefined, undefined])
    expect(poll(undefined).published).toBeUndefined()
  })

  test('that moves on with each poll does not hold it for more than a week', () => {
    const wire = createMemoryWire()
    const item = report({ published: MONDAY + HOUR_MS })
    const holds = Array.from({ length: 9 }, (_, day) => {
      const now = MONDAY + day * DAY_MS
      return wire.poll([{ ...item, published: now + HOUR_MS }], now)[0]!.heldUntil
    })
    expect(holds.slice(0, 7).every(until => until !== undefined && until <= MONDAY + 7 * DAY_MS)).toBe(true)
    expect(holds.slice(7)).toEqual([undefined, undefined])
  })

  test('may come forward: then it is held no longer', () => {
    const wire = createMemoryWire()
    const item = report({ published: MONDAY + DAY_MS })
    wire.poll([item], MONDAY)
    expect(wire.poll([{ ...item, published: MONDAY }], MONDAY + HOUR_MS)[0]!.heldUntil).toBeUndefined()
  })
})

describe('the keys of a feed', () => {
  test('stay its ids as long as these are good', () => {
    const wire = createMemoryWire()
    wire.poll(others(), MONDAY)
    expect(wire.keyKind()).toBe('guid')
  })

  test.each([
    ['guidAndLink', { guid: 'one for all' }],
    ['link', { guid: undefined }],
    ['linkDateTitle', { guid: undefined, url: 'https://wqad.example/' }],
    ['titleAndText', { guid: undefined, url: undefined }],
  ])('become weaker, and stay so: %s', (kind, other) => {
    const wire = createMemoryWire()
    wire.poll([report(other), report(other), report(other)], MONDAY)
    expect(wire.keyKind()).toBe(kind)
    wire.poll(others(), MONDAY + HOUR_MS)
    expect(wire.keyKind()).toBe(kind)
  })

  test('become weaker where an id wanders from one report to another', () => {
    const wire = createMemoryWire()
    const items = others()
    const numbered = (list: ParsedItem[]) => list.map((item, at) => ({ ...item, guid: `${at + 1}` }))
    wire.poll(numbered(items), MONDAY)
    wire.poll(numbered([report(), ...items]), MONDAY + HOUR_MS)
    expect(wire.keyKind()).toBe('guidAndLink')
    expect(new Set(wire.carriers().map(({ item }) => item)).size).toBe(5)
  })
})
