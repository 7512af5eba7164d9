/** Signs that Markdown may read as marks anywhere in a text; the last is an ampersand that begins a reference. */
const MARKS = /[\\`*_[\]<>~|]|&(?=#|\w+;)/g
/** Signs that make a paragraph something else at its beginning. */
const AT_START = /^[#+\-=]/
/** A number at the beginning begins a list. */
const NUMBER_AT_START = /^(\d+)([.)])(?=\s|$)/

/** Writes words so that they are read in a content file just as they stand, whatever marks they have. */
export const plainProse = (words: string): string =>
  words
    .replace(/\s+/g, ' ')
    .trim()
    .replace(MARKS, String.raw`\$&`)
    .replace(AT_START, String.raw`\$&`)
    .replace(NUMBER_AT_START, String.raw`$1\$2`)
