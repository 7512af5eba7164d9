import { gzipSync } from 'node:zlib'
import {
  AUG_7,
  at,
  DC,
  declared,
  entry,
  is,
  latin1,
  one,
  type Quirk,
  titled,
  utf32,
  withBytes,
} from './quirk.ts'

/** Feeds with odd dates and odd encodings. */
export const DATES_AND_BYTES: Quirk[] = [
  // Dates
  { name: 'no date', bytes: one('<title>a</title>'), items: at(null) },
  { name: 'an empty date', bytes: one('<title>a</title><pubDate/>'), items: at(null) },
  { name: 'a date in words', bytes: one('<title>a</title><pubDate>yesterday</pubDate>'), items: at(null) },
  {
    name: 'a date without a zone',
    bytes: one('<title>a</title><pubDate>2017-08-07 10:02:11</pubDate>'),
    items: at(AUG_7),
  },
  {
    name: 'a date without a zone, in a feed that has one',
    bytes: one('<title>a</title><pubDate>2017-08-07 05:02:11</pubDate>'),
    zone: 'America/Chicago',
    items: at(AUG_7),
  },
  {
    name: 'a date in German',
    bytes: one('<title>a</title><pubDate>Mo, 07 Aug 2017 12:02:11 MESZ</pubDate>'),
    items: at(AUG_7),
  },
  {
    name: 'a date in American',
    bytes: one('<title>a</title><pubDate>August 7th, 2017 at 10:02:11 a.m.</pubDate>'),
    items: at(AUG_7),
  },
  {
    name: 'a date that is broken, and dc:date',
    bytes: one('<title>a</title><pubDate>soon</pubDate><dc:date>2017-08-07T10:02:11Z</dc:date>', DC),
    items: at(AUG_7),
  },
  {
    name: 'only updated, in Atom',
    bytes: entry('<updated>2017-08-07T10:02:11Z</updated>'),
    items: at(AUG_7),
  },
  {
    name: 'Atom 0.3 with issued',
    bytes: `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>x</title><entry><title>a</title><issued>2017-08-07T10:02:11Z</issued></entry></feed>`,
    items: at(AUG_7),
  },
  // Encodings
  {
    name: 'declared UTF-8, is windows-1252',
    bytes: latin1(declared('utf-8', 'Caf\xe9 \x93open\x94')),
    items: is('Café “open”'),
  },
  {
    name: 'declared Latin-1, has quotation marks of windows-1252',
    bytes: latin1(declared('iso-8859-1', 'It\x92s open')),
    items: is('It’s open'),
  },
  {
    name: 'declared Latin-1 by the server, is UTF-8',
    bytes: declared('utf-8', 'Café “open”'),
    contentType: 'text/xml; charset=ISO-8859-1',
    items: is('Café “open”'),
  },
  {
    name: 'UTF-8 with one sign cut in the middle',
    bytes: withBytes(one('<title>Café “open”</title><description>cut @@</description>'), [0xe2, 0x80]),
    items: is('Café “open”'),
  },
  {
    name: 'UTF-16 with a byte order mark',
    bytes: Buffer.from(`\ufeff${titled('Łódź')}`, 'utf16le'),
    items: is('Łódź'),
  },
  {
    name: 'UTF-16 without one, the other way round',
    bytes: Buffer.from(titled('Łódź'), 'utf16le').swap16(),
    items: is('Łódź'),
  },
  { name: 'UTF-32 without a byte order mark', bytes: utf32(titled('Łódź 😀')), items: is('Łódź 😀') },
  { name: 'two byte order marks', bytes: `\ufeff\ufeff${titled('a b')}`, items: is('a b') },
  {
    name: 'windows-1251, said by the server alone',
    bytes: withBytes(titled('@@'), [0xcc, 0xee, 0xf1, 0xf2]),
    contentType: 'application/rss+xml; charset=windows-1251',
    items: is('Мост'),
  },
  {
    name: 'an encoding that does not exist',
    bytes: titled('Café'),
    contentType: 'text/xml; charset=utf8mb4',
    items: is('Café'),
  },
  { name: 'declared UTF-16 in single bytes', bytes: declared('utf-16', 'Café'), items: is('Café') },
  { name: 'packed although no header says so', bytes: gzipSync(titled('Café')), items: is('Café') },
  { name: 'packed twice', bytes: gzipSync(gzipSync(titled('Café'))), items: is('Café') },
]
