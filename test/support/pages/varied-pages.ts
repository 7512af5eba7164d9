import type { Article } from '../../../src/import/article.ts'

/** A page of one kind, and what is to be read from it. */
type VariedPage = {
  name: string
  page: string | Uint8Array
  contentType?: string
  url?: string
  text: string[]
  head?: Pick<Article, 'title' | 'outlet' | 'author' | 'published' | 'url'>
  labels?: true
  dropped?: string[]
}

const p = (...lines: string[]) => lines.map(line => `<p>${line}</p>`).join('\n')
const json = (data: unknown) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`

/** The bytes of a text in windows-1252. */
function windows1252(text: string): Uint8Array {
  const special: Record<string, number> = { '“': 0x93, '”': 0x94, '’': 0x92, '–': 0x96, '—': 0x97, '€': 0x80 }
  return Uint8Array.from(text, sign => special[sign] ?? sign.charCodeAt(0))
}

const BRIDGE = [
  'The Harbour Bridge will open again in March, nine months later than planned, the council said on Monday.',
  '“We would rather be late than wrong,” said Dana Whitfield, the city’s chief engineer. “Nobody drives on a bolt that we have not seen.”',
  'The council has spent £41.2m on the repair since 2024, when a diver found cracks in two of the six piers.',
  'Ferries will go on crossing every 20 minutes until the first bus has passed.',
]
const LEVY = [
  'Voters in Ashford turned down the school levy on Tuesday by 212 votes out of 18,406, the county clerk said.',
  'It was the third defeat in four years for the board, which wanted 3.1 mills for roofs and boilers.',
  '"We heard them," said Superintendent Maria Ortiz, who had campaigned in each of the eleven schools. "Now the roof will have to hear them, too."',
  'The board meets again on December 3 to talk about what it will close.',
]

/** Pages of the kinds that editors import, each made for this test. */
export const VARIED_PAGES: VariedPage[] = [
  {
    name: 'a news page whose JSON-LD is in a graph, with an author by id',
    url: 'https://www.ashfordpost.example/2025/11/04/levy-fails/?utm_campaign=app#top',
    page: `<html><head><title>Levy fails - Ashford Post</title>${json({
      '@context': 'https://schema.org',
      '@graph': [
        { '@type': 'Organization', '@id': '#org', name: 'Ashford Post' },
        { '@type': 'Person', '@id': '#lee', name: 'Tom Lee' },
        { '@type': 'WebPage', '@id': '#page', name: 'Levy fails' },
        {
          '@type': 'NewsArticle',
          headline: 'Ashford voters turn down school levy &#8211; again',
          author: { '@id': '#lee' },
          publisher: { '@id': '#org' },
          datePublished: '2025-11-04T23:10:00-05:00',
          dateModified: '2025-11-06T08:00:00-05:00',
        },
      ],
    })}</head><body><nav><a href="/">Home</a> <a href="/sports">Sports</a></nav>
<main><h1>Ashford voters turn down school levy – again</h1>${p(...LEVY.slice(0, 2))}
<div class="ad-container"><p>Advertisement</p></div>${p(...LEVY.slice(2))}
<div class="related-articles"><h3>Related</h3><p><a href="/1">What a mill is, and why your bill says so many of them</a></p></div>
</main><footer>© 2025 Ashford Post</footer></body></html>`,
    text: LEVY,
    head: {
      title: { value: 'Ashford voters turn down school levy – again', from: 'json-ld' },
      outlet: { value: 'Ashford Post', from: 'json-ld' },
      author: { value: 'Tom Lee', from: 'json-ld' },
      published: { date: '2025-11-04', from: 'json-ld', sure: true },
      url: 'https://www.ashfordpost.example/2025/11/04/levy-fails/',
    },
    dropped: ['Advertisement'],
  },
  {
    name: 'a blog with a list, a block quote and headings',
    page: `<html><head><meta property="og:site_name" content="Slow Rivers"><meta property="og:title" content="What the gauge says | Slow Rivers">
<meta name="author" content="By Ines Marek"></head><body><article><h1>What the gauge says</h1>
<time datetime="2024-05-02">2 May 2024</time>
<p>Every spring the same three numbers decide whether I sleep, and this year I wrote down where they come from.</p>
<h2>Three numbers</h2><ul><li>The height at the old mill, every hour.</li><li>The height at the weir, when somebody reads it.</li><li>What my neighbour says.</li></ul>
<blockquote><p>The river has no memory, and we have no patience.</p></blockquote>
<p>My neighbour said that in 2013, standing to his knees in his kitchen, and he has not moved since.</p>
<p>So when the county closes the gauge, as it wants to in June, I will go on asking him.</p></article>
<section class="comments"><p>Great post, and so true! I have the very same neighbour, two valleys down from here.</p></section></body></html>`,
    text: [
      'Every spring the same three numbers decide whether I sleep, and this year I wrote down where they come from.',
      'Three numbers',
      'The height at the old mill, every hour.',
      'The height at the weir, when somebody reads it.',
      'What my neighbour says.',
      'The river has no memory, and we have no patience.',
      'My neighbour said that in 2013, standing to his knees in his kitchen, and he has not moved since.',
      'So when the county closes the gauge, as it wants to in June, I will go on asking him.',
    ],
    head: {
      title: { value: 'What the gauge says', from: 'meta' },
      outlet: { value: 'Slow Rivers', from: 'meta' },
      author: { value: 'Ines Marek', from: 'meta' },
      published: { date: '2024-05-02', from: 'time', sure: false },
    },
  },
  {
    name: 'a press release of a court, as preformatted text',
    page: `<html><head><title>News release</title></head><body><pre>
FOR IMMEDIATE RELEASE
March 14, 2025

The Court of Appeals today affirmed the judgment of the District
Court in City of Marlow v. Hale, holding that the levy fund may not
be used for anything but the water works.

"The statute means what it says," Judge Lena Ford wrote for the
unanimous panel. "It says water."

The mandate will issue in twenty-one days unless a petition for
rehearing is filed.
</pre></body></html>`,
    text: [
      'FOR IMMEDIATE RELEASE',
      'The Court of Appeals today affirmed the judgment of the District Court in City of Marlow v. Hale, holding that the levy fund may not be used for anything but the water works.',
      '"The statute means what it says," Judge Lena Ford wrote for the unanimous panel. "It says water."',
      'The mandate will issue in twenty-one days unless a petition for rehearing is filed.',
    ],
    dropped: ['March 14, 2025'],
  },
  {
    name: 'a page that is mostly a table',
    page: `<html><body><article><h1>Precinct by precinct</h1><p>The county published the count of all four precincts on Wednesday afternoon, and the margin fell to 212 votes.</p>
<table><thead><tr><th>Precinct</th><th>Yes</th><th>No</th></tr></thead><tbody><tr><td>Mill Street</td><td>2,114</td><td>2,390</td></tr><tr><td>North Hill</td><td>3,015</td><td>2,977</td></tr></tbody></table>
<p>Officials will test two precincts by hand on Friday, as they do after every election in the county, and publish what they find.</p></article></body></html>`,
    text: [
      'The county published the count of all four precincts on Wednesday afternoon, and the margin fell to 212 votes.',
      'Precinct | Yes | No',
      'Mill Street | 2,114 | 2,390',
      'North Hill | 3,015 | 2,977',
      'Officials will test two precincts by hand on Friday, as they do after every election in the county, and publish what they find.',
    ],
    head: { title: { value: 'Precinct by precinct', from: 'page' } },
  },
  {
    name: 'a British page with captions, credits and a date in words',
    url: 'https://www.theherring.co.uk/news/harbour-bridge',
    page: `<html><head><meta property="og:site_name" content="The Herring"><meta property="og:title" content="Harbour Bridge to reopen in March - The Herring"></head><body><main><article>
<h1>Harbour Bridge “to reopen” in March</h1><div class="byline">By Fiona Ames</div><span class="publish-date">Published: 3 November 2025, 17:05 GMT</span>
<figure><img src="b.jpg"><figcaption>The bridge from the south bank. Photograph: Rob Ames/The Herring</figcaption></figure>
${p(BRIDGE[0]!, BRIDGE[1]!.replaceAll('“', '‘').replaceAll('”', '’'))}
<p>Read more: <a href="/x">What the diver saw</a></p>${p(BRIDGE[2]!)}<p>Photograph: Rob Ames</p>${p(BRIDGE[3]!)}
<p>Follow The Herring on Facebook, X and Instagram</p></article></main></body></html>`,
    text: [
      BRIDGE[0]!,
      '‘We would rather be late than wrong,’ said Dana Whitfield, the city’s chief engineer. ‘Nobody drives on a bolt that we have not seen.’',
      BRIDGE[2]!,
      BRIDGE[3]!,
    ],
    head: {
      title: { value: 'Harbour Bridge to reopen in March', from: 'meta' },
      outlet: { value: 'The Herring', from: 'meta' },
      author: { value: 'Fiona Ames', from: 'page' },
      published: { date: '2025-11-03', from: 'text', sure: false },
      url: 'https://www.theherring.co.uk/news/harbour-bridge',
    },
  },
  {
    name: 'a page of a wiki, without the marks of references and links to edit',
    page: `<html><head><title>Harbour Bridge - Townpedia</title></head><body><div id="content"><h1>Harbour Bridge</h1>
<div id="toc" class="toc"><ul><li><a href="#h">1 History</a></li></ul></div>
<p><b>Harbour Bridge</b> is a road bridge with six piers<sup class="reference"><a href="#1">[1]</a></sup> that was opened in 1931<sup id="r2" class="reference">[2]</sup> and crosses the lower harbour.</p>
<h2>History<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>
<p>It was closed on the 14<sup>th</sup> of June 2025 after a diver found cracks in two of its piers, and has been closed since.</p>
<p>The repair was planned to take nine weeks; the council has changed the date four times, most recently in November.</p></div></body></html>`,
    text: [
      'Harbour Bridge is a road bridge with six piers that was opened in 1931 and crosses the lower harbour.',
      'History',
      'It was closed on the 14th of June 2025 after a diver found cracks in two of its piers, and has been closed since.',
      'The repair was planned to take nine weeks; the council has changed the date four times, most recently in November.',
    ],
    head: { title: { value: 'Harbour Bridge', from: 'page' } },
  },
  {
    name: 'old HTML without paragraphs, in a table and font tags',
    page: `<HTML><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=600><TR><TD WIDTH=100><A HREF=index.html>Home</A><BR><A HREF=news.html>News</A></TD><TD>
<FONT FACE=Times SIZE=5><B>Levy fails again</B></FONT><BR><BR>
<FONT FACE=Times>${LEVY[0]}<BR><BR>
${LEVY[1]}<BR>&nbsp;<BR>${LEVY[2]!.replace('campaigned in', 'campaigned<BR>in')}<BR><BR>${LEVY[3]}</FONT></TD></TR></TABLE></BODY></HTML>`,
    text: ['Levy fails again', ...LEVY],
  },
  {
    name: 'windows-1252, called UTF-8 by its server and nothing by itself',
    contentType: 'text/html; charset=utf-8',
    page: windows1252(`<html><body><article>${p(...BRIDGE)}</article></body></html>`),
    text: BRIDGE,
  },
  {
    name: 'windows-1252, called so by the page',
    page: windows1252(
      `<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head><body><article>${p(...BRIDGE, 'Das Café kostet 3 € – für alle.')}</article></body></html>`,
    ),
    text: [...BRIDGE, 'Das Café kostet 3 € – für alle.'],
  },
  {
    name: 'JSON-LD in a careless array, in a comment, with line breaks and commas too many',
    page: `<html><head><script type='application/ld+json'><!--
[{"@type":["ReportageNewsArticle","Article"],"headline":"Levy
fails","author":["Tom Lee",{"@type":"Person","name":"Ana Ruiz"},"https://x.example/tom"],"publisher":{"name":"Ashford &amp; Marlow Post",},"datePublished":"Nov 4, 2025 11:10 PM EST",},]
//--></script></head><body><article>${p(...LEVY)}</article></body></html>`,
    text: LEVY,
    head: {
      title: { value: 'Levy fails', from: 'json-ld' },
      outlet: { value: 'Ashford & Marlow Post', from: 'json-ld' },
      author: { value: 'Tom Lee, Ana Ruiz', from: 'json-ld' },
      published: { date: '2025-11-04', from: 'json-ld', sure: true },
    },
  },
  {
    name: 'AMP, which names its own page',
    url: 'https://amp.ashfordpost.example/levy-fails.amp.html',
    page: `<!doctype html><html ⚡><head><meta charset="utf-8"><link rel="canonical" href="https://www.ashfordpost.example/2025/11/04/levy-fails"><style amp-boilerplate>body{visibility:hidden}</style></head>
<body><amp-sidebar id="menu"><ul><li>Home of the Ashford Post since 1889</li></ul></amp-sidebar><article><h1>Levy fails</h1>${p(...LEVY.slice(0, 2))}
<amp-ad width=300><div>Buy two boilers and pay for only one of them today</div></amp-ad>${p(...LEVY.slice(2))}
<amp-social-share type="twitter"></amp-social-share></article></body></html>`,
    text: LEVY,
    head: {
      title: { value: 'Levy fails', from: 'page' },
      outlet: { value: 'ashfordpost.example', from: 'address' },
      published: { date: '2025-11-04', from: 'address', sure: false },
      url: 'https://www.ashfordpost.example/2025/11/04/levy-fails',
    },
  },
  {
    name: 'text in pieces of a script’s markup, with marks that the browser draws',
    page: `<html><body><article><p>Voters<!-- --> turned <span>down</span><!-- --> the le<wbr>vy by <b>212</b> votes; the clerk called it <q>close, and <i>no</i> more</q>.</p>${p(...LEVY.slice(1))}</article></body></html>`,
    text: [
      'Voters turned down the levy by 212 votes; the clerk called it “close, and no more”.',
      ...LEVY.slice(1),
    ],
  },
  {
    name: 'a press conference, each speaker after a line break',
    page: `<html><body><main><h1>Remarks on the bridge</h1><p>MAYOR REYES: Good morning. We open the bridge in March, and I am happy to take questions.<br>Q: Why March, when you told us June and then September?<br>
MAYOR REYES: Because the bolts came late.<br>Q: Who pays for that?</p><p>MS. WHITFIELD (chief engineer): The maker of the bolts does.</p></main></body></html>`,
    text: [
      'MAYOR REYES: Good morning. We open the bridge in March, and I am happy to take questions.',
      'Q: Why March, when you told us June and then September?',
      'MAYOR REYES: Because the bolts came late.',
      'Q: Who pays for that?',
      'MS. WHITFIELD (chief engineer): The maker of the bolts does.',
    ],
    labels: true,
  },
]
