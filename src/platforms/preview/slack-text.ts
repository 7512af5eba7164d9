import {
  asObject,
  asObjects,
  asString,
  el,
  type Json,
  link,
  placeholder,
  textLines,
  type View,
} from './view.ts'

/** A text object: `plain_text` is data to the last sign; only `mrkdwn` knows marks. */
export function slackText(value: unknown): View[] {
  const text = asObject(value)
  return text.type === 'mrkdwn' ? slackMrkdwn(asString(text.text)) : textLines(asString(text.text))
}

/** The elements of a rich text section or quote. */
export const richInline = (elements: unknown): View[] =>
  asObjects(elements).flatMap(one => withStyle(one, richElement(one)))

function richElement(one: Json): View[] {
  switch (one.type) {
    case 'text':
      return textLines(asString(one.text))
    case 'link':
      return [link(asString(one.url), [asString(one.text) || asString(one.url)])]
    case 'date':
      return [slackDate(Number(one.timestamp), asString(one.format), asString(one.fallback))]
    case 'emoji':
      return [emoji(asString(one.unicode), asString(one.name))]
    case 'user':
      return [el('span', 'mention', [`@${asString(one.user_id)}`])]
    case 'channel':
      return [el('span', 'mention', [`#${asString(one.channel_id)}`])]
    case 'usergroup':
      return [el('span', 'mention', [`@${asString(one.usergroup_id)}`])]
    case 'broadcast':
      return [el('span', 'mention', [`@${asString(one.range)}`])]
    default:
      return [placeholder(`the rich text element ${asString(one.type)}`)]
  }
}

function withStyle(one: Json, inside: View[]): View[] {
  const style = asObject(one.style)
  let views = inside
  if (style.code) views = [el('code', '', views)]
  if (style.strike) views = [el('s', '', views)]
  if (style.italic) views = [el('em', '', views)]
  if (style.bold) views = [el('strong', '', views)]
  return views
}

const emoji = (unicode: string, name: string): View =>
  unicode ? String.fromCodePoint(...unicode.split('-').map(code => Number.parseInt(code, 16))) : `:${name}:`

const MARKS: [RegExp, 'strong' | 'em' | 's'][] = [
  [/^\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}])/u, 'strong'],
  [/^_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}])/u, 'em'],
  [/^~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}])/u, 's'],
]

/** Slack's own mark-up: `*bold*`, `_italic_`, `~strike~`, code, `<address|text>`, `<!date^…>`, quotes by line. */
export function slackMrkdwn(text: string): View[] {
  const quoted = text.split(/((?:^(?:&gt;|>)[^\n]*(?:\n|$))+)/m)
  return quoted.flatMap((part, index) =>
    index % 2 === 1
      ? [el('blockquote', '', parseMarks(part.replace(/^(?:&gt;|>) ?/gm, '').replace(/\n$/, '')))]
      : parseMarks(part),
  )
}

function parseMarks(text: string): View[] {
  const views: View[] = []
  let bare = ''
  const flush = () => {
    if (bare !== '') views.push(...textLines(entities(bare)))
    bare = ''
  }
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at)
    const open = at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]!)
    const found = matchSpecial(rest) ?? (open ? matchMark(rest) : undefined)
    if (found) {
      flush()
      views.push(found.view)
      at += found.length
    } else {
      bare += text[at]
      at++
    }
  }
  flush()
  return views
}

type ParsedRun = { view: View; length: number }

function matchSpecial(rest: string): ParsedRun | undefined {
  const fence = /^```\n?([\s\S]+?)```/.exec(rest)
  if (fence) return { view: el('pre', '', [entities(fence[1]!)]), length: fence[0].length }
  const code = /^`([^`\n]+)`/.exec(rest)
  if (code) return { view: el('code', '', [entities(code[1]!)]), length: code[0].length }
  const angle = /^<([^<>|\n]+)(?:\|([^<>\n]*))?>/.exec(rest)
  if (angle)
    return { view: drawAngleBrackets(entities(angle[1]!), entities(angle[2] ?? '')), length: angle[0].length }
  const symbol = /^:([a-z0-9_+-]+):/.exec(rest)
  if (symbol) return { view: symbol[0], length: symbol[0].length }
  return undefined
}

function matchMark(rest: string): ParsedRun | undefined {
  for (const [mark, tag] of MARKS) {
    const found = mark.exec(rest)
    if (found) return { view: el(tag, '', parseMarks(found[1]!)), length: found[0].length }
  }
  return undefined
}

function drawAngleBrackets(target: string, label: string): View {
  const [, seconds, format = '', , fallback = label] =
    /^!date\^(\d+)\^([^^]+)(\^([^^]+))?$/.exec(target) ?? []
  if (seconds !== undefined) return slackDate(Number(seconds), format, label || fallback)
  if (/^[@#!]/.test(target))
    return el('span', 'mention', [label || target.replace(/^!/, '@').replace(/^@subteam\^/, '@')])
  return link(target, [label || target])
}

const entities = (text: string) =>
  text.replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])

const DATE_STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
}

/** A date as Slack prints it to each reader; here, in the zone of this machine. */
export function slackDate(seconds: number, format: string, fallback: string): View {
  const at = new Date(seconds * 1000)
  if (Number.isNaN(at.getTime())) return fallback
  const shown = format.replace(/\{(\w+)\}/g, (token, name: string) => {
    const options = DATE_STYLES[name.replace('_pretty', '')]
    return options ? new Intl.DateTimeFormat('en-US', options).format(at) : token
  })
  return el('time', '', [shown], { title: at.toISOString() })
}
