import {
  all,
  body,
  but,
  DAY,
  days,
  FIRST_POLL,
  HOUR,
  NAMES,
  report,
  type Sequence,
  SITE,
  slug,
} from './told.ts'

/** Feeds that use ids, addresses and dates in ways of their own. */
export const IDS_AND_PLACES: Sequence[] = [
  {
    name: 'a site moves to https and leaves out its www',
    polls: [
      all(told => ({
        url: told.url!.replace('https://', 'http://www.'),
        guid: told.guid!.replace('https://', 'http://www.'),
      })),
      all(),
    ],
    edits: 0,
  },
  {
    name: 'all ids become numbers',
    polls: [
      all(),
      all((_, at) => ({ guid: String(5_000 + at) })),
      all((_, at) => ({ guid: String(5_000 + at) })),
    ],
    edits: 0,
  },
  {
    name: 'a column of each day has one title',
    polls: days(5, day => ({
      ...report('fares'),
      is: `day ${day}`,
      title: 'Police blotter',
      guid: `blotter-${day}`,
      url: `${SITE}/blotter/${day}`,
      text: body(`night ${day}`),
      published: FIRST_POLL + (day - 9) * DAY,
    })),
    edits: 0,
  },
  {
    name: 'a column of each day has one title and one address',
    polls: days(5, day => ({
      ...report('fares'),
      is: `day ${day}`,
      title: 'Weather for the Quad Cities',
      guid: `weather-${day}`,
      url: `${SITE}/weather`,
      text: body(`sky ${day} is ${'sunny grey wet'.split(' ')[day % 3]}`),
      published: FIRST_POLL + (day - 9) * DAY,
    })),
    edits: 0,
  },
  {
    name: 'a page that is kept up to date has one id',
    polls: Array.from({ length: 4 }, (_, day) =>
      but({ title: 'Traffic now', text: body(`road ${day} `), published: FIRST_POLL + day * DAY }),
    ),
    edits: 0,
  },
  {
    name: 'there are no ids, one address, and any order',
    polls: [0, 1, 2, 3].map(turn => {
      const told = all(() => ({ guid: undefined, url: `${SITE}/news` }))
      return [...told.slice(turn), ...told.slice(0, turn)]
    }),
    edits: 0,
  },
  {
    name: 'addresses and ids carry the number of a visit',
    polls: ['A1', 'B2', 'C3'].map(visit =>
      all(told => ({ url: `${told.url};jsessionid=${visit}`, guid: `${told.url};jsessionid=${visit}` })),
    ),
    edits: 0,
  },
  {
    name: 'addresses carry the number of a visit as a parameter',
    polls: ['a1', 'b2', 'c3'].map(visit => all(told => ({ url: `${told.url}?PHPSESSID=${visit}` }))),
    edits: 0,
  },
  {
    name: 'an address that was escaped twice is mended',
    polls: [
      all(told => ({ url: `${told.url}?a=1&amp;b=2`, guid: `${SITE}/?a=1&amp;p=${told.is}` })),
      all(told => ({ url: `${told.url}?a=1&b=2`, guid: `${SITE}/?a=1&p=${told.is}` })),
    ],
    edits: 0,
  },
  {
    name: 'a report vanishes and returns with another id',
    polls: [all(), all().slice(1), all().slice(1), but({ guid: `${SITE}/?p=901` })],
    edits: 0,
  },
  {
    name: 'a report vanishes and returns with another id and a newer date',
    polls: [all(), all().slice(1), but({ guid: `${SITE}/?p=901`, published: FIRST_POLL + HOUR })],
    edits: 0,
  },
  {
    name: 'a date in the future is set right',
    polls: [but({ published: FIRST_POLL + 5 * DAY }), but({ published: FIRST_POLL - HOUR })],
    edits: 0,
  },
  {
    name: 'two reports have one title at a time',
    polls: [
      [
        { ...report('fares'), title: 'Fire in Moline' },
        { ...report('fire'), title: 'Fire in Moline' },
        report('school'),
      ],
      [
        report('school'),
        { ...report('fire'), title: 'Fire in Moline' },
        { ...report('fares'), title: 'Fire in Moline' },
      ],
    ],
    edits: 0,
  },
  {
    name: 'a number is used again for another report',
    polls: [
      all((_, at) => ({ guid: String(at) })),
      [
        {
          ...report('fares', { guid: '0' }),
          is: 'new',
          title: 'Sheriff reports a quiet holiday weekend',
          url: `${SITE}/news/sheriff`,
          text: 'Deputies wrote fewer tickets than in any year since 2010, and made two arrests, both of them for fights outside bars in the county seat. Boats stayed off the river because of the wind.',
          published: FIRST_POLL + HOUR,
        },
        ...all((_, at) => ({ guid: String(at) })).slice(1),
      ],
    ],
    edits: 0,
  },
  {
    name: 'the newest report always stands under one address',
    polls: days(4, day => ({ ...report(NAMES[day]!), url: `${SITE}/latest` })).map(told => told.slice(0, 1)),
    edits: 0,
  },
  {
    name: 'a report comes in two languages under one id',
    polls: [1, 2, 3].map(() =>
      all().flatMap(told => [
        told,
        {
          ...told,
          is: `${told.is} es`,
          title: `En español: ${slug(told.is)} número ${told.is.length}`,
          url: told.url!.replace('/news/', '/es/'),
          text: `Se confirmó el lunes. ${'Lo dicen dos funcionarios de la ciudad. '.repeat(4)}${told.is}`,
        },
      ]),
    ),
    edits: 0,
  },
  {
    name: 'ids change their case',
    polls: [
      all((_, at) => ({ guid: `5A3F00AB-0000-4000-8000-00000000000${at}` })),
      all((_, at) => ({ guid: `5a3f00ab-0000-4000-8000-00000000000${at}` })),
    ],
    edits: 0,
  },
  {
    name: 'addresses get the name of the file, and lose it',
    polls: [
      all(told => ({ url: `${told.url}/`, guid: `${told.url}/` })),
      all(told => ({ url: `${told.url}/index.html`, guid: `${told.url}/index.html` })),
      all(told => ({ guid: told.url })),
    ],
    edits: 0,
  },
  {
    name: 'two servers show two halves of the feed in turn',
    polls: Array.from({ length: 6 }, (_, poll) => (poll % 2 ? all().slice(0, 2) : all().slice(2))),
    edits: 0,
  },
  {
    name: 'a page of letters has one address and no ids',
    polls: days(4, week => ({
      ...report('fares'),
      is: `week ${week}`,
      title: 'Letters to the editor',
      guid: undefined,
      url: `${SITE}/letters`,
      text: `Letter number ${week}. ${'potholes schools parks buses'.split(' ')[week]} matter. `.repeat(6),
      published: FIRST_POLL + (week - 9) * 7 * DAY,
    })),
    edits: 0,
  },
  { name: 'the feed is empty for a while', polls: [all(), [], [], all()], edits: 0 },
  {
    name: 'all dates are those of the poll',
    polls: [0, 1, 2, 3].map(poll => all(() => ({ published: FIRST_POLL + poll * HOUR }))),
    edits: 0,
  },
  {
    name: 'ids that were paths become addresses',
    polls: [all(told => ({ guid: told.url!.replace(SITE, '') })), all(told => ({ guid: told.url }))],
    edits: 0,
  },
  {
    name: 'parameters change their order, and spaces their spelling',
    polls: [
      all(told => ({
        url: `${SITE}/a?story=${told.is}%20now&page=1`,
        guid: `${SITE}/a?story=${told.is}%20now&page=1`,
      })),
      all(told => ({
        url: `${SITE}/a?page=1&story=${told.is}+now`,
        guid: `${SITE}/a?page=1&story=${told.is}+now`,
      })),
    ],
    edits: 0,
  },
]
