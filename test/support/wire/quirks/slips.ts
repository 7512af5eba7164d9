import { atom, entry, is, json, leads, one, type Quirk, rss, titled } from './quirk.ts'

const RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
const LINK = '<link>https://wqad.example/1</link>'

/** Feeds with a slip that somebody made, each standing for its kind: what a reader sees plainly, and a parser does not. */
export const SLIPS: Quirk[] = [
  // Documents
  {
    name: 'a prefix before all names of RSS',
    bytes: `<r:rss xmlns:r="http://backend.userland.com/rss2" version="2.0"><r:channel><r:title>x</r:title><r:item><r:title>a b</r:title><r:link>https://wqad.example/1</r:link></r:item></r:channel></r:rss>`,
    items: [{ title: 'a b', url: 'https://wqad.example/1' }],
  },
  {
    name: 'the namespace of Atom around RSS',
    bytes: one(`<title>a b</title>${LINK}`, ' xmlns="http://www.w3.org/2005/Atom"'),
    items: [{ title: 'a b', url: 'https://wqad.example/1' }],
  },
  {
    name: 'RDF with its items in the channel',
    bytes: `<rdf:RDF ${RDF} xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>x</title><item rdf:about="https://wqad.example/1"><title>a b</title></item></channel></rdf:RDF>`,
    items: [{ title: 'a b', url: 'https://wqad.example/1' }],
  },
  {
    name: 'an element before the items that does not end',
    bytes: rss('<item><title>a</title></item><item><title>b</title></item>', '<category text="news">'),
    items: [{ title: 'a' }, { title: 'b' }],
  },
  {
    name: 'an item that does not end',
    bytes: rss('<item><title>a</title><item><title>b</title></item>'),
    items: [{ title: 'a' }, { title: 'b' }],
  },
  {
    name: 'an end that is misspelt',
    bytes: rss(`<item><title>a</titel>${LINK}</item><item><title>b</item><item><title>c</Title></item>`),
    items: [{ title: 'a', url: 'https://wqad.example/1' }, { title: 'b' }, { title: 'c' }],
  },
  {
    name: 'a text that is marked and does not end',
    bytes: rss(
      '<item><title>a</title></item><item><title>b</title><description><![CDATA[ x </description></item>',
    ),
    items: is('a'),
  },
  {
    name: 'an end that is missing, of all but the channel',
    bytes: titled('a b').replace('</rss>', ''),
    items: is('a b'),
  },
  {
    name: 'a DOCTYPE of HTML before the feed',
    bytes: `<!DOCTYPE html>\n${titled('a b')}`,
    items: is('a b'),
  },
  {
    name: 'thousands of blanks before the feed',
    bytes: ' '.repeat(30_000) + titled('a b'),
    items: is('a b'),
  },
  {
    name: 'attributes without quotation marks',
    bytes: one('<title>a</title><guid isPermaLink=false>https://wqad.example/1</guid>'),
    items: leads(null),
  },
  {
    name: 'an empty element before the full one',
    bytes: one(`<title/><title>a b</title><link></link>${LINK}`),
    items: [{ title: 'a b', url: 'https://wqad.example/1' }],
  },
  // Links
  {
    name: 'RSS: a link as Atom has it',
    bytes: one('<title>a</title><link rel="alternate" href="https://wqad.example/1"/>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'RSS: a link of the feed itself, without its prefix',
    bytes: one(`<title>a</title><link rel="self" href="https://wqad.example/s"></link>${LINK}`),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'RSS: a link that a program for web pages closed',
    bytes: one('<title>a</title><link/>https://wqad.example/1'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'Atom: a link as RSS has it',
    bytes: entry('<link>https://wqad.example/1</link>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'Atom: a relation by its place in the register',
    bytes: entry(
      '<link rel="http://www.iana.org/assignments/relation/alternate" href="https://wqad.example/1"/>',
    ),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'Atom: two relations',
    bytes: entry('<link rel="alternate external" href="https://wqad.example/1"/>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'Atom: a page as the content',
    bytes: entry('<content type="text/html" src="/1"/>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'Atom: an id that is an address, and no link',
    bytes: atom('<entry><id>https://wqad.example/1</id><title>a</title></entry>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'JSON Feed: an id that is an address, and no link',
    bytes: json([{ id: 'https://wqad.example/1', title: 'a' }]),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'a guid that is said to be a link, and is a path',
    bytes: one('<title>a</title><guid isPermaLink="true">/1</guid>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'a link that is escaped twice',
    bytes: one('<title>a</title><link><![CDATA[https://wqad.example/?a=1&amp;b=2&#038;c=3]]></link>'),
    items: leads('https://wqad.example/?a=1&b=2&c=3'),
  },
  {
    name: 'a link in quotation marks, between signs without width',
    bytes: one('<title>a</title><link>\u200b"https://wqad.example/1"</link>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'HTML in place of a link',
    bytes: one('<title>a</title><link>&lt;a href="https://wqad.example/1"&gt;here&lt;/a&gt;</link>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'a scheme twice',
    bytes: one('<title>a</title><link>http://https://wqad.example/1</link>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'a scheme without its colon',
    bytes: one('<title>a</title><link>https//wqad.example/1</link>'),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'the host of the site without a scheme',
    bytes: one('<title>a</title><link>www.wqad.example/1</link><guid>wqad.example/1</guid>').replace(
      'www.',
      '',
    ),
    items: leads('https://wqad.example/1'),
  },
  {
    name: 'words in place of a link',
    bytes: one('<title>a</title><link>see our site</link>'),
    items: leads(null),
  },
  {
    name: 'xml:base over a marked link',
    bytes: one(
      '<title>a</title><link><![CDATA[7?a=1&b=2]]></link>',
      ' xml:base="https://wqad.example/2017/"',
    ),
    items: leads('https://wqad.example/2017/7?a=1&b=2'),
  },
  {
    name: 'xml:base over a file',
    bytes: one('<title>a</title><enclosure url="7.mp3"/>', ' xml:base="https://wqad.example/2017/"'),
    items: leads('https://wqad.example/2017/7.mp3'),
  },
]
