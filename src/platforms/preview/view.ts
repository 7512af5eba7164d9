/**
 * What the page draws: a tree of elements, made here from a platform's JSON and built in the browser with
 * `createElement` and `textContent` only, so that no text can ever become markup.
 */
export type View = string | Element

/**
 * One element. `run` is the line that a press runs; `tint` colours an edge; an `href` is http or https, or that of a
 * picture of ours. Only a picture has a `src`, with what it shows and the room it takes.
 */
type Element = {
  tag: Tag
  class?: string
  href?: string
  src?: string
  alt?: string
  width?: number
  height?: number
  title?: string
  run?: string
  off?: true
  tint?: string
  hidden?: true
  inside: View[]
}

/** The elements that the page knows how to build. `page/element.js` holds the same list. */
type Tag =
  | 'div'
  | 'span'
  | 'p'
  | 'strong'
  | 'em'
  | 's'
  | 'u'
  | 'code'
  | 'pre'
  | 'blockquote'
  | 'ul'
  | 'ol'
  | 'li'
  | 'small'
  | 'hr'
  | 'br'
  | 'a'
  | 'button'
  | 'time'
  | 'img'

type Details = Omit<Element, 'tag' | 'inside'>

/** An element with its class and what stands in it. */
export const el = (tag: Tag, name: string, inside: View[] = [], details: Details = {}): Element => ({
  tag,
  ...(name !== '' && { class: name }),
  ...details,
  inside,
})

/** A link, or bare text where the address is none that a browser should follow. */
export function link(address: string, inside: View[], name = ''): View {
  const safe = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
  if (safe) return el('a', name, inside, { href: address })
  return el('span', name, inside, { title: 'This address is not a web address' })
}

/** A picture as the page fetches it, in its own measures. */
export type PaintedPicture = { src: string; width: number; height: number }

/** How a message is set: who sees it, when it came, the line that asked for it, and the picture in it. */
export type Frame = {
  at: number
  callerOnly: boolean
  typedLine?: string
  edited?: boolean
  picture?: PaintedPicture
}

/** What stands for a part of the JSON that this preview cannot draw; nothing is left out in silence. */
export const placeholder = (what: string): View => el('p', 'undrawn', [`The preview does not draw ${what}.`])

/** Text with its line ends kept. */
export const textLines = (text: string): View[] =>
  text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [el('br', ''), line]))

/** A picture, no larger than a platform shows it; it can be opened in its own size. Its room is there before it is. */
export function pictureView({ src, width, height }: PaintedPicture, alt: string, most: Size): View {
  const share = Math.min(1, most.width / width, most.height / height)
  const size = { width: Math.round(width * share), height: Math.round(height * share) }
  return el('a', 'picture', [el('img', '', [], { src, alt, ...size })], { href: src, title: 'Open it large' })
}

/** The most room that a platform gives to a picture, in CSS pixels. */
type Size = { width: number; height: number }

/** JSON from outside, before anybody looked at it. */
export type Json = Record<string, unknown>

/** The objects of a list in JSON; anything else is no list. */
export const asObjects = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(one => typeof one === 'object' && one !== null) : []

/** A string of JSON, or nothing. */
export const asString = (value: unknown): string => (typeof value === 'string' ? value : '')

/** An object of JSON, or an empty one. */
export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
