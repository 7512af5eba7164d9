import { note, type Reply } from '../chat/reply.ts'
import { MAX_NAME } from '../chat/safe-text.ts'
import { phrases } from '../phrases/phrases.ts'

/**
 * Who shared an answer, as its row keeps it: the name, if it can be printed, and the line that was asked, if all its
 * words are ours.
 */
export type SharedBy = { by?: string; line?: string }

/** The longest footer of a shared answer: every answer must fit into a message with it. */
export const LONGEST_FOOTER: SharedBy = { by: '*'.repeat(MAX_NAME), line: `/${'_'.repeat(79)}` }

/** Adds the small print that says who shared a reply. The name is escaped like all data, so it cannot ping anybody. */
export const withSharer = (reply: Reply, { by, line }: SharedBy): Reply => ({
  ...reply,
  blocks: [...reply.blocks, note(...phrases.publish.sharedBy(by, line))],
})

/** The most characters of a line that is printed in a message. */
export const MAX_PRINTED_LINE = LONGEST_FOOTER.line!.length

/** Reads who shared the answer of a row; undefined if nobody did. */
export function sharerOf(selection: string | undefined): SharedBy | undefined {
  return (JSON.parse(selection ?? '{}') as { shared?: SharedBy }).shared
}
