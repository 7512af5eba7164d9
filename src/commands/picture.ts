import { type Block, type Button, MAX_ALT, type Picture, type PictureBlock } from '../chat/reply.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { altText, canPaint } from '../pictures/glyphs.ts'
import { sourcesBlock } from './label.ts'
import type { ParsedLine } from './line.ts'

/** A picture with its description, of at most so many letters, and what it says in words; or why there can be none. */
export function pictureBlock(
  picture: Picture,
  fallback: Block[],
  most = MAX_ALT,
): { block: PictureBlock } | { problem: string } {
  if (!canPaint(picture)) return { problem: phrases.picture.notPaintable }
  const alt = altText(picture)
  if (alt.length > Math.min(most, MAX_ALT)) return { problem: phrases.picture.tooLong }
  return { block: { kind: 'picture', picture, alt, fallback } }
}

/** What a picture says at its foot, since it travels alone: on which day all was checked, and whose work it is. */
export function pictureFooter(story: Story): string {
  const sources = sourcesBlock(story, [])
  const checked = sources.kind === 'sources' ? sources.checked : undefined
  return [checked, 'nutgraf'].filter(Boolean).join(' · ')
}

/** The button to the same picture by day, or by night. `lineWith` gives the line with some flags more. */
export const themeButton = (dark: boolean, lineWith: (flags: ParsedLine['flags']) => string): Button =>
  dark
    ? { label: phrases.picture.lightVersion, line: lineWith({}) }
    : { label: phrases.picture.darkVersion, line: lineWith({ dark: true }) }
