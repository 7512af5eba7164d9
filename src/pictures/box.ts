import { normalizeText } from './glyphs.ts'

/** A layout box with other boxes or a text in it. The text is data: nothing in it is read as markup. */
export type Box = { type: 'div'; props: { style: Style; children: Box[] | string } }

/** CSS, limited to what satori supports. */
export type Style = Record<string, string | number>

/** The width of every picture in pixels: a phone's 360, at three pixels each. */
export const PICTURE_WIDTH = 1_080

/** The margin on the left and right, in pixels. */
export const MARGIN = 84

/** The width between the margins. */
export const CONTENT_WIDTH = PICTURE_WIDTH - 2 * MARGIN

/** Creates a box with others in it, one below the other unless its style says otherwise. */
export const box = (style: Style, ...children: (Box | undefined)[]): Box => ({
  type: 'div',
  props: {
    style: { display: 'flex', flexDirection: 'column', ...style },
    children: children.filter(child => child !== undefined),
  },
})

/** Creates a text of a given width: without one, long lines would run over the edge. Its own line breaks are kept. */
export const textBox = (text: string, style: Style & { width: number }): Box => ({
  type: 'div',
  props: {
    style: {
      display: 'flex',
      whiteSpace: 'pre-wrap',
      wordBreak: 'break-word',
      // Keeps a word from being alone on the last line.
      textWrap: 'pretty',
      lineHeight: 1.3,
      ...style,
    },
    children: normalizeText(text),
  },
})
