import { STORY_VERBS, type Story } from '../../../src/content/story.ts'

// What is not known is typed in letters that no sentence of ours has, since it is repeated to whoever typed it.
const NO = 'Ձձձ'

/** Lines that begin alike, of which each goes on as it stands between two bars. */
const lines = (head: string, rests: string) => rests.split('|').map(rest => `${head} ${rest.trim()}`.trim())
const LONG = 'Ա '.repeat(200)

/** Lines that go wrong, or ask for what is rarely asked. */
export const ODD_LINES: string[] = [
  ...STORY_VERBS.flatMap(verb => lines(`/lawsuit ${verb}`, `${NO}|--page 2|--page 99|--since ${NO}|--card`)),
  ...STORY_VERBS.flatMap(verb => [`/nutgraf bare ${verb}`, `/nutgraf chicago ${verb}`]),
  ...lines('/lawsuit', `|${NO}|2018|--public|--page|--public=x|--chart=x|--${NO}|help 2`),
  ...lines('/lawsuit timeline', '2018|2018..2019|1999|2999|--since 2018-04-19|--since 2999-01-01|--since'),
  ...lines('/lawsuit timeline', '--chart|--chart --dark|1999 --chart|--chart=x'),
  ...lines('/lawsuit quotes', `2018|#99|--since 2018-04-19|Ճեճճթկծճ|${NO} ${NO}`),
  ...lines('/lawsuit sources', '#1|#99|2018'),
  ...lines('/lawsuit changes', '--since 2017-01-01|--since 7d|--since 2026-05-04'),
  ...lines('/nutgraf', `|${NO}|2018|about|help|story|story list|find|changes|old-bridge|bare ${NO}`),
  ...lines('/nutgraf story', `${NO}|lawsuit ${NO}|2018|--page 2|bare timeline --chart`),
  ...lines('/nutgraf find', `${NO}|2018|${NO} --story lawsuit|Ա --story ${NO}|${LONG}|--page 2`),
  ...lines(
    '/nutgraf changes',
    `${NO}|--since 2017-01-01|--since 7d --page 2|--since ${NO}|--page 99|--since today`,
  ),
  ...lines('/nutgraf help', `digest|quote|story|find|changes|desk|lawsuit|${NO}`),
  ...lines(
    '/quote',
    `|check|${NO}|check "${NO} ${NO} ${NO}"|#99|--page 99|--since ${NO}|2018|${LONG}|check ${LONG}`,
  ),
  ...lines(
    '/quote',
    `Ճեճճթկծճ #99|Ճեճճթկծճ --card|Ճեճճթկծճ --card --dark|--story lawsuit|--story ${NO}|--story bare`,
  ),
  ...[
    '/span summary',
    `/${NO}`,
    `/${NO} --public`,
    '/nutgraf @nutgraf',
    '/quote --card',
    `/lawsuit ${LONG.repeat(4)}`,
  ],
]

/** Words to check that stand in the sources of a story, in all the ways in which somebody gets them wrong. */
export const quotedLines = ({ quotes, facts, people }: Story): string[] => [
  ...quotes.slice(0, 8).flatMap(({ words }) => {
    const [first = '', ...rest] = words.split(' ')
    return [
      words,
      `${rest.join(' ')} ${first}`,
      `${first} ${NO} ${rest.join(' ')}`,
      `${first} ${rest.slice(2).join(' ')}`,
      words.replaceAll(',', ''),
      `${words.replace(/[.,]$/, '')},`,
      words.replace(' ', ' \u200b'),
      rest.slice(0, 4).join(' '),
      words.toUpperCase(),
    ].map(said => `/quote check "${said}"`)
  }),
  ...facts
    .flatMap(({ claim }) => (claim ? [`/quote check "${claim.says}"`, `/quote ${claim.says}`] : []))
    .slice(0, 6),
  ...people.map(({ name }) => `/quote ${name}`),
  ...quotes.slice(0, 4).map(({ words }) => `/quote ${words.split(' ').slice(0, 3).join(' ')}`),
]

/** What is typed about digests, in this order. */
export const DIGEST_LINES: string[] = [
  ...lines('/digest', `|help|status|${NO}|off|set 08:00|quiet|quiet skip|preview|now|set ${NO}|on|on ${NO}`),
  ...lines(
    '/digest',
    `on NAME 25:00|on NAME 07:30 ${NO}|on NAME --${NO}|on NAME 08:00 mon ${NO}|on NAME|on NAME`,
  ),
  ...lines(
    '/digest',
    '|status|help|set 08:15|set mon,tue|set weekends|set daily|set|set Europe/Berlin|set paris',
  ),
  ...lines(
    '/digest',
    `set lawsuit|set chicago|set story:chicago|set all|quiet note|quiet skip|quiet|quiet ${NO}`,
  ),
  ...lines(
    '/digest',
    `set NAME|preview|preview NAME|preview --public|now --public|set few 08:00|preview ${NO}|now|now NAME|settings|settings NAME|off ${NO}`,
  ),
  ...lines('/lawsuit', `follow ${NO}|follow NAME|unfollow NAME|unfollow NAME|follow|follow|unfollow`),
  ...lines(
    '/digest',
    'set bare|off NAME|off NAME|status|on NAME lawsuit 09:00|off NAME bare|off|on NAME 3pm est',
  ),
  ...lines(
    '/digest',
    'on NAME 12|on NAME 08:00 09:00|on NAME Paris Berlin|on NAME 08:00 --public|status --page 9',
  ),
  ...lines(
    '/digest',
    'on few|on NAME|off|set 09:00|status|/lawsuit follow|off few|on few lawsuit|off few|on few',
  ),
  ...lines('/lawsuit', 'follow|follow few|unfollow'),
  ...lines('/nutgraf chicago', 'unfollow few'),
]

/** What editors type, in this order; PART is a part of a story. */
export const DESK_LINES: string[] = [
  ...lines('/desk', `|help|status|${NO}|--public|audit|audit ${NO}|retry|retry ${NO}|--page 9|--${NO}`),
  ...lines(
    '/desk',
    `kill|kill ${NO}|kill old-bridge|kill lawsuit|kill lawsuit ${LONG}|kill lawsuit \u200bՅ|kill lawsuit Յ`,
  ),
  ...lines('/desk', `correct|correct ${NO}|correct lawsuit|correct bare|correct lawsuit/${NO}|correct PART`),
  ...lines(
    '/desk',
    `correct PART --was Ա|correct PART --was ${LONG}Ա|correct PART --was \u200bԱ --now Բ --why Գ`,
  ),
  ...lines(
    '/desk',
    'correct PART --was Ա --now Բ --why Գ|correct PART --was Ա --now Բ --why Գ --notice --no-repeat',
  ),
  '/desk correct PART --was Ա --now Բ --why Գ --confirm',
]

/** What is typed to tell the desk of a mistake. */
export const REPORT_LINES: string[] = [
  ...lines('/nutgraf report', `|--public|${'Ա'.repeat(301)}|Ա|Բ|Գ|Դ|off|off|Ա|on|on|off server|on server`),
]
