import { type Action, type Block, MOST_ALT, type Picture, type PictureBlock } from '../chat/reply.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { altOf, canPaint } from '../pictures/glyphs.ts'
import { sourcesBlock } from './label.ts'
import type { Words } from './line.ts'

/** A picture with its description, of at most so many letters, and what it says in words; or why there can be none. */
export function pictured(
  picture: Picture,
  says: Block[],
  most = MOST_ALT,
): { block: PictureBlock } | { problem: string } {
  if (!canPaint(picture)) return { problem: phrases.picture.noLetters }
  const alt = altOf(picture)
  if (alt.length > Math.min(most, MOST_ALT)) return { problem: phrases.picture.tooLong }
  return { block: { kind: 'picture', picture, alt, says } }
}

/** What a picture says at its foot, since it travels alone: on which day all was checked, and whose work it is. */
export function footOf(story: Story): string {
  const sources = sourcesBlock(story, [])
  const checked = sources.kind === 'sources' ? sources.checked : undefined
  return [checked, 'nutgraf'].filter(Boolean).join(' · ')
}

/** The button to the same picture by day, or by night. `lineWith` gives the line with some flags more. */
export const otherLight = (dark: boolean, lineWith: (flags: Words['flags']) => string): Action =>
  dark
    ? { label: phrases.picture.inLight, line: lineWith({}) }
    : { label: phrases.picture.inDark, line: lineWith({ dark: true }) }
