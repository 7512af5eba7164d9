import { safeText } from '../../chat/safe-text.ts'

/** Breaks for hyphenation, and marks of the order of bytes: they are no part of a word, and nobody can search for them. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g

/** A text on one line, as it is stored: white space collapsed, nothing in it that cannot be seen or breaks a message. */
export const oneLine = (text: string): string =>
  safeText(text.toWellFormed().replace(/\s+/g, ' ').replace(INVISIBLE, '')).replace(/ {2,}/g, ' ').trim()
