import type { Picture } from '../chat/reply.ts'

/**
 * The characters that both fonts have in every weight we use: Latin with its accents, Vietnamese, Greek, Cyrillic, and
 * the punctuation of prose. The font packages claim twice as many, but the files do not contain them.
 */
const PAINTABLE_CHARACTERS = [
  // Latin
  ...['\\u0020-\\u007e', '\\u00a0-\\u00ac', '\\u00ae-\\u012b', '\\u012e-\\u0131', '\\u0134-\\u0165'],
  ...['\\u0168-\\u017f', '\\u0192', '\\u01a0\\u01a1', '\\u01af\\u01b0', '\\u01cd-\\u01dc', '\\u0218-\\u021b'],
  ...['\\u1e80-\\u1e85', '\\u1e9e', '\\u1ea0-\\u1ef9'],
  // Greek
  ...['\\u0384-\\u038a', '\\u038c', '\\u038e-\\u03a1', '\\u03a3-\\u03ce'],
  // Cyrillic
  ...['\\u0400-\\u045f', '\\u0490-\\u0493', '\\u0496-\\u049b', '\\u04a0-\\u04a3', '\\u04ae-\\u04b3'],
  ...[
    '\\u04b6\\u04b7',
    '\\u04ba\\u04bb',
    '\\u04d8\\u04d9',
    '\\u04e2\\u04e3',
    '\\u04e8\\u04e9',
    '\\u04ee\\u04ef',
  ],
  // Punctuation and symbols
  ...[
    '\\u2013\\u2014',
    '\\u2018-\\u201a',
    '\\u201c-\\u201e',
    '\\u2020',
    '\\u2022',
    '\\u2026',
    '\\u2032\\u2033',
  ],
  ...['\\u2039\\u203a', '\\u20ac', '\\u2116', '\\u2122', '\\u2191', '\\u2193', '\\u2212'],
].join('')
const PAINTABLE_TEXT = new RegExp(`^[\\n${PAINTABLE_CHARACTERS}]*$`, 'u')

const INVISIBLE = /[\u00ad\u200b\u200c\u2060\ufeff]/g
const NO_BREAK_SPACES = /[\u2007\u202f]/g
const OTHER_SPACES = /[\t\u2000-\u2006\u2008-\u200a\u205f]/g
const LINE_ENDS = /\r\n?|[\u2028\u2029]/g
const HYPHENS = /[\u2010\u2011]/g

/** Normalizes a text for painting: it reads the same, with only one kind of space, hyphen and line end. */
export const normalizeText = (text: string): string =>
  NORMAL_TEXT.test(text)
    ? text
    : text
        .normalize('NFC')
        .replace(INVISIBLE, '')
        .replace(NO_BREAK_SPACES, '\u00a0')
        .replace(OTHER_SPACES, ' ')
        .replace(LINE_ENDS, '\n')
        .replace(HYPHENS, '-')

/** Most texts have nothing to normalize: Western letters and the usual dashes and quotation marks. */
const NORMAL_TEXT = /^[\n -~\u00a0-\u00ac\u00ae-\u02ff\u2013\u2014\u2018-\u201e\u2026]*$/

/** Whether every character of a picture can be painted: no emoji, no right-to-left script, nothing without a font. */
export const canPaint = (picture: Picture): boolean =>
  pictureTexts(picture).every(text => PAINTABLE_TEXT.test(normalizeText(text)))

/** All texts in a picture, from top to bottom. */
export function pictureTexts(picture: Picture): string[] {
  const { label, foot } = picture
  if (picture.kind === 'card') {
    const words = picture.marks ? `“${picture.words}”` : picture.words
    const note = picture.note === undefined ? [] : [picture.note]
    return [label, words, ...picture.about, ...note, foot]
  }
  const events = picture.events.map(({ date, text }) => `${date}: ${text}`)
  return [label, picture.title, ...events, foot]
}

/** The alt text of a picture: all the text in it, one item per line. */
export const altText = (picture: Picture): string => pictureTexts(picture).join('\n')
