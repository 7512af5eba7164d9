import type { Button } from '../chat/reply.ts'
import { tokens } from '../content/fold.ts'
import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import { speakerKey } from './quote/attribution.ts'

/** What fits on a button of a phone beside two others. */
const MAX_SHORT_NAME_CHARACTERS = 20
/** What a button takes on every platform. */
const MAX_LABEL = 75
const MAX_LINE = 1_900

/** The last name where it is enough to find this speaker, else the whole name. */
export function nameToType(name: string, library: Library, story?: Story): string {
  const last = (tokens(name).at(-1) ?? name).toLowerCase()
  const found = library.speakers(last, story)
  return found.length === 1 && found[0]!.name === name ? last : speakerKey(name)
}

/**
 * Names as they stand on buttons side by side: whole where they are short, else as much of their end as tells them
 * apart, the last name for most. What stands beside a button says the name in full.
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

/** Buttons that offer names, each short enough for every platform. */
export const buttonsFor = (names: string[], lineOf: (name: string) => string): Button[] =>
  fittingButtons(shortNames(names).map((label, index) => ({ label, line: lineOf(names[index]!) })))

/** Those of some buttons that every platform takes. What stands beside them names the lines of all. */
export const fittingButtons = (actions: Button[]): Button[] =>
  actions.filter(({ label, line }) => label.length <= MAX_LABEL && line.length <= MAX_LINE)
