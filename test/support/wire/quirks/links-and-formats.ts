import { ATOM_NS, AUG_7, atom, DC, entry, is, json, leads, one, PUB, type Quirk, rss } from './quirk.ts'

/** Feeds with odd links, and in odd formats. */
export const LINKS_AND_FORMATS: Quirk[] = [
  // Links
  {
    name: 'a relative link in RSS',
    bytes: one('<title>a</title><link>/news/1</link>'),
    items: leads('https://wqad.example/news/1'),
  },
  {
    name: 'a relative link in a feed whose site is relative too',
    bytes: rss('<item><title>a</title><link>1.html</link></item>').replace('https://wqad.example/', '/site/'),
    items: leads('https://feeds.example/site/1.html'),
  },
  {
    name: 'bases within bases',
    bytes: atom(
      '<entry xml:base="2017/"><id>1</id><title>a</title><link xml:base="08/" href="7?a=1&amp;b=2"/></entry>',
      ' xml:base="/blog/"',
    ),
    items: leads('https://feeds.example/blog/2017/08/7?a=1&b=2'),
  },
  {
    name: 'links to itself and to edit before the one to read',
    bytes: entry(
      '<link rel="self" href="https://wqad.example/s"/><link rel="edit" href="https://wqad.example/e"/><link href="https://wqad.example/1"/>',
    ),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'only a link to itself',
    bytes: entry('<link rel="self" href="https://wqad.example/s"/>'),
    items: leads(null),
  },
  {
    name: 'an atom:link before the link in RSS',
    bytes: one(
      '<title>a</title><atom:link rel="self" href="https://wqad.example/s"/><link>https://wqad.example/1</link>',
      ATOM_NS,
    ),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'an id that is the link',
    bytes: one('<title>a</title><guid>https://wqad.example/1</guid>'),
    items: [{ guid: 'https://wqad.example/1', url: 'https://wqad.example/1' }],
  },
  {
    name: 'an id that is said not to be the link',
    bytes: one('<title>a</title><guid isPermaLink="false">https://wqad.example/1</guid>'),
    items: leads(null),
  },
  {
    name: 'an id that only claims to be the link',
    bytes: one('<title>a</title><guid isPermaLink="true">1234</guid>'),
    items: [{ guid: '1234', url: null }],
  },
  {
    name: 'a link that is a script, and the id that is none',
    bytes: one('<title>a</title><link>javascript:alert(1)</link><guid>https://wqad.example/1</guid>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'a link with a password',
    bytes: one('<title>a</title><link>https://me:secret@wqad.example/1</link>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'a link with line ends in it',
    bytes: one('<title>a</title><link>\n https://wqad.example/\n1 </link>'),
    items: leads('https://wqad.example/1'),
  },
  // Formats
  {
    name: 'RSS 1.0 with dc:date and the id in about',
    bytes: `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"${DC}><channel rdf:about="x"><title>x</title><link>https://wqad.example/</link></channel><item rdf:about="https://wqad.example/1"><title>a b</title><dc:date>2017-08-07T12:02:11+02:00</dc:date></item></rdf:RDF>`,
    items: [
      { title: 'a b', guid: 'https://wqad.example/1', url: 'https://wqad.example/1', published: AUG_7 },
    ],
  },
  {
    name: 'RSS 0.91 with an outlet of its own in each item',
    bytes: one(
      `<title>a b</title><source url="https://tribune.example/rss">Chicago Tribune</source>${PUB}`,
    ).replace('2.0', '0.91'),
    items: [{ outlet: 'Chicago Tribune', published: AUG_7 }],
  },
  {
    name: 'JSON Feed with a number as id and a byte order mark',
    bytes: `\ufeff${json([{ id: 12, url: '/1', title: 'AT&amp;T <b>', content_html: '<p>x</p>', date_published: '2017-08-07T10:02:11Z' }], { home_page_url: 'https://wqad.example/' })}`,
    items: [{ guid: '12', title: 'AT&T <b>', url: 'https://wqad.example/1', text: 'x', published: AUG_7 }],
  },
  {
    name: 'JSON Feed with half an emoji',
    bytes: json([{ id: '1', title: 'x' }]).replace('"x"', '"Fares \\ud83d up"'),
    items: is('Fares \ufffd up'),
  },
]
