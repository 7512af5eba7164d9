import type { Said } from '../content/speakers.ts'
import { phrases } from '../phrases.ts'
import { phoneLength, plainInlines } from '../plain.ts'
import { MOST_ALT, note, PHONE_BUDGET, type Picture, type Reply, refusal } from '../reply.ts'
import { labelOf } from './label.ts'
import type { Words } from './line.ts'
import { footOf, otherLight, pictured } from './pictured.ts'
import { aboutLines, editorsNote, kindOf } from './quoted.ts'

/** An answer about one quotation with its words as a picture. `lineOf` gives the line that asks for it with some flags. */
export function quoteCard(
  reply: Reply,
  said: Said,
  { dark, lineOf }: { dark: boolean; lineOf(flags: Words['flags']): string },
): Reply {
  const words = lineOf({})
  const drawn = pictured(
    cardOf(said, dark),
    reply.blocks.filter(block => block.kind === 'quote'),
  )
  const long = 'block' in drawn && drawn.block.alt.length > MOST_ALT
  if ('problem' in drawn || long) {
    const problem = 'problem' in drawn ? drawn.problem : phrases.picture.tooLong
    const told = { ...reply, blocks: [...reply.blocks, note(problem)] }
    return phoneLength(told) <= PHONE_BUDGET ? told : refusal(phrases.picture.notDrawn(words))
  }
  return {
    ...reply,
    blocks: reply.blocks.map(block => (block.kind === 'quote' ? drawn.block : block)),
    actions: [
      otherLight(dark, flags => lineOf({ card: true, ...flags })),
      { label: phrases.picture.asText, line: words },
    ],
  }
}

function cardOf({ story, quote }: Said, dark: boolean): Picture {
  const lead = [kindOf(quote).toUpperCase(), quote.remark].filter(Boolean).join(' · ')
  return {
    kind: 'card',
    label: `${lead}\n${labelOf(story).line}`,
    words: quote.words,
    marks: quote.kind !== 'reported',
    about: aboutLines(quote),
    ...(quote.note && { note: plainInlines(editorsNote(quote.note)) }),
    foot: `${story.title}\n${footOf(story)}`,
    ...(dark && { dark }),
  }
}
