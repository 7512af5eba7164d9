import { plainInline, plainInlines } from '../../chat/plain-text.ts'
import type { Inline } from '../../chat/reply.ts'

/** Characters that XML 1.0 cannot carry, in whatever way they are written, and lone halves of others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of them are meant
const NOT_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu

/** The signs of markup as numbers: readers that read a title twice show them all the same. */
const SIGNS: Record<string, string> = {
  '&': '&#x26;',
  '<': '&#x3C;',
  '>': '&#x3E;',
  '"': '&#x22;',
  "'": '&#x27;',
}

/** Escapes text for XML and HTML, between tags and in quoted attributes. */
export const escapeMarkup = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>"']/g, sign => SIGNS[sign]!)

/**
 * Plain text for readers that may take it for HTML: only what would be read as a tag or as the name of a character is
 * escaped, so that other readers show nearly all texts as they are.
 */
export const harmlessAsHtml = (text: string): string =>
  text.replace(/&(?=#?\w+;)/g, '&amp;').replace(/<(?=[a-z/!?])/gi, '&lt;')

/** An element of XML with escaped text in it. */
export const element = (name: string, text: string): string => `<${name}>${escapeMarkup(text)}</${name}>`

/** Paragraphs as HTML. */
export const paragraphsAsHtml = (paragraphs: Inline[][]): string =>
  paragraphs.map(inlines => `<p>${inlines.map(inlineAsHtml).join('')}</p>`).join('\n')

/** Paragraphs as plain text, with an empty line between them. */
export const paragraphsAsText = (paragraphs: Inline[][]): string => paragraphs.map(plainInlines).join('\n\n')

function inlineAsHtml(inline: Inline): string {
  const words = escapeMarkup(plainInline(inline))
  if (typeof inline === 'string' || 'time' in inline) return words
  if ('bold' in inline) return `<strong>${words}</strong>`
  if ('italic' in inline) return `<em>${words}</em>`
  if ('code' in inline) return `<code>${words}</code>`
  return isWebAddress(inline.link) ? `<a href="${escapeMarkup(inline.link)}">${words}</a>` : words
}

/** Only what a browser opens as a page: a link may not run anything. */
const isWebAddress = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address)
