/** The first `most` UTF-16 units of a text, and no half of a character (surrogate) at the end. */
export function beginningOf(text: string, most: number): string {
  const cut = text.slice(0, most)
  return isHalved(text, most) ? cut.slice(0, -1) : cut
}

/** The last `most` UTF-16 units of a text, and no half of a character (surrogate) at the beginning. */
export function endOf(text: string, most: number): string {
  const start = Math.max(0, text.length - most)
  return text.slice(isHalved(text, start) ? start + 1 : start)
}

/** A text of at most `most` UTF-16 units as it is, and of a longer one the beginning and `…`. */
export const shorten = (text: string, most: number): string =>
  text.length > most ? `${beginningOf(text, most).trimEnd()}…` : text

/** Whether a text is cut inside of a character at this place. */
const isHalved = (text: string, at: number): boolean =>
  at > 0 && /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '')
