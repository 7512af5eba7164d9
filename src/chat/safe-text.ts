/** What nobody sees, and signs that turn the direction of what follows: they would break the sentence around them. */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** Control characters but for tabs and line ends, half signs, and signs that turn the direction until another ends it. */
const BREAKING_CHARACTER = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u
const ALL_BREAKING = new RegExp(BREAKING_CHARACTER, 'gu')

/** Whether a text would break what stands around it in a message. */
export const isBreaking = (text: string): boolean => BREAKING_CHARACTER.test(text)

/** A text of somebody else, or a piece of one, without what would break the message around it. */
export const safeText = (text: string): string => text.replace(ALL_BREAKING, '')

/** A name that somebody gave themselves, where it breaks no sentence. */
export const harmlessName = (name: string | undefined): string | undefined =>
  name !== undefined && name.trim() !== '' && name.length <= MAX_NAME && !UNPRINTABLE.test(name)
    ? name.trim()
    : undefined
export const MAX_NAME = 60
