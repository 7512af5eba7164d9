import { type Button, type Reply, refusal } from '../../../chat/reply.ts'
import { phrases } from '../../../phrases/phrases.ts'
import { STORY } from '../../../store/drafts/drafts.ts'
import { type ChatDraft, draftLine, importLine } from './chat-draft.ts'

/** Refuses to decide about pieces of a draft that is a story already: what is added now belongs into that story. */
export function publishedProblem({ stored: { slug, address }, published }: ChatDraft): Reply | undefined {
  if (published === undefined) return undefined
  return {
    ...refusal(phrases.draftStory.isStoryAlready(slug, importLine({ address, story: slug }))),
    buttons: [undoStoryButton(slug)],
  }
}

/** The button that takes a story back which was made of a draft. */
export const undoStoryButton = (slug: string): Button => ({
  label: phrases.draftPieces.undo(STORY),
  line: draftLine(slug, 'undo', STORY),
})
