import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isZone, momentOf, readableMoment } from '../../src/dates/dates.ts'
import { ZONES_BY_ODD_OFFSET } from '../../src/dates/offsets.ts'
import { ZONES_BY_PLACE, ZONES_OF_LARGE_COUNTRIES } from '../../src/dates/places.ts'
import { MERGED_ZONES, RENAMED_ZONES, ZONES_BY_CLOCK } from '../../src/dates/short-names.ts'
import { ZONES_BY_WINDOWS_NAME } from '../../src/dates/windows-names.ts'
import { zonesNamed } from '../../src/dates/zones-named.ts'
import { readableDays, readableRhythm, readRhythm, type TypedRhythm } from '../../src/digests/rhythm.ts'
import { DAYS, type Day } from '../../src/digests/slots.ts'
import { zoneCities, zoneLabel, zoneOffers } from '../../src/digests/zones.ts'
import { ZONES } from '../support/digests/local-time-oracle.ts'

const read = (typed: string): Partial<TypedRhythm> => {
  const { conflicts, unknown, ...rest } = readRhythm(typed.split(' '))
  return { ...rest, ...(conflicts.length > 0 && { conflicts }), ...(unknown.length > 0 && { unknown }) }
}
const WEEKDAYS: Day[] = ['mon', 'tue', 'wed', 'thu', 'fri']

describe('arguments in any order', () => {
  const whole = { time: '07:30', zone: 'America/Chicago', days: WEEKDAYS }
  test.each([
    '7.30am chicago weekdays',
    'chicago weekdays 07:30',
    'Weekdays at 7:30 AM, Chicago',
    'mon-fri america/chicago 7:30',
    'mon – fri 0730 US/Central',
    'Mon–Fri 07:30 Chicago time (America/Chicago)',
    'every weekday at 7:30 a.m. in Chicago.',
  ])('%s', typed => expect(read(typed)).toEqual(whole))

  test('what is not typed is not there', () => {
    expect(read('')).toEqual({})
    expect(read('7:30')).toEqual({ time: '07:30' })
    expect(read('new york')).toEqual({ zone: 'America/New_York' })
    expect(readRhythm(['new york', '7 pm'])).toEqual({
      time: '19:00',
      zone: 'America/New_York',
      conflicts: [],
      unknown: [],
    })
  })
})

describe('times', () => {
  test.each([
    ['7:30', '07:30'],
    ['07:30', '07:30'],
    ['7.30am', '07:30'],
    ['7:30 p.m.', '19:30'],
    ['7h30', '07:30'],
    ['7pm', '19:00'],
    ['7 pm', '19:00'],
    ['12am', '00:00'],
    ['12pm', '12:00'],
    ['12:30am', '00:30'],
    ['1930', '19:30'],
    ['0:05', '00:05'],
    ['23:59', '23:59'],
    ['noon', '12:00'],
    ['midnight', '00:00'],
  ])('%s', (typed, time) => expect(read(typed)).toEqual({ time }))

  test.each(['7', '24:00', '7:60', '13pm', '0am', '7:5', '19:30pm', '12345', '-7:30'])('%s is none', typed =>
    expect(read(typed)).toEqual({ unknown: [typed] }),
  )
})

describe('days', () => {
  test.each<[string, Day[]]>([
    ['daily', [...DAYS]],
    ['every day', [...DAYS]],
    ['weekdays', WEEKDAYS],
    ['weekends', ['sat', 'sun']],
    ['mon-fri', WEEKDAYS],
    ['Monday to Friday', WEEKDAYS],
    ['mon,wed,fri', ['mon', 'wed', 'fri']],
    ['fri, wed and mon', ['mon', 'wed', 'fri']],
    ['mon/thu', ['mon', 'thu']],
    ['sat-mon', ['mon', 'sat', 'sun']],
    ['tues thurs', ['tue', 'thu']],
    ['on sundays', ['sun']],
    ['mon-wed,sat', ['mon', 'tue', 'wed', 'sat']],
    ['weekdays sat', ['mon', 'tue', 'wed', 'thu', 'fri', 'sat']],
    ['wed-wed', ['wed']],
  ])('%s', (typed, days) => expect(read(typed)).toEqual({ days }))

  test.each(['mo', 'mon-xyz', 'mon-wed-fri', 'fridy', 'except'])('%s is none', typed =>
    expect(read(typed).days).toBeUndefined(),
  )
})

/** The ways in which people write an offset: `UTC+5:30`, `GMT+05:30`, `utc +0530`, `UTC−9.5`, `+05:30`. */
const OFFSET_FORMS = [
  (minutes: number) => `UTC${sign(minutes)}${hours(minutes)}:${rest(minutes)}`,
  (minutes: number) => `GMT${sign(minutes)}${hours(minutes).padStart(2, '0')}:${rest(minutes)}`,
  (minutes: number) => `utc ${sign(minutes)}${hours(minutes).padStart(2, '0')}${rest(minutes)}`,
  (minutes: number) => `UTC${sign(minutes) === '-' ? '−' : '+'}${Math.abs(minutes) / 60}`,
  (minutes: number) => `${sign(minutes)}${hours(minutes).padStart(2, '0')}:${rest(minutes)}`,
  (minutes: number) => `${sign(minutes)}${hours(minutes).padStart(2, '0')}${rest(minutes)}`,
]
const sign = (minutes: number) => (minutes < 0 ? '-' : '+')
const hours = (minutes: number) => String(Math.floor(Math.abs(minutes) / 60))
const rest = (minutes: number) => String(Math.abs(minutes) % 60)

describe('zones', () => {
  test.each([
    ['AMERICA/CHICAGO', 'America/Chicago'],
    ['new_york', 'America/New_York'],
    ['New York', 'America/New_York'],
    ['são paulo', 'America/Sao_Paulo'],
    ['sao paulo', 'America/Sao_Paulo'],
    ["St. John's", 'America/St_Johns'],
    ['port au prince', 'America/Port-au-Prince'],
    ['lord howe', 'Australia/Lord_Howe'],
    ['US/Central', 'America/Chicago'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['calcutta', 'Asia/Kolkata'],
    ['kiev', 'Europe/Kyiv'],
    ['montréal', 'America/Toronto'],
    ['buenos aires', 'America/Argentina/Buenos_Aires'],
    ['japan', 'Asia/Tokyo'],
    ['EST5EDT', 'America/New_York'],
    ['utc', 'UTC'],
    ['GMT', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['utc+0', 'UTC'],
    ['UTC+2', 'Etc/GMT-2'],
    ['gmt−5', 'Etc/GMT+5'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['jst', 'Asia/Tokyo'],
    ['Mumbai', 'Asia/Kolkata'],
    ['India', 'Asia/Kolkata'],
    ['Germany', 'Europe/Berlin'],
    ['Côte d’Ivoire', 'Africa/Abidjan'],
    ['UTC+5:45', 'Asia/Kathmandu'],
    ['+0545', 'Asia/Kathmandu'],
    ['GMT-03:30', 'America/St_Johns'],
    ['UTC −3.5', 'America/St_Johns'],
    ['+02:00', 'Etc/GMT-2'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['India Standard Time', 'Asia/Kolkata'],
    ['E. South America Standard Time', 'America/Sao_Paulo'],
    ['Central Standard Time (Mexico)', 'America/Mexico_City'],
    ['Eastern Standard Time (America/Toronto)', 'America/Toronto'],
  ])('%s', (typed, zone) => expect(read(typed)).toEqual({ zone }))

  test.each([
    'cst',
    'EST',
    'ist',
    'bst',
    'mst',
    'cet',
    'eastern',
    'indiana',
    'samoa',
    'UTC+5:30',
    '+09:30',
    'texas',
    'Canada',
    'Pacific Standard Time',
  ])('%s is asked about', typed => {
    const rhythm = read(typed)
    expect(rhythm.zone).toBeUndefined()
    expect(rhythm.ambiguousZone?.typed).toBe(typed)
    expect(rhythm.ambiguousZone?.candidates.length).toBeGreaterThan(1)
    expect(rhythm.ambiguousZone?.candidates.every(isZone)).toBe(true)
  })

  test('the candidates are what a person may mean, the likeliest first', () => {
    expect(zonesNamed('ist')).toEqual(['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'])
    expect(zonesNamed('cst').slice(0, 1)).toEqual(['America/Chicago'])
    expect(zonesNamed('kentucky')).toEqual(['America/Kentucky/Louisville', 'America/Kentucky/Monticello'])
  })

  test('an offset that is no whole hour names every zone whose clock shows it, in winter or in summer', () => {
    const shown = new Map<number, Set<string>>()
    for (const zone of ZONES.flatMap(zonesNamed))
      for (const day of ['2026-01-15', '2026-07-15']) {
        const minutes = Math.round((Date.parse(`${day}T12:00Z`) - momentOf(day, '12:00', zone)!) / 60_000)
        if (minutes % 60 !== 0) shown.set(minutes, (shown.get(minutes) ?? new Set()).add(zone))
      }
    const sorted = (zones: Iterable<[number, Iterable<string>]>) =>
      [...zones].map(([minutes, names]) => [minutes, [...names].sort()]).sort(([a], [b]) => +a! - +b!)
    expect(sorted(ZONES_BY_ODD_OFFSET)).toEqual(sorted(shown))
    for (const [minutes, zones] of ZONES_BY_ODD_OFFSET)
      for (const write of OFFSET_FORMS)
        expect([write(minutes), zonesNamed(write(minutes))]).toEqual([write(minutes), zones])
  })

  test('every name from the tables of places and of Windows is one or more zones of today', () => {
    const wrong = [...ZONES_BY_PLACE.keys(), ...ZONES_BY_WINDOWS_NAME.keys()].filter(name => {
      const zones = zonesNamed(name)
      return zones.length === 0 || zones.some(zone => zonesNamed(zone).join() !== zone)
    })
    expect(wrong).toEqual([])
    expect(
      Object.values(ZONES_OF_LARGE_COUNTRIES)
        .flatMap(zones => zones.split(' '))
        .filter(zone => zonesNamed(zone).join() !== zone),
    ).toEqual([])
  })

  test('a second name settles it', () => {
    expect(read('cst chicago')).toEqual({ zone: 'America/Chicago' })
    expect(read('Eastern Time (America/Toronto)')).toEqual({ zone: 'America/Toronto' })
  })

  test.each(['atlantis', 'america', '+04:15', 'utc+15', 'north', 'Etc/Unknown', '__proto__', 'constructor'])(
    '%s is none',
    typed => expect(read(typed)).toEqual({ unknown: [typed] }),
  )

  test('every zone is read from its name, its city and its label', () => {
    const wrong = ZONES.flatMap(name => {
      const [zone = '', ...others] = zonesNamed(name)
      const city = name.slice(name.lastIndexOf('/') + 1)
      const labelled = read(`7:30 ${zoneLabel(zone)} mon`)
      const right =
        isZone(zone) &&
        others.length === 0 &&
        zonesNamed(zone).join() === zone &&
        zonesNamed(city).join() === zone &&
        labelled.zone === zone &&
        labelled.unknown === undefined
      return right ? [] : [name]
    })
    expect(wrong).toEqual([])
  })

  test('the names of today are the same zones as the old ones, and all that are offered exist', () => {
    const node = (timeZone: string) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
    for (const [old, now] of RENAMED_ZONES) expect(node(old)).toBe(node(now))
    expect(MERGED_ZONES.filter(name => !isZone(name))).toEqual([])
    expect([...ZONES_BY_CLOCK.values()].flat().filter(zone => zonesNamed(zone).join() !== zone)).toEqual([])
    expect(zoneCities().filter(city => zonesNamed(city).length !== 1)).toEqual([])
  })
})

test('words that cannot all be meant', () => {
  expect(read('7:30 8:00 chicago')).toEqual({ zone: 'America/Chicago', conflicts: [['7:30', '8:00']] })
  expect(read('7:30 7.30am')).toEqual({ time: '07:30' })
  expect(read('chicago london')).toEqual({ conflicts: [['chicago', 'london']] })
  expect(read('daily mon')).toEqual({ conflicts: [['daily', 'mon']] })
})

test('unknown words are handed back as typed, the rest is read', () => {
  expect(read('Chicgo 7:30 weekdys')).toEqual({ time: '07:30', unknown: ['Chicgo', 'weekdys'] })
  expect(read('New Yrok')).toEqual({ unknown: ['New', 'Yrok'] })
})

describe('what people read', () => {
  test.each<[string, string]>([
    ['mon tue wed thu fri', 'Mon–Fri'],
    ['mon tue wed thu fri sat sun', 'daily'],
    ['wed mon fri', 'Mon, Wed, Fri'],
    ['sat sun', 'weekends'],
    ['mon tue', 'Mon, Tue'],
    ['mon tue wed fri', 'Mon–Wed, Fri'],
    ['sat sun mon', 'Sat–Mon'],
    ['sun mon', 'Mon, Sun'],
    ['wed sat sun mon', 'Wed, Sat–Mon'],
    ['sun', 'Sun'],
  ])('%s', (days, said) => expect(readableDays(days.split(' ') as Day[])).toBe(said))

  test('a rhythm in full', () => {
    const rhythm = { time: '07:30', zone: 'America/Chicago', days: WEEKDAYS }
    expect(readableRhythm(rhythm)).toBe('Mon–Fri 07:30 Chicago time (America/Chicago)')
    expect(readableRhythm({ ...rhythm, zone: 'UTC' })).toBe('Mon–Fri 07:30 UTC')
    expect(readableRhythm({ ...rhythm, zone: 'Etc/GMT-2' })).toBe('Mon–Fri 07:30 UTC+2 (Etc/GMT-2)')
    expect(zoneLabel('America/Port-au-Prince')).toBe('Port-au-Prince time (America/Port-au-Prince)')
  })

  test('is read back the same', () => {
    const aZone = fc.constantFrom(...ZONES, 'Etc/GMT+5').map(name => zonesNamed(name)[0]!)
    const aTime = fc.nat(1439).map(at => new Date(at * 60_000).toISOString().slice(11, 16))
    fc.assert(
      fc.property(aZone, aTime, fc.subarray([...DAYS], { minLength: 1 }), (zone, time, days) => {
        expect(read(readableRhythm({ time, zone, days }))).toEqual({ time, zone, days })
      }),
      { numRuns: 500 },
    )
  })

  test('anything may be typed', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 6 }), args => {
        const { time, zone } = readRhythm(args)
        if (time !== undefined) expect(time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/)
        if (zone !== undefined) expect(isZone(zone)).toBe(true)
        expect(zoneOffers(args.join(' ')).length).toBeLessThanOrEqual(25)
      }),
    )
  })

  test('a moment on the clocks of a zone, with the year where it is another', () => {
    const at = Date.parse('2018-04-20T12:30Z')
    expect(readableMoment(at, 'America/Chicago', at)).toBe('Fri 20 Apr 07:30')
    expect(readableMoment(at, 'Asia/Tokyo', at)).toBe('Fri 20 Apr 21:30')
    expect(readableMoment(at, 'America/Chicago', Date.parse('2019-01-01T05:59Z'))).toBe('Fri 20 Apr 07:30')
    expect(readableMoment(at, 'America/Chicago', Date.parse('2019-01-01T06:00Z'))).toBe(
      'Fri 20 Apr 2018 07:30',
    )
  })
})

describe('offers while somebody types', () => {
  const values = (typed: string) => zoneOffers(typed).map(offer => offer.value)

  test('those that begin with it come first', () => {
    expect(zoneOffers('chi')[0]).toEqual({ name: 'Chicago time (America/Chicago)', value: 'America/Chicago' })
    expect(values('york')).toEqual(['America/New_York'])
    expect(values('Zür')).toEqual(['Europe/Zurich'])
    expect(values('calc')).toEqual(['Asia/Kolkata'])
    expect(values('america/ch').slice(0, 2)).toEqual(['America/Chicago', 'America/Chihuahua'])
    const newer = values('new')
    expect(newer.slice(0, 2)).toEqual(['America/New_York', 'America/North_Dakota/New_Salem'])
  })

  test('an ambiguous name offers what it may stand for', () => {
    expect(values('ist').slice(0, 3)).toEqual(['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'])
    expect(values('ist')).toContain('Europe/Istanbul')
    expect(values('india')[0]).toBe('Asia/Kolkata')
    expect(values('mum')).toEqual(['Asia/Kolkata'])
    expect(values('utc+9:30')).toEqual(['Australia/Adelaide', 'Australia/Darwin', 'Australia/Broken_Hill'])
  })

  test('at most 25, some common ones before a letter is typed, and each is one that can be chosen', () => {
    expect(values('a')).toHaveLength(25)
    expect(values('')).toContain('America/Chicago')
    expect(values('zzz')).toEqual([])
    for (const typed of ['', 'a', 'san', 'europe', 'cst'])
      for (const { name, value } of zoneOffers(typed)) {
        expect(zonesNamed(value)).toEqual([value])
        expect(name.length).toBeLessThanOrEqual(100)
      }
  })
})
