import { note, type Reply } from '../chat/reply.ts'
import { MAX_NAME } from '../chat/safe-text.ts'
import { phrases } from '../phrases/phrases.ts'

/**
 * Who had an answer posted for all to see, as its row keeps it: the name, where they have one that can be printed, and
 * the line that was asked, where all its words are ours.
 */
export type SharedBy = { by?: string; line?: string }
/** The longest that can stand under a shared answer: with it, too, every answer must fit into a message. */
export const LONGEST_FOOTER: SharedBy = { by: '*'.repeat(MAX_NAME), line: `/${'_'.repeat(79)}` }

/** A reply with the small print that says who shared it. It is data like any other, so a name can ping nobody. */
export const withSharer = (reply: Reply, { by, line }: SharedBy): Reply => ({
  ...reply,
  blocks: [...reply.blocks, note(...phrases.publish.sharedBy(by, line))],
})

/** The most letters of a line that is printed. */
export const MAX_PRINTED_LINE = LONGEST_FOOTER.line!.length

/** Who shared the answer of a row; nothing for what was not shared. */
export function sharerOf(selection: string | undefined): SharedBy | undefined {
  return (JSON.parse(selection ?? '{}') as { shared?: SharedBy }).shared
}
