import { STORY_VERBS, type Story } from '../../../src/content/story.ts'

/** An unknown word, in letters that no sentence of ours has: answers repeat what was typed. */
const UNKNOWN = 'Ձձձ'

/** Lines with the same beginning; their ends are separated by bars. */
const lines = (beginning: string, ends: string) =>
  ends.split('|').map(end => `${beginning} ${end.trim()}`.trim())
const LONG = 'Ա '.repeat(200)

/** Lines that are wrong, or ask for what is rarely asked. */
export const ODD_LINES: string[] = [
  ...STORY_VERBS.flatMap(verb =>
    lines(`/lawsuit ${verb}`, `${UNKNOWN}|--page 2|--page 99|--since ${UNKNOWN}|--card`),
  ),
  ...STORY_VERBS.flatMap(verb => [`/nutgraf bare ${verb}`, `/nutgraf chicago ${verb}`]),
  ...lines('/lawsuit', `|${UNKNOWN}|2018|--public|--page|--public=x|--chart=x|--${UNKNOWN}|help 2`),
  ...lines('/lawsuit timeline', '2018|2018..2019|1999|2999|--since 2018-04-19|--since 2999-01-01|--since'),
  ...lines('/lawsuit timeline', '--chart|--chart --dark|1999 --chart|--chart=x'),
  ...lines('/lawsuit quotes', `2018|#99|--since 2018-04-19|Ճեճճթկծճ|${UNKNOWN} ${UNKNOWN}`),
  ...lines('/lawsuit sources', '#1|#99|2018'),
  ...lines('/lawsuit changes', '--since 2017-01-01|--since 7d|--since 2026-05-04'),
  ...lines(
    '/nutgraf',
    `|${UNKNOWN}|2018|about|help|story|story list|find|changes|old-bridge|bare ${UNKNOWN}`,
  ),
  ...lines('/nutgraf story', `${UNKNOWN}|lawsuit ${UNKNOWN}|2018|--page 2|bare timeline --chart`),
  ...lines(
    '/nutgraf find',
    `${UNKNOWN}|2018|${UNKNOWN} --story lawsuit|Ա --story ${UNKNOWN}|${LONG}|--page 2`,
  ),
  ...lines(
    '/nutgraf changes',
    `${UNKNOWN}|--since 2017-01-01|--since 7d --page 2|--since ${UNKNOWN}|--page 99|--since today`,
  ),
  ...lines('/nutgraf help', `digest|quote|story|find|changes|desk|lawsuit|${UNKNOWN}`),
  ...lines(
    '/quote',
    `|check|${UNKNOWN}|check "${UNKNOWN} ${UNKNOWN} ${UNKNOWN}"|#99|--page 99|--since ${UNKNOWN}|2018|${LONG}|check ${LONG}`,
  ),
  ...lines(
    '/quote',
    `Ճեճճթկծճ #99|Ճեճճթկծճ --card|Ճեճճթկծճ --card --dark|--story lawsuit|--story ${UNKNOWN}|--story bare`,
  ),
  '/span summary',
  `/${UNKNOWN}`,
  `/${UNKNOWN} --public`,
  '/nutgraf @nutgraf',
  '/quote --card',
  `/lawsuit ${LONG.repeat(4)}`,
]

/** Lines that check words from the sources of a story, exact and with every kind of mistake. */
export const quotedLines = ({ quotes, facts, people }: Story): string[] => [
  ...quotes.slice(0, 8).flatMap(({ words }) => {
    const [first = '', ...rest] = words.split(' ')
    return [
      words,
      `${rest.join(' ')} ${first}`,
      `${first} ${UNKNOWN} ${rest.join(' ')}`,
      `${first} ${rest.slice(2).join(' ')}`,
      words.replaceAll(',', ''),
      `${words.replace(/[.,]$/, '')},`,
      words.replace(' ', ' \u200b'),
      rest.slice(0, 4).join(' '),
      words.toUpperCase(),
    ].map(quoted => `/quote check "${quoted}"`)
  }),
  ...facts
    .flatMap(({ claim }) => (claim ? [`/quote check "${claim.says}"`, `/quote ${claim.says}`] : []))
    .slice(0, 6),
  ...people.map(({ name }) => `/quote ${name}`),
  ...quotes.slice(0, 4).map(({ words }) => `/quote ${words.split(' ').slice(0, 3).join(' ')}`),
]

/** Lines about digests, in the order in which they are asked; NAME is a digest. */
export const DIGEST_LINES: string[] = [
  ...lines(
    '/digest',
    `|help|status|${UNKNOWN}|off|set 08:00|quiet|quiet skip|preview|now|set ${UNKNOWN}|on|on ${UNKNOWN}`,
  ),
  ...lines(
    '/digest',
    `on NAME 25:00|on NAME 07:30 ${UNKNOWN}|on NAME --${UNKNOWN}|on NAME 08:00 mon ${UNKNOWN}|on NAME|on NAME`,
  ),
  ...lines(
    '/digest',
    '|status|help|set 08:15|set mon,tue|set weekends|set daily|set|set Europe/Berlin|set paris',
  ),
  ...lines(
    '/digest',
    `set lawsuit|set chicago|set story:chicago|set all|quiet note|quiet skip|quiet|quiet ${UNKNOWN}`,
  ),
  ...lines(
    '/digest',
    `set NAME|preview|preview NAME|preview --public|now --public|set few 08:00|preview ${UNKNOWN}|now|now NAME|settings|settings NAME|off ${UNKNOWN}`,
  ),
  ...lines('/lawsuit', `follow ${UNKNOWN}|follow NAME|unfollow NAME|unfollow NAME|follow|follow|unfollow`),
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

/** Lines of editors, in the order in which they are asked; PART is a part of a story. */
export const DESK_LINES: string[] = [
  ...lines(
    '/desk',
    `|help|status|${UNKNOWN}|--public|audit|audit ${UNKNOWN}|retry|retry ${UNKNOWN}|--page 9|--${UNKNOWN}`,
  ),
  ...lines(
    '/desk',
    `kill|kill ${UNKNOWN}|kill old-bridge|kill lawsuit|kill lawsuit ${LONG}|kill lawsuit \u200bՅ|kill lawsuit Յ`,
  ),
  ...lines(
    '/desk',
    `correct|correct ${UNKNOWN}|correct lawsuit|correct bare|correct lawsuit/${UNKNOWN}|correct PART`,
  ),
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

/** Lines that report an error to the desk. */
export const REPORT_LINES: string[] = [
  ...lines('/nutgraf report', `|--public|${'Ա'.repeat(301)}|Ա|Բ|Գ|Դ|off|off|Ա|on|on|off server|on server`),
]
