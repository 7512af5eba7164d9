import { type Inline, note, type Reply } from './reply.ts'

/**
 * Who had an answer posted for all to see, as its row keeps it: the name, where they have one that can be printed, and
 * the line that was asked, where all its words are ours.
 */
export type Shared = { by?: string; line?: string }

const MOST_NAME = 60
// Control characters, and signs that turn the direction of what follows, would break the sentence around them.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** A name that somebody gave themselves, where it breaks no sentence. */
export const harmlessName = (name: string | undefined): string | undefined =>
  name !== undefined && name.trim() !== '' && name.length <= MOST_NAME && !UNPRINTABLE.test(name)
    ? name.trim()
    : undefined

/** The longest that can stand under a shared answer: with it, too, every answer must fit into a message. */
export const LONGEST: Shared = { by: '*'.repeat(MOST_NAME), line: `/${'_'.repeat(79)}` }

/** A reply with the small print that says who shared it. It is data like any other, so a name can ping nobody. */
export function withSharer(reply: Reply, { by, line }: Shared): Reply {
  const asked: Inline[] = line === undefined ? [] : [' · asked with ', { code: line }]
  return { ...reply, blocks: [...reply.blocks, note(`Shared by ${by ?? 'somebody here'}`, ...asked)] }
}

/** The most letters of a line that is printed. */
export const MOST_LINE = LONGEST.line!.length

/** Who shared the answer of a row; nothing for what was not shared. */
export function sharedOf(selection: string | undefined): Shared | undefined {
  return (JSON.parse(selection ?? '{}') as { shared?: Shared }).shared
}
