import type { Button } from '../chat/reply.ts'
import { tokens } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import { hasWordsWithoutSpaces } from '../content/segments.ts'
import type { Speaker } from '../content/speakers.ts'
import type { Story } from '../content/story.ts'
import { speakerKey } from './quote/attribution.ts'

/** The longest name that fits on a phone's button beside two others. */
const MAX_SHORT_NAME_CHARACTERS = 20
/** The longest label that every platform accepts: Slack's limit, Discord allows 80. */
const MAX_LABEL = 75
/** A little below the 2,000 characters that Slack keeps behind a button; Discord stores longer lines elsewhere. */
const MAX_LINE = 1_900

/** What to type for a speaker: the last name where it is enough to find them, otherwise the whole name. */
export function nameToType(speaker: Speaker, library: Library, scope?: Story): string {
  const { name, story } = speaker
  // A name without spaces is one word to those who have it, whatever a dictionary splits off.
  const last = (hasWordsWithoutSpaces(name) ? name : (tokens(name).at(-1) ?? name)).toLowerCase()
  const hasNamesake = namesakeFlags(speaker, library, scope).story !== undefined
  return isOnly(speaker, library.speakers(last, hasNamesake ? story : scope)) ? last : speakerKey(name)
}

/** The flag that a line about a speaker needs besides the whole name: the story, where somebody else has that name. */
export const namesakeFlags = (speaker: Speaker, library: Library, scope?: Story): { story?: string } =>
  isOnly(speaker, library.speakers(speakerKey(speaker.name), scope)) ? {} : { story: speaker.story.slug }

const isOnly = ({ name, story }: Speaker, found: Speaker[]) =>
  found.length === 1 && found[0]!.name === name && found[0]!.story === story

/**
 * Shortens names for buttons side by side: short names stay whole, longer ones keep as many of their last words as tell
 * them apart, usually the last name. The text beside the buttons gives each name in full.
 */
export function shortNames(names: string[]): string[] {
  const taken = new Set(names.filter(name => name.length <= MAX_SHORT_NAME_CHARACTERS))
  return names.map(name => {
    if (name.length <= MAX_SHORT_NAME_CHARACTERS) return name
    const words = name.match(/[\p{L}\p{N}\p{M}][^\s()[\]]*/gu) ?? []
    const ends = words.map((_, index) => words.slice(words.length - 1 - index).join(' '))
    const short = ends.find(end => /\p{L}{3}/u.test(end) && !taken.has(end)) ?? name
    taken.add(short)
    return short
  })
}

/** Builds buttons that offer names, each short enough for every platform. */
export const buttonsFor = (names: string[], lineOf: (name: string) => string): Button[] =>
  fittingButtons(shortNames(names).map((label, index) => ({ label, line: lineOf(names[index]!) })))

/** Keeps the buttons that every platform accepts. The text beside them names the lines of all. */
export const fittingButtons = (buttons: Button[]): Button[] =>
  buttons.filter(({ label, line }) => label.length <= MAX_LABEL && line.length <= MAX_LINE)
