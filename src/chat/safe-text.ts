/** Invisible characters and those that change the text direction: they would break the sentence around them. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** Control characters except tabs and line ends, lone surrogates, and direction changes that need an end mark. */
const BREAKING_CHARACTER = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u
const ALL_BREAKING = new RegExp(BREAKING_CHARACTER, 'gu')

/** Whether a text would break the message around it. */
export const isBreaking = (text: string): boolean => BREAKING_CHARACTER.test(text)

/** Removes the characters of somebody else's text that would break the message around it. */
export const safeText = (text: string): string => text.replace(ALL_BREAKING, '')

/** The maximum length of a name that is repeated in a sentence. */
export const MAX_NAME = 60

/** A name that people gave themselves; undefined if it would break a sentence. */
export const harmlessName = (name: string | undefined): string | undefined =>
  name !== undefined && name.trim() !== '' && name.length <= MAX_NAME && !UNPRINTABLE.test(name)
    ? name.trim()
    : undefined
