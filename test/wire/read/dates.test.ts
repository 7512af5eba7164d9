import { describe, expect, test } from 'vitest'
import { readDate } from '../../../src/wire/read/dates/read-date.ts'

const NOW = Date.parse('2026-11-30T12:00:00Z')
const read = (text: string, zone?: string) => {
  const at = readDate(text, { now: NOW, zone })
  return at === undefined ? undefined : new Date(at).toISOString().replace('.000Z', 'Z')
}

describe('a date of a feed', () => {
  test.each([
    ['Mon, 7 Aug 2017 10:02:11 GMT', '2017-08-07T10:02:11Z'],
    ['Mon, 07 Aug 17 10:02:11 EST', '2017-08-07T15:02:11Z'],
    ['Mon, 7 Aug 2017 10:02:11 -0400 (EDT)', '2017-08-07T14:02:11Z'],
    ['Mon, 7 Aug 2017 10:02:11 (EDT)', '2017-08-07T14:02:11Z'],
    ['Monday, 07-Aug-17 10:02:11 UTC', '2017-08-07T10:02:11Z'],
    ['Mon Aug  7 10:02:11 CDT 2017', '2017-08-07T15:02:11Z'],
    ['Mon Aug 07 10:02:11 +0000 2017', '2017-08-07T10:02:11Z'],
    ['Mon Aug 07 2017 10:02:11 GMT+0100 (Central European Standard Time)', '2017-08-07T09:02:11Z'],
    ['2017-08-07T10:02:11Z', '2017-08-07T10:02:11Z'],
    ['2017-08-07T10:02:11.123456789+02:00', '2017-08-07T08:02:11Z'],
    ['2017-08-07T10:02:11+0530', '2017-08-07T04:32:11Z'],
    ['2017-08-07T10:02:11-5', '2017-08-07T15:02:11Z'],
    ['20170807T100211Z', '2017-08-07T10:02:11Z'],
    ['2017-08-07+01:00', '2017-08-06T23:00:00Z'],
    ['1502100131', '2017-08-07T10:02:11Z'],
    ['1502100131000', '2017-08-07T10:02:11Z'],
    ['Di, 23 Jan 2018 10:02:11 MEZ', '2018-01-23T09:02:11Z'],
    ['Mo, 07 Mär 2018 10:02 CET', '2018-03-07T09:02:00Z'],
    ['7. März 2018, 10:02 Uhr', '2018-03-07T10:02:00Z'],
    ['7 août 2017 10:02:11 +0200', '2017-08-07T08:02:11Z'],
    ['lun., 5 mars 2018 10h02', '2018-03-05T10:02:00Z'],
    ['mar, 23 ene 2018 10:00:00 +0100', '2018-01-23T09:00:00Z'],
    ['пн, 07 авг 2017 10:02:11 +0300', '2017-08-07T07:02:11Z'],
    ['2017年8月7日 10:02', '2017-08-07T10:02:00Z'],
    ['August 16th, 2017 at 3:04 p.m. EST', '2017-08-16T20:04:00Z'],
    ['Aug 7, 2017 10 a.m. ET', '2017-08-07T14:00:00Z'],
    ['Aug-07-2017', '2017-08-07T00:00:00Z'],
    ['8/7/2017 10:02:11 PM', '2017-08-07T22:02:11Z'],
    ['13/8/2017 10:02', '2017-08-13T10:02:00Z'],
    ['07.08.2017 10:02', '2017-08-07T10:02:00Z'],
    ['2017/08/07 10:02 IST', '2017-08-07T04:32:00Z'],
    ['Thu, 30 Nov 2026 24:00:00 GMT', '2026-12-01T00:00:00Z'],
    ['Thu, 1 Jan 2026 10:02:60 Z', '2026-01-01T10:02:59Z'],
    // With and without signs between the numbers, in one date.
    ['2017-08-07T100211+02:00', '2017-08-07T08:02:11Z'],
    ['20170807T10:02:11.45+02:00', '2017-08-07T08:02:11Z'],
    ['2017-08-07 T 10:02:11Z', '2017-08-07T10:02:11Z'],
    ['2017-08-07T10:2:1+00:0', '2017-08-07T10:02:01Z'],
    ['Mon, 07 Aug 2017 10.02.11 GMT', '2017-08-07T10:02:11Z'],
    ['2017. 08. 07. 10:02', '2017-08-07T10:02:00Z'],
    ['1502100131.5', '2017-08-07T10:02:11Z'],
    // Dashes of printers, and between day and time.
    ['Mon, 7 Aug 2017 05:02:11 \u22120500', '2017-08-07T10:02:11Z'],
    ['Monday, August 7, 2017 \u2013 5:02am CDT', '2017-08-07T10:02:00Z'],
    // Zones by their other names.
    ['2017-08-07 05:02:11 America/Chicago', '2017-08-07T10:02:11Z'],
    ['2018-01-07 05:02:11 US/Central', '2018-01-07T11:02:11Z'],
    ['2017-08-07T05:02:11-05:00[America/Chicago]', '2017-08-07T10:02:11Z'],
    ['Mon, 07 Aug 2017 05:02:11 Central Daylight Time', '2017-08-07T10:02:11Z'],
    ['Mon, 07 Aug 2017 10:02:11 Coordinated Universal Time', '2017-08-07T10:02:11Z'],
    ['Thu, 09 Feb 2006 16:59:45 G', '2006-02-09T16:59:45Z'],
  ])('%s', (text, moment) => {
    expect(read(text)).toBe(moment)
  })

  test.each([
    '',
    'yesterday',
    'Today at 10:02',
    '1 day ago',
    'Sun, 16 zzz 2012',
    '031231',
    '2017',
    '2017-08',
    'Aug 2017',
    '10:02',
    'Mon, 32 Aug 2017',
    'Thu, 29 Feb 2017',
    '2017-13-01',
    '2017-08-07T25:00:00Z',
    '2017-08-07T10:61:00Z',
    '2017-08-07T10:02:11 BLAH',
    '0000-00-00 00:00:00',
    '1970-01-01T00:00:00Z',
    '2099-01-01T00:00:00Z',
    '7 jui 2017',
    '16 Aug 2012 2013',
    // Which one is the day?
    '8/7/2017',
    'x'.repeat(10_000),
  ])('is none: %s', text => {
    expect(read(text)).toBeUndefined()
  })

  test('without a zone is in UTC, or in the zone of the feed, never in that of this machine', () => {
    expect(read('2017-08-07 10:02:11')).toBe('2017-08-07T10:02:11Z')
    expect(read('2017-08-07 10:02:11', 'America/Chicago')).toBe('2017-08-07T15:02:11Z')
    expect(read('7 Jan 2017', 'America/Chicago')).toBe('2017-01-07T06:00:00Z')
    expect(read('2017-08-07T10:02:11+02:00', 'America/Chicago')).toBe('2017-08-07T08:02:11Z')
  })

  test('with the short name of a zone that several countries use is in that of the feed', () => {
    expect(read('Mon, 7 Aug 2017 10:02 IST', 'Europe/Dublin')).toBe('2017-08-07T09:02:00Z')
    expect(read('Mon, 7 Aug 2017 10:02 CST', 'Asia/Shanghai')).toBe('2017-08-07T02:02:00Z')
    expect(read('Mon, 7 Aug 2017 10:02 EST', 'Asia/Shanghai')).toBe('2017-08-07T15:02:00Z')
  })
})
