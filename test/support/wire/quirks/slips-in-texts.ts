import {
  ATOM_NS,
  AUG_7,
  at,
  atom,
  declared,
  is,
  latin1,
  one,
  type Quirk,
  titled,
  withBytes,
} from './quirk.ts'

const ISO = '2017-08-07T10:02:11Z'

/** Feeds with a slip in a title, a date or their bytes. */
export const SLIPS_IN_TEXTS: Quirk[] = [
  // Titles
  {
    name: 'Atom: elements in a title that is said to be text',
    bytes: atom('<entry><id>1</id><title type="text">AT&amp;T <b>wins</b></title></entry>'),
    items: is('AT&T wins'),
  },
  {
    name: 'Atom: HTML in a title without a type',
    bytes: atom('<entry><id>1</id><title>AT&amp;amp;T &lt;b&gt;wins&lt;/b&gt;</title></entry>'),
    items: is('AT&T wins'),
  },
  {
    name: 'Atom: an element in a title that is text',
    bytes: atom('<entry><id>1</id><title type="text">Write &lt;b&gt;so&lt;/b&gt;</title></entry>'),
    items: is('Write <b>so</b>'),
  },
  {
    name: 'Atom 0.3: a title in base64',
    bytes: `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>x</title><entry><title mode="base64" type="text/html">${Buffer.from('AT&amp;T <b>wins</b>').toString('base64')}</title></entry></feed>`,
    items: is('AT&T wins'),
  },
  {
    name: 'tags of HTML that are seldom seen',
    bytes: titled('&lt;blink&gt;Fares&lt;/blink&gt; go &lt;embed src="x"&gt;up &lt;gorilla&gt;'),
    items: is('Fares go up <gorilla>'),
  },
  // Dates
  {
    name: 'RSS: nothing but when it was changed',
    bytes: one(`<title>a</title><pubDate>soon</pubDate><atom:updated>${ISO}</atom:updated>`, ATOM_NS),
    items: at(AUG_7),
  },
  {
    name: 'RSS: a date as Atom has it, without a prefix',
    bytes: one(`<title>a</title><published>${ISO}</published>`),
    items: at(AUG_7),
  },
  // Bytes
  {
    name: 'declared windows-1251, is UTF-8',
    bytes: declared('windows-1251', 'Москва сегодня'),
    items: is('Москва сегодня'),
  },
  {
    name: 'declared gb2312, is UTF-8',
    bytes: declared('gb2312', 'Café “open”, é'),
    items: is('Café “open”, é'),
  },
  {
    name: 'an encoding by a name of Windows',
    bytes: latin1(declared('win-1251', '\xcc\xee\xf1\xea\xe2\xe0')),
    items: is('Москва'),
  },
  {
    name: 'an encoding with another sign between its letters',
    bytes: latin1(declared('KOI8_R', '\xed\xcf\xd3\xcb\xd7\xc1')),
    items: is('Москва'),
  },
  {
    name: 'a sign as two halves of three bytes',
    bytes: withBytes(titled('Café @@ open'), [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]),
    items: is('Café 😀 open'),
  },
]
