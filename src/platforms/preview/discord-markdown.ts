import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser'
import { el, link, textLines, type View } from './view.ts'

// The parser's own rules for whole lines lose small print after a quote and do not know lists. So lines are parsed
// here, and only the text inside them by the parser.
const { blockQuote: _, heading: __, subtext: ___, codeBlock: ____, ...inlineRules } = rulesExtended
const parse = SimpleMarkdown.parserFor(inlineRules)

const LINE_KINDS: Record<string, RegExp> = {
  fence: /^```/,
  rest: /^>>> /,
  quote: /^> ?(?=.|$)/,
  small: /^-# (?=\S)/,
  heading: /^#{1,3} (?=\S)/,
  item: /^( *)(?:[-*]|\d{1,9}\.) +(?=\S)/,
}

/** Draws Discord Markdown as Discord does, in messages of bots and in embeds. */
export function discordMarkdown(text: string): View[] {
  const rows = text.split('\n')
  const views: View[] = []
  for (let at = 0; at < rows.length; ) {
    const kind = lineKind(rows[at]!)
    let end = at + 1
    if (kind === 'fence') {
      while (end < rows.length && !rows[end]!.includes('```')) end++
      end++
    } else if (kind === 'rest') end = rows.length
    else if (kind === 'quote' || kind === 'item' || kind === 'text')
      while (end < rows.length && lineKind(rows[end]!) === kind) end++
    views.push(...drawLines(kind, rows.slice(at, end)))
    at = end
  }
  return views
}

const lineKind = (row: string): string =>
  Object.keys(LINE_KINDS).find(kind =>
    kind !== 'quote' ? LINE_KINDS[kind]!.test(row) : /^> /.test(row) || row === '>',
  ) ?? 'text'

function drawLines(kind: string, rows: string[]): View[] {
  const bare = (row: string) => row.replace(LINE_KINDS[kind]!, '')
  switch (kind) {
    case 'fence': {
      const code = rows
        .join('\n')
        .replace(/^```(?:[a-z0-9_+-]+\n|\n)?/i, '')
        .replace(/\n?```.*$/s, '')
      return [el('pre', '', [code])]
    }
    case 'rest':
    case 'quote':
      return [
        el(
          'blockquote',
          '',
          discordMarkdown(
            rows.map((row, index) => (kind === 'quote' || index === 0 ? bare(row) : row)).join('\n'),
          ),
        ),
      ]
    case 'small':
      return [el('p', 'subtext', drawInline(bare(rows[0]!)))]
    case 'heading':
      return [el('p', `heading h${rows[0]!.indexOf(' ')}`, drawInline(bare(rows[0]!)))]
    case 'item':
      return [
        el(
          /^ *\d/.test(rows[0]!) ? 'ol' : 'ul',
          '',
          rows.map(row =>
            el(
              'li',
              `indent-${Math.min(4, Math.floor(/^ */.exec(row)![0].length / 2))}`,
              drawInline(bare(row)),
            ),
          ),
        ),
      ]
    default:
      return paragraphs(rows)
  }
}

/** Draws plain lines. Empty ones too: Discord keeps every empty line of a message. */
const paragraphs = (rows: string[]): View[] =>
  rows.join('\n').trim() === '' ? rows.map(() => el('p', 'gap')) : [el('p', '', drawInline(rows.join('\n')))]

type Node = {
  type: string
  content?: unknown
  target?: string
  timestamp?: string
  format?: string
  name?: string
  id?: string
}

/** Draws the text inside a line: bold, links, code, dates. */
export const drawInline = (text: string): View[] =>
  parse(text, { inline: true }).flatMap(node => drawNode(node as Node))

function drawNode(node: Node): View[] {
  const children = () =>
    Array.isArray(node.content) ? node.content.flatMap(drawNode) : textLines(String(node.content ?? ''))
  switch (node.type) {
    case 'text':
      return children()
    case 'strong':
      return [el('strong', '', children())]
    case 'em':
      return [el('em', '', children())]
    case 'underline':
      return [el('u', '', children())]
    case 'strikethrough':
      return [el('s', '', children())]
    case 'inlineCode':
      return [el('code', '', [String(node.content)])]
    case 'spoiler':
      return [el('span', 'spoiler', children())]
    case 'link':
    case 'url':
    case 'autolink':
      return [link(node.target ?? '', children())]
    case 'br':
      return [el('br', '')]
    case 'timestamp':
      return [discordDate(Number(node.timestamp), node.format ?? 'f')]
    case 'everyone':
    case 'here':
      return [el('span', 'mention', [`@${node.type}`])]
    case 'user':
    case 'role':
      return [el('span', 'mention', [`@${node.id}`])]
    case 'channel':
      return [el('span', 'mention', [`#${node.id}`])]
    default:
      return node.content === undefined ? [node.name ?? ''] : children()
  }
}

const DATE_STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
}

/** Draws a date as Discord shows it to each reader; here, in the time zone of this machine. */
function discordDate(seconds: number, style: string): View {
  const at = new Date(seconds * 1000)
  if (Number.isNaN(at.getTime())) return `<t:${seconds}>`
  const shown =
    style === 'R'
      ? relativeTime(at.getTime() - Date.now())
      : new Intl.DateTimeFormat('en-US', DATE_STYLES[style] ?? DATE_STYLES.f).format(at)
  return el('time', '', [shown], { title: at.toISOString() })
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
]

function relativeTime(distance: number): string {
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(distance) >= ms) ?? UNITS.at(-1)!
  return new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' }).format(Math.round(distance / size), unit)
}
