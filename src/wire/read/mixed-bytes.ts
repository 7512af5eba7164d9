/** What windows-1252 has in place of the control characters 0x80 to 0x9f; the five that it leaves empty stay what they are. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** A text with the signs that were meant by control characters between 0x80 and 0x9f, which no text has. */
export const fromControls = (text: string): string =>
  /[\x80-\x9f]/.test(text)
    ? text.replace(/[\x80-\x9f]/g, sign => WINDOWS_1252[sign.charCodeAt(0) - 0x80]!)
    : text

/** The text of some bytes, if all of it is valid UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/**
 * Decodes bytes of which some are no UTF-8: what is valid as UTF-8, and every other byte as windows-1252. A text in which
 * most are not valid is all in that encoding: there, capital letters before a quotation mark look like UTF-8.
 */
export function decodeMixed(bytes: Uint8Array, latin = 'windows-1252'): string {
  let valid = 0
  let wrong = 0
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at) || (pairAt(bytes, at) ? 6 : 0)
    if (length > 1) valid++
    if (length === 0) wrong++
    at += length || 1
  }
  if (wrong >= valid) return fromControls(new TextDecoder(latin).decode(bytes))
  const repaired = Buffer.alloc(bytes.length + wrong * 2)
  let end = 0
  for (let at = 0; at < bytes.length; ) {
    const pair = pairAt(bytes, at)
    if (pair !== undefined) {
      end += repaired.write(pair, end)
      at += 6
      continue
    }
    const length = sequenceLength(bytes, at)
    if (length > 0) repaired.set(bytes.subarray(at, at + length), end)
    end += length || repaired.write(fromControls(String.fromCharCode(bytes[at]!)), end)
    at += length || 1
  }
  return repaired.toString('utf8', 0, end)
}

/** The sign that some databases write as the two halves of a pair, of three bytes each, if one begins here. */
function pairAt(bytes: Uint8Array, at: number): string | undefined {
  if (bytes[at] !== 0xed) return undefined
  const [, a = 0, b = 0, second, c = 0, d = 0] = bytes.subarray(at, at + 6)
  if (second !== 0xed || a >> 4 !== 0xa || c >> 4 !== 0xb || !isNext(b) || !isNext(d)) return undefined
  return String.fromCharCode(0xd800 | ((a & 0x0f) << 6) | (b & 0x3f), 0xdc00 | ((c & 0x0f) << 6) | (d & 0x3f))
}

const isNext = (byte: number): boolean => (byte & 0xc0) === 0x80

/** How many bytes the sign has that begins here; 0 if it is no valid UTF-8. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0
  for (let next = at + 1; next < at + length; next++) if (!isNext(bytes[next]!)) return 0
  const second = bytes[at + 1]!
  // Longer than need be, halves of pairs, and what is beyond the last sign.
  const isWrong =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f)
  return isWrong ? 0 : length
}
