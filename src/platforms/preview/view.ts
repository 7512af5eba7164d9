/**
 * A drawing for the page: a tree of elements. It is made here from a platform's JSON, and built in the browser with
 * `createElement` and `textContent` only, so that text can never become markup.
 */
export type View = string | Element

/**
 * One element. `run` is the line that a button runs, and `turns` marks one that shows another page of the same list.
 * `options` are those of a menu that opens under a button; each of them turns. `tint` colours an edge. An `href` is http or https, or the
 * path of a picture of ours. Only a picture has a `src`, with its description and its size.
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
  turns?: true
  options?: { name: string; run: string }[]
  off?: true
  tint?: string
  hidden?: true
  inside: View[]
}

/** The elements that the page can build. `page/view.js` has the same list. */
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

/** Makes an element with a class and children. */
export const el = (tag: Tag, name: string, inside: View[] = [], details: Details = {}): Element => ({
  tag,
  ...(name !== '' && { class: name }),
  ...details,
  inside,
})

/** Makes a link, or plain text if the address is not http or https. */
export function link(address: string, inside: View[], name = ''): View {
  const isSafe = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
  if (isSafe) return el('a', name, inside, { href: address })
  return el('span', name, inside, { title: 'Not a web address' })
}

/** The path of a painted picture, and its full size. */
export type PaintedPicture = { src: string; width: number; height: number }

/**
 * The circumstances of a message: when it was sent (in words, where it never was), who sees it, the line that asked for
 * it, and its painted picture.
 */
export type Frame = {
  at: number
  moment?: string
  callerOnly: boolean
  typedLine?: string
  edited?: boolean
  picture?: PaintedPicture
}

/** Marks a part of the JSON that the preview cannot draw, so that nothing is left out silently. */
export const placeholder = (what: string): View => el('p', 'undrawn', [`The preview does not draw ${what}.`])

/** Text with its line breaks. */
export const textLines = (text: string): View[] =>
  text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [el('br', ''), line]))

/**
 * Makes a picture, no larger than the platform shows it, that opens in full size. Its size is given so that the page
 * does not move when it is loaded.
 */
export function pictureView({ src, width, height }: PaintedPicture, alt: string, max: Size): View {
  const scale = Math.min(1, max.width / width, max.height / height)
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) }
  return el('a', 'picture', [el('img', '', [], { src, alt, ...size })], {
    href: src,
    title: 'Open full size',
  })
}

/** The largest size at which a platform shows a picture, in CSS pixels. */
type Size = { width: number; height: number }

/** A JSON object that was not validated. */
export type Json = Record<string, unknown>

/** The objects in a JSON list; empty if it is not a list. */
export const asObjects = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'object' && item !== null) : []

/** A JSON string; empty if it is not a string. */
export const asString = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A JSON object; empty if it is not an object. */
export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
