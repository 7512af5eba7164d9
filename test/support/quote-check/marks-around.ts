import type { Row } from './row.ts'

const LINE = 'The bridge stays shut until it is safe, she said.'
const WORDS = 'The bridge stays shut'
const PAIRS = [
  '“”',
  '""',
  '„“',
  '„”',
  '«»',
  '»«',
  '»»',
  '””',
  '‹›',
  '›‹',
  '‘’',
  '‚‘',
  '‚’',
  "''",
  '「」',
  '『』',
  '《》',
  '〈〉',
  '〝〞',
  '〝〟',
  '｢｣',
  '＂＂',
  '‟”',
  '‛’',
]

const around = ([open = '', close = '']: string, words = WORDS) => `${open}${words}${close}`

/** Quotation marks of any kind, and `>` before lines, around words that are exact. */
export const MARKS_AROUND: Row[] = [
  ...PAIRS.map((pair): Row => [LINE, around(pair), 'exact', '“The bridge stays shut”']),
  ...['« »', '» «', '“ ”', '‹ ›'].map((pair): Row => {
    const [open, close] = pair.split(' ')
    return [LINE, `${open} ${WORDS} ${close}`, 'exact']
  }),
  [LINE, '«\u00a0The bridge stays shut\u00a0»', 'exact'],
  [LINE, '> The bridge stays shut', 'exact'],
  [LINE, '>The bridge stays shut', 'exact'],
  [LINE, '>>> The bridge stays shut', 'exact'],
  [LINE, '> > The bridge stays shut', 'exact'],
  [LINE, '> “The bridge stays shut”', 'exact'],
  [LINE, '“> The bridge stays shut”', 'exact'],
  [LINE, '> The bridge stays\n> shut until it is safe', 'exact'],
  [LINE, '“The bridge stays shut', 'exact'],
  [LINE, 'The bridge stays shut”', 'exact'],
  [LINE, '„The bridge stays shut"', 'exact'],
  [LINE, '““The bridge stays shut””', 'exact'],
  [LINE, '“‘The bridge stays shut’”', 'exact'],
  [
    LINE,
    '"The bridge stays shut until it is safe."',
    'exact words',
    'has a comma where yours has a full stop',
  ],
  [
    LINE,
    '“The bridge stays shut until it is safe”.',
    'exact words',
    'has a comma where yours has a full stop',
  ],
  [
    LINE,
    '‘The bridge stays shut until it is safe’.',
    'exact words',
    'has a comma where yours has a full stop',
  ],
  [LINE, '«The bridge stays shut until it is safe»,', 'exact'],
  [LINE, '“The bridge stays open”', 'differs', '“shut', 'yours “open”'],
  ['The boys’ room is shut for all of us.', 'The boys’ room is shut', 'exact'],
  ["The room of the boys' is shut for us.", "The room of the boys'", 'exact'],
  ['‘Tis the season for all of the bridges.', '‘Tis the season for all', 'exact'],
  ['"The bridge," she said, "stays shut."', '"The bridge," she said, "stays shut."', 'exact'],
  ['We saw >5 people on the bridge.', '>5 people on the bridge', 'exact'],
  ['We saw 5 people on the bridge.', '>5 people on the bridge', 'differs', 'yours “>5”'],
  ['We saw 5 people on the bridge.', '> 5 people on the bridge', 'exact'],
]
