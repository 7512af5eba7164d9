import type { Library } from '../content/library.ts'
import type { Story } from '../content/story.ts'
import type { Call } from '../platform.ts'
import { type Inline, type Reply, refusal } from '../reply.ts'
import { closest } from './closest.ts'
import type { Words } from './line.ts'

/** What every command may look at: the stories as they are now, and what this program is. */
export type Newsroom = { library(): Library; version: string; zone: string }

/** A story verb at work: the words after the verb, and the line that asks for the same again. */
export type StoryAsk = {
  story: Story
  library: Library
  args: string[]
  flags: Words['flags']
  call: Call
  zone: string
  again: string
}

/** The zone in which a caller's days are counted. */
export const zoneOf = (call: Call, newsroom: Newsroom) => call.caller.zone ?? newsroom.zone

/**
 * Says that a word is not known and offers at most three that are. Where the answer is public it does not repeat
 * what was typed: nobody may make the bot say their words.
 */
export function unknown(
  call: Call,
  typed: string,
  offer: { known: Iterable<string>; lineOf(name: string): string; help: string },
): Reply {
  const near = closest(typed, offer.known)
  const what: Inline[] = call.audience === 'place' ? ['I don’t know that word.'] : ['No “', typed, '” here.']
  const meant: Inline[] =
    near.length > 0
      ? [
          ' Did you mean: ',
          ...near.flatMap((name, index) => [index > 0 ? ', ' : '', { code: offer.lineOf(name) }]),
          '?',
        ]
      : []
  return {
    ...refusal([...what, ...meant, ' All: ', { code: offer.help }]),
    actions: near
      .map(name => ({ label: name, line: offer.lineOf(name) }))
      .filter(action => action.label.length <= 75),
  }
}
