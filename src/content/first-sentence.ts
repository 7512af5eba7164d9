/** A full stop, question mark or exclamation mark, with closing marks behind it, before a new sentence. */
const END = /([^\s]+?)([.!?]["”’»)\]]*)\s+(?=["“‘«([]?[\p{Lu}\p{N}])|[。！？]["”’」』）]*/gu

/** Words that end with a full stop inside a sentence, in the form in which they stand there, without it. */
const ABBREVIATIONS = new Set('approx dept depts etc gov incl sept supp inst assn bros corp'.split(' '))

/**
 * The first sentence of a text, or all of it where its end is not certain: after an abbreviation, an initial or a short
 * word a full stop may be anything, and a sentence must never be cut in its middle.
 */
export function firstSentence(text: string): string {
  for (const match of text.matchAll(END)) {
    const end = match.index + match[0].trimEnd().length
    const [, word] = match
    if (word === undefined || !match[2]!.startsWith('.') || isWholeWord(word)) return text.slice(0, end)
  }
  return text
}

/** Whether a word before a full stop is surely no abbreviation, title, initial or number of a list. */
function isWholeWord(word: string): boolean {
  const letters = word.match(/[\p{L}\p{M}]+$/u)?.[0] ?? ''
  if (/[.)\]”’"]$/.test(word) || letters === '') return /[)\]”’"]$/.test(word) || /\p{N}{3}$/u.test(word)
  if (word.slice(0, -letters.length).includes('.') || ABBREVIATIONS.has(letters.toLowerCase())) return false
  return letters.length >= (/^\p{Lu}/u.test(letters) ? 5 : 4)
}
