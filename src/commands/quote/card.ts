import { phoneLength, plainInlines } from '../../chat/plain-text.ts'
import { ALT_BUDGET, note, PHONE_BUDGET, type Picture, type Reply } from '../../chat/reply.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import { phrases } from '../../phrases/phrases.ts'
import { labelOf } from '../label.ts'
import type { ParsedLine } from '../line.ts'
import { pictureBlock, pictureFooter, themeButton } from '../picture.ts'
import { attributionTextLines, editorsNote, quoteKindText } from './attribution.ts'

/** Replaces the words of a quotation in an answer with a picture. `lineOf` returns its line with the given flags. */
export function quoteCard(
  reply: Reply,
  storyQuote: StoryQuote,
  { dark, lineOf }: { dark: boolean; lineOf(flags: ParsedLine['flags']): string },
): Reply {
  const card = pictureBlock(
    cardPicture(storyQuote, dark),
    reply.blocks.filter(block => block.kind === 'quote'),
    // Room for a later warning in the label, so that a posted card stays a card.
    ALT_BUDGET + (reply.label?.warnings ?? 0),
  )
  if ('problem' in card) {
    const withProblem = { ...reply, blocks: [...reply.blocks, note(card.problem)] }
    // Never a refusal: a card that was posted would then be edited to say that its words are gone.
    return phoneLength(withProblem) <= PHONE_BUDGET ? withProblem : reply
  }
  return {
    ...reply,
    blocks: reply.blocks.map(block => (block.kind === 'quote' ? card.block : block)),
    buttons: [
      themeButton(dark, flags => lineOf({ card: true, ...flags })),
      { label: phrases.picture.asText, line: lineOf({}) },
    ],
  }
}

function cardPicture({ story, quote }: StoryQuote, dark: boolean): Picture {
  const lead = [quoteKindText(quote).toUpperCase(), quote.remark].filter(Boolean).join(' · ')
  return {
    kind: 'card',
    label: `${lead}\n${labelOf(story).line}`,
    words: quote.words,
    marks: quote.kind !== 'reported',
    about: attributionTextLines(quote),
    ...(quote.note && { note: plainInlines(editorsNote(quote.note)) }),
    foot: `${story.title}\n${pictureFooter(story)}`,
    ...(dark && { dark }),
  }
}
