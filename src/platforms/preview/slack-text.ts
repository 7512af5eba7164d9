import { el, type Json, lines, link, object, objects, string, undrawn, type View } from './view.ts'

/** A text object: `plain_text` is data to the last sign; only `mrkdwn` knows marks. */
export function slackText(value: unknown): View[] {
  const text = object(value)
  return text.type === 'mrkdwn' ? mrkdwn(string(text.text)) : lines(string(text.text))
}

/** The elements of a rich text section or quote. */
export const richInline = (elements: unknown): View[] =>
  objects(elements).flatMap(one => styled(one, runOf(one)))

function runOf(one: Json): View[] {
  switch (one.type) {
    case 'text':
      return lines(string(one.text))
    case 'link':
      return [link(string(one.url), [string(one.text) || string(one.url)])]
    case 'date':
      return [slackDate(Number(one.timestamp), string(one.format), string(one.fallback))]
    case 'emoji':
      return [emoji(string(one.unicode), string(one.name))]
    case 'user':
      return [el('span', 'mention', [`@${string(one.user_id)}`])]
    case 'channel':
      return [el('span', 'mention', [`#${string(one.channel_id)}`])]
    case 'usergroup':
      return [el('span', 'mention', [`@${string(one.usergroup_id)}`])]
    case 'broadcast':
      return [el('span', 'mention', [`@${string(one.range)}`])]
    default:
      return [undrawn(`the rich text element ${string(one.type)}`)]
  }
}

function styled(one: Json, inside: View[]): View[] {
  const style = object(one.style)
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
export function mrkdwn(text: string): View[] {
  const quoted = text.split(/((?:^(?:&gt;|>)[^\n]*(?:\n|$))+)/m)
  return quoted.flatMap((part, index) =>
    index % 2 === 1
      ? [el('blockquote', '', marks(part.replace(/^(?:&gt;|>) ?/gm, '').replace(/\n$/, '')))]
      : marks(part),
  )
}

function marks(text: string): View[] {
  const views: View[] = []
  let bare = ''
  const flush = () => {
    if (bare !== '') views.push(...lines(entities(bare)))
    bare = ''
  }
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at)
    const open = at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]!)
    const found = special(rest) ?? (open ? marked(rest) : undefined)
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

type Found = { view: View; length: number }

function special(rest: string): Found | undefined {
  const fence = /^```\n?([\s\S]+?)```/.exec(rest)
  if (fence) return { view: el('pre', '', [entities(fence[1]!)]), length: fence[0].length }
  const code = /^`([^`\n]+)`/.exec(rest)
  if (code) return { view: el('code', '', [entities(code[1]!)]), length: code[0].length }
  const angle = /^<([^<>|\n]+)(?:\|([^<>\n]*))?>/.exec(rest)
  if (angle) return { view: angled(entities(angle[1]!), entities(angle[2] ?? '')), length: angle[0].length }
  const symbol = /^:([a-z0-9_+-]+):/.exec(rest)
  if (symbol) return { view: symbol[0], length: symbol[0].length }
  return undefined
}

function marked(rest: string): Found | undefined {
  for (const [mark, tag] of MARKS) {
    const found = mark.exec(rest)
    if (found) return { view: el(tag, '', marks(found[1]!)), length: found[0].length }
  }
  return undefined
}

function angled(target: string, label: string): View {
  const [, seconds, format = '', , fallback = label] =
    /^!date\^(\d+)\^([^^]+)(\^([^^]+))?$/.exec(target) ?? []
  if (seconds !== undefined) return slackDate(Number(seconds), format, label || fallback)
  if (/^[@#!]/.test(target))
    return el('span', 'mention', [label || target.replace(/^!/, '@').replace(/^@subteam\^/, '@')])
  return link(target, [label || target])
}

const entities = (text: string) =>
  text.replace(/&(lt|gt|amp);/g, (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name])

const DAY: Record<string, Intl.DateTimeFormatOptions> = {
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
    const options = DAY[name.replace('_pretty', '')]
    return options ? new Intl.DateTimeFormat('en-US', options).format(at) : token
  })
  return el('time', '', [shown], { title: at.toISOString() })
}
