import {
  all,
  body,
  but,
  DAY,
  EDITED,
  FIRST_POLL,
  HOUR,
  type Sequence,
  SITE,
  slug,
  type Told,
} from './told.ts'

/** Feeds that change what they say of a report, or where it stands. */
export const EDITS_AND_MOVES: Sequence[] = [
  {
    name: 'a live blog changes title, text and date six times',
    polls: Array.from({ length: 7 }, (_, poll) =>
      but(
        poll === 0
          ? {}
          : {
              title: `Board meets: update ${poll}`,
              text: body(`update ${poll} `),
              published: FIRST_POLL + poll * HOUR,
            },
      ),
    ),
    edits: 6,
  },
  {
    name: 'an edited headline changes the id and the address that are made of it',
    polls: [
      all(told => ({ guid: told.url })),
      but(
        { title: EDITED, url: `${SITE}/news/${slug(EDITED)}`, guid: `${SITE}/news/${slug(EDITED)}` },
        told => ({ guid: told.url }),
      ),
    ],
    edits: 1,
  },
  {
    name: 'the same, without any text',
    polls: [
      all(told => ({ guid: told.url, text: '' })),
      but(
        {
          title: EDITED,
          url: `${SITE}/news/${slug(EDITED)}`,
          guid: `${SITE}/news/${slug(EDITED)}`,
          text: '',
        },
        told => ({ guid: told.url, text: '' }),
      ),
    ],
    edits: 1,
  },
  {
    name: 'the same, and the date moves',
    polls: [
      all(told => ({ guid: told.url })),
      but(
        {
          title: EDITED,
          url: `${SITE}/news/${slug(EDITED)}`,
          guid: `${SITE}/news/${slug(EDITED)}`,
          published: FIRST_POLL + HOUR,
        },
        told => ({ guid: told.url }),
      ),
    ],
    edits: 1,
  },
  {
    name: 'an address by number becomes one in words',
    polls: [but({ url: `${SITE}/?p=100` }), all()],
    edits: 1,
  },
  {
    name: 'two servers give two forms of each address in turn',
    polls: Array.from({ length: 6 }, (_, poll) => all(told => (poll % 2 ? { url: `${told.url}/amp` } : {}))),
    edits: 5,
  },
  {
    name: 'all ids become numbers, and all addresses move',
    polls: [
      all(),
      all((told, at) => ({ guid: String(5_000 + at), url: told.url!.replace('/news/', `/2026/03/${at}-`) })),
    ],
    edits: 5,
  },
  {
    name: 'a flash gets another id and another headline under its address',
    polls: [
      but({ title: 'Board votes on fares', text: '' }),
      but({
        guid: `${SITE}/?p=900`,
        title: 'Transit board votes: fares go up a quarter',
        published: FIRST_POLL,
      }),
    ],
    edits: 1,
  },
  {
    name: 'a title that was escaped twice is mended',
    polls: [but({ title: 'Board &amp;amp; union agree' }), but({ title: 'Board & union agree' })],
    edits: 1,
  },
  {
    name: 'a file moves to another server',
    polls: [but({ url: 'https://cdn-a.example/1.mp3' }), but({ url: 'https://cdn-b.example/x/1.mp3' })],
    edits: 1,
  },
  {
    name: 'the name of the site is put after each title',
    polls: [all(), all(told => ({ title: `${told.title} - WQAD` }))],
    edits: 5,
  },
  {
    name: 'a new system gives other ids and puts the name of the site after each title',
    polls: [all(), all((told, at) => ({ guid: `node/${at}`, title: `${told.title} - WQAD` }))],
    edits: 5,
  },
  {
    name: 'a new system changes ids, addresses, texts and titles, and keeps the dates',
    polls: [
      all(),
      all((told, at) => ({
        guid: `node/${at}`,
        url: `${SITE}/article/${at}`,
        title: `${told.title} | WQAD`,
        text: `${told.text} Copyright WQAD. All rights reserved. Do not print.`,
      })),
    ],
    edits: 5,
  },
  {
    name: 'dates are those of the day, and an edited headline changes id and address',
    polls: [
      all(told => ({ guid: told.url, published: FIRST_POLL - DAY / 2 })),
      but(
        {
          title: EDITED,
          url: `${SITE}/news/${slug(EDITED)}`,
          guid: `${SITE}/news/${slug(EDITED)}`,
          published: FIRST_POLL - DAY / 2,
        },
        told => ({ guid: told.url, published: FIRST_POLL - DAY / 2 }),
      ),
    ],
    edits: 1,
  },
  {
    name: 'reports of one kind have nearly one title, and an id for each edit',
    polls: [0, 1, 2].map(edit =>
      Array.from(
        { length: 5 },
        (_, ward): Told => ({
          is: `ward ${ward}`,
          guid: `${SITE}/r/${ward}-${edit}`,
          title: `Results for ward ${ward + 1} of ten: ${30 + edit * 20} percent counted`,
          url: `${SITE}/results/ward-${ward + 1}`,
          text: '',
          published: FIRST_POLL - HOUR + edit,
        }),
      ),
    ),
    edits: 10,
  },
]
