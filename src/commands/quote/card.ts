import { phoneLength, plainInlines } from '../../chat/plain-text.ts'
import { ALT_BUDGET, note, PHONE_BUDGET, type Picture, type Reply } from '../../chat/reply.ts'
import type { StoryQuote } from '../../content/speakers.ts'
import { phrases } from '../../phrases/phrases.ts'
import { labelOf } from '../label.ts'
import type { ParsedLine } from '../line.ts'
import { pictureBlock, pictureFooter, themeButton } from '../picture.ts'
import { attributionTextLines, editorsNote, quoteKindText } from './attribution.ts'

/** An answer about one quotation with its words as a picture. `lineOf` gives the line that asks for it with some flags. */
export function quoteCard(
  reply: Reply,
  said: StoryQuote,
  { dark, lineOf }: { dark: boolean; lineOf(flags: ParsedLine['flags']): string },
): Reply {
  const drawn = pictureBlock(
    cardPicture(said, dark),
    reply.blocks.filter(block => block.kind === 'quote'),
    // A card that stands somewhere stays one when its label gets a warning.
    ALT_BUDGET + (reply.label?.warnings ?? 0),
  )
  if ('problem' in drawn) {
    const told = { ...reply, blocks: [...reply.blocks, note(drawn.problem)] }
    // Never a refusal: a card that stands somewhere would say that its words are gone.
    return phoneLength(told) <= PHONE_BUDGET ? told : reply
  }
  return {
    ...reply,
    blocks: reply.blocks.map(block => (block.kind === 'quote' ? drawn.block : block)),
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
