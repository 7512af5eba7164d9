import { encodingNamed } from './encoding-names.ts'
import { decodeMixed, utf8 } from './mixed-bytes.ts'

/** The text of some bytes, or why there is none. */
export type Decoded = { text: string } | { why: string }

/** `charset` in a Content-Type header. */
const CHARSET = /charset\s*=\s*["']?\s*([^\s;"']+)/i
/** The encoding that an XML declaration names; before it may be a warning of the server. */
const DECLARED = /<\?xml\s[^>]{0,200}?encoding\s*=\s*["']\s*([^"'\s>]+)/i
/** As far as an XML declaration is looked for. */
const HEAD_BYTES = 2_000
/** The beginning of an XML declaration in the code of IBM mainframes. */
const EBCDIC = [0x4c, 0x6f, 0xa7, 0x94]
/** Encodings of Western Europe, as which UTF-8 is often announced by mistake. */
const LATIN = new Set(['windows-1252', 'iso-8859-15'])
/** One wrong sign in so many is a mistake in a text; more of them are a mistake about its encoding. */
const GOOD_PER_BAD = 200

/**
 * Decodes the bytes of a feed: by its byte order mark, the header, the XML declaration, as UTF-8, or as windows-1252, the
 * first of these that fits. A few wrong bytes spoil nothing around them: otherwise a headline would seem to change because a
 * summary was cut within a letter.
 */
export function decode(bytes: Uint8Array, contentType = ''): Decoded {
  const wide = wideEncodingOf(bytes)
  if (wide) return { text: withoutMarks(decodeWide(bytes, wide)) }
  if (EBCDIC.every((byte, at) => bytes[at] === byte)) return { why: 'it is written in EBCDIC' }
  const whole = utf8(bytes)
  if (hasUtf8Mark(bytes)) return { text: withoutMarks(whole ?? decodeMixed(bytes)) }
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString(
    'latin1',
  )
  const named = [CHARSET.exec(contentType)?.[1], DECLARED.exec(head)?.[1]].flatMap(encodingNamed)
  let almost: string | undefined
  for (const encoding of named) {
    if (encoding === 'utf-8') {
      if (whole !== undefined) return { text: withoutMarks(whole) }
    } else if (LATIN.has(encoding)) {
      // No text in a Latin encoding is valid UTF-8 by chance, apart from one without any special letter.
      return { text: withoutMarks(whole ?? decodeMixed(bytes, encoding)) }
    } else {
      // Nor does one in another encoding look like UTF-8, if it has more than a few letters that are not Latin.
      const text = whole !== undefined && isSurelyUtf8(whole) ? whole : decodeAs(bytes, encoding, true)
      if (text !== undefined) return { text: withoutMarks(text) }
      almost ??= decodeAs(bytes, encoding, false)
    }
  }
  if (whole !== undefined) return { text: withoutMarks(whole) }
  if (almost !== undefined && isAlmostGood(almost)) return { text: withoutMarks(almost) }
  return { text: withoutMarks(decodeMixed(bytes)) }
}

function decodeAs(bytes: Uint8Array, encoding: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes)
  } catch {
    return undefined
  }
}

/** More letters than a name has. */
const SURE_LETTERS = 4

const isSurelyUtf8 = (text: string): boolean =>
  new RegExp(`(?:[^\\x80-\\u{10ffff}]*[\\x80-\\u{10ffff}]){${SURE_LETTERS}}`, 'u').test(text)

const isAlmostGood = (text: string): boolean =>
  (text.match(/\ufffd/g)?.length ?? 0) * GOOD_PER_BAD <= text.length

const hasUtf8Mark = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

type Wide = { width: 2 | 4; isLittle: boolean }

/** Whether each sign has two or four bytes: by a byte order mark, or by where the zeros of the first two signs are. */
function wideEncodingOf(bytes: Uint8Array): Wide | undefined {
  const [a, b, c, d] = bytes
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined
  if (a === 0xff && b === 0xfe) return { width: c === 0 && d === 0 ? 4 : 2, isLittle: true }
  if (a === 0xfe && b === 0xff) return { width: 2, isLittle: false }
  if (a === 0 && b === 0) return d === 0 ? undefined : { width: 4, isLittle: false }
  if (a !== 0 && b === 0 && d === 0) return { width: c === 0 ? 4 : 2, isLittle: true }
  return a === 0 && b !== 0 && c === 0 && d !== 0 ? { width: 2, isLittle: false } : undefined
}

function decodeWide(bytes: Uint8Array, { width, isLittle }: Wide): string {
  if (width === 2) return new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength - (bytes.byteLength % 4))
  const parts: string[] = []
  for (let at = 0; at < view.byteLength; at += 4) {
    const code = view.getUint32(at, isLittle)
    parts.push(code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code))
  }
  return parts.join('').toWellFormed()
}

const withoutMarks = (text: string): string => text.replace(/^\ufeff+/, '')
