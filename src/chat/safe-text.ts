/** Invisible characters and those that change the text direction: they would break the sentence around them. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** Control characters except tabs and line ends, lone surrogates, and direction changes that need an end mark. */
const BREAKING_CHARACTER = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u
/** The same without surrogates, as code units: looking for properties of characters takes ten times as long. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of them are meant
const BREAKING_UNIT = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/
const ALL_BREAKING = new RegExp(BREAKING_CHARACTER, 'gu')

/** Whether a text would break the message around it. */
export const isBreaking = (text: string): boolean => BREAKING_UNIT.test(text) || !text.isWellFormed()

/** Removes the characters of somebody else's text that would break the message around it. */
export const safeText = (text: string): string => text.replace(ALL_BREAKING, '')

/** The maximum length of a name that is repeated in a sentence. */
export const MAX_NAME = 60

/** A name that people gave themselves; undefined if it would break a sentence. */
export const harmlessName = (name: string | undefined): string | undefined =>
  name !== undefined && name.trim() !== '' && name.length <= MAX_NAME && !UNPRINTABLE.test(name)
    ? name.trim()
    : undefined
