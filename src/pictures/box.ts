import { normalizeText } from './glyphs.ts'

/** What is laid out: a box with boxes in it, or with a text. A text is data; nothing in it is ever read as markup. */
export type Box = { type: 'div'; props: { style: Style; children: Box[] | string } }

/** CSS, as far as it is known there. */
export type Style = Record<string, string | number>

/** The width of every picture in pixels: three for each that a phone shows. */
export const PICTURE_WIDTH = 1_080

/** What is left free at both sides. */
export const MARGIN = 84

/** What is left between them. */
export const CONTENT_WIDTH = PICTURE_WIDTH - 2 * MARGIN

/** A box with others in it, one below the other unless its style says otherwise. */
export const box = (style: Style, ...children: (Box | undefined)[]): Box => ({
  type: 'div',
  props: {
    style: { display: 'flex', flexDirection: 'column', ...style },
    children: children.filter(child => child !== undefined),
  },
})

/** A text of a given width: without one, long lines would run over the edge. Its own line ends are kept. */
export const textBox = (text: string, style: Style & { width: number }): Box => ({
  type: 'div',
  props: {
    style: {
      ...{ display: 'flex', whiteSpace: 'pre-wrap', wordBreak: 'break-word' },
      // No word stands alone in the last line.
      ...{ textWrap: 'pretty', lineHeight: 1.3, ...style },
    },
    children: normalizeText(text),
  },
})
