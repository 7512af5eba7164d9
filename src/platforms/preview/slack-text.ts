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

/** Draws a text object. `plain_text` is plain data; only `mrkdwn` has markup. */
export function slackText(value: unknown): View[] {
  const text = asObject(value)
  return text.type === 'mrkdwn' ? slackMrkdwn(asString(text.text)) : textLines(asString(text.text))
}

/** Draws the elements of a rich text section or quote. */
export const richInline = (elements: unknown): View[] =>
  asObjects(elements).flatMap(json => withStyle(json, richElement(json)))

function richElement(json: Json): View[] {
  switch (json.type) {
    case 'text':
      return textLines(asString(json.text))
    case 'link':
      return [link(asString(json.url), [asString(json.text) || asString(json.url)])]
    case 'date':
      return [slackDate(Number(json.timestamp), asString(json.format), asString(json.fallback))]
    case 'emoji':
      return [emoji(asString(json.unicode), asString(json.name))]
    case 'user':
      return [el('span', 'mention', [`@${asString(json.user_id)}`])]
    case 'channel':
      return [el('span', 'mention', [`#${asString(json.channel_id)}`])]
    case 'usergroup':
      return [el('span', 'mention', [`@${asString(json.usergroup_id)}`])]
    case 'broadcast':
      return [el('span', 'mention', [`@${asString(json.range)}`])]
    default:
      return [placeholder(`the rich text element ${asString(json.type)}`)]
  }
}

function withStyle(json: Json, children: View[]): View[] {
  const style = asObject(json.style)
  let views = children
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

/** Draws Slack's own markup: `*bold*`, `_italic_`, `~strike~`, code, `<address|text>`, `<!date^…>`, quoted lines. */
export function slackMrkdwn(text: string): View[] {
  const parts = text.split(/((?:^(?:&gt;|>)[^\n]*(?:\n|$))+)/m)
  return parts.flatMap((part, index) =>
    index % 2 === 1
      ? [el('blockquote', '', parseMarks(part.replace(/^(?:&gt;|>) ?/gm, '').replace(/\n$/, '')))]
      : parseMarks(part),
  )
}

function parseMarks(text: string): View[] {
  const views: View[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') views.push(...textLines(decodeEntities(plain)))
    plain = ''
  }
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at)
    const mayBeginMark = at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]!)
    const run = matchSpecial(rest) ?? (mayBeginMark ? matchMark(rest) : undefined)
    if (run) {
      flush()
      views.push(run.view)
      at += run.length
    } else {
      plain += text[at]
      at++
    }
  }
  flush()
  return views
}

type ParsedRun = { view: View; length: number }

function matchSpecial(rest: string): ParsedRun | undefined {
  const fence = /^```\n?([\s\S]+?)```/.exec(rest)
  if (fence) return { view: el('pre', '', [decodeEntities(fence[1]!)]), length: fence[0].length }
  const code = /^`([^`\n]+)`/.exec(rest)
  if (code) return { view: el('code', '', [decodeEntities(code[1]!)]), length: code[0].length }
  const angle = /^<([^<>|\n]+)(?:\|([^<>\n]*))?>/.exec(rest)
  if (angle)
    return {
      view: drawAngleBrackets(decodeEntities(angle[1]!), decodeEntities(angle[2] ?? '')),
      length: angle[0].length,
    }
  const symbol = /^:([a-z0-9_+-]+):/.exec(rest)
  if (symbol) return { view: symbol[0], length: symbol[0].length }
  return undefined
}

function matchMark(rest: string): ParsedRun | undefined {
  for (const [mark, tag] of MARKS) {
    const match = mark.exec(rest)
    if (match) return { view: el(tag, '', parseMarks(match[1]!)), length: match[0].length }
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

const decodeEntities = (text: string) =>
  text.replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])

const DATE_STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: 'numeric', minute: '2-digit' },
  time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
}

/** Draws a date as Slack shows it to each reader; here, in the time zone of this machine. */
export function slackDate(seconds: number, format: string, fallback: string): View {
  const at = new Date(seconds * 1000)
  if (Number.isNaN(at.getTime())) return fallback
  const shown = format.replace(/\{(\w+)\}/g, (token, name: string) => {
    const options = DATE_STYLES[name.replace('_pretty', '')]
    return options ? new Intl.DateTimeFormat('en-US', options).format(at) : token
  })
  return el('time', '', [shown], { title: at.toISOString() })
}
