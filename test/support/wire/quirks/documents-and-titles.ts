import { atom, ITUNES, is, one, type Quirk, titled } from './quirk.ts'

/** Feeds with something around them, and with odd titles. */
export const DOCUMENTS_AND_TITLES: Quirk[] = [
  // Around the document
  {
    name: 'a warning before the document',
    bytes: `<br />\n<b>Warning</b>: mysql_query() in <b>/srv/x.php</b> on line 3<br />\n${titled('a b')}`,
    items: is('a b'),
  },
  { name: 'blank lines before the document', bytes: `\n\n  \n${titled('a b')}`, items: is('a b') },
  {
    name: 'a script after the document',
    bytes: `${titled('a b')}\n<script src="https://ads.example/x.js"></script>`,
    items: is('a b'),
  },
  {
    name: 'a comment with another feed before it',
    bytes: `<!-- <feed><entry/></feed> -->${titled('a b')}`,
    items: is('a b'),
  },
  {
    name: 'a DOCTYPE with entities',
    bytes: titled('a &nbsp;&copy; b').replace('<rss', '<!DOCTYPE rss [<!ENTITY x "y">]>\n<rss'),
    items: is('a © b'),
  },
  {
    name: 'an element with a name of JavaScript',
    bytes: one('<title>a b</title><__proto__>x</__proto__><constructor>y</constructor>'),
    items: is('a b'),
  },
  {
    name: 'another document in a text of it',
    bytes: one('<title>a b</title><description><![CDATA[<rss><channel/></rss><html>]]></description>'),
    items: is('a b'),
  },
  // Titles
  { name: 'names of letters without a DTD', bytes: titled('Caf&eacute;&nbsp;open'), items: is('Café open') },
  { name: 'a bare &', bytes: titled('Q&A: R & D at AT&T'), items: is('Q&A: R & D at AT&T') },
  { name: 'escaped twice', bytes: titled('AT&amp;amp;T &amp;#8217;s'), items: is('AT&T ’s') },
  {
    name: 'HTML',
    bytes: titled('A &lt;b&gt;bold&lt;/b&gt; move&lt;br/&gt;today'),
    items: is('A bold move today'),
  },
  {
    name: 'what only looks like HTML',
    bytes: titled('If 5 &lt; 6, then &lt;NAME&gt; wins'),
    items: is('If 5 < 6, then <NAME> wins'),
  },
  {
    name: 'CDATA in pieces',
    bytes: titled('Fares <![CDATA[go &amp; ]]>come<![CDATA[ up]]>'),
    items: is('Fares go & come up'),
  },
  {
    name: 'control characters of windows-1252 by number',
    bytes: titled('It&#146;s &#147;open&#148; &#x96; now'),
    items: is('It’s “open” – now'),
  },
  {
    name: 'an emoji as two halves by number',
    bytes: titled('&#55357;&#56832; and &#xD83D;&#xDE00;'),
    items: is('😀 and 😀'),
  },
  { name: 'line ends and blanks', bytes: titled('\n   Fares\n\t go   up \n'), items: is('Fares go up') },
  {
    name: 'characters that turn the direction',
    bytes: titled('Fares \u202ego up\u202c\u0007'),
    items: is('Fares go up'),
  },
  {
    name: 'Atom: text that shows a tag',
    bytes: atom('<entry><id>1</id><title>How to use &lt;b&gt;</title></entry>'),
    items: is('How to use <b>'),
  },
  {
    name: 'Atom: HTML',
    bytes: atom('<entry><id>1</id><title type="html">AT&amp;amp;T &lt;i&gt;wins&lt;/i&gt;</title></entry>'),
    items: is('AT&T wins'),
  },
  {
    name: 'Atom: XHTML',
    bytes: atom(
      '<entry><id>1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">AT&amp;T <em>wins</em></div></title></entry>',
    ),
    items: is('AT&T wins'),
  },
  {
    name: 'a title in iTunes alone',
    bytes: one(
      '<itunes:title>Episode one</itunes:title><enclosure url="https://wqad.example/1.mp3" length="1" type="audio/mpeg"/>',
      ITUNES,
    ),
    items: [{ title: 'Episode one', url: 'https://wqad.example/1.mp3' }],
  },
]
