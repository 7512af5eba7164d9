import { type Block, type Button, MAX_ALT, type Picture, type PictureBlock } from '../chat/reply.ts'
import type { Story } from '../content/story.ts'
import { phrases } from '../phrases/phrases.ts'
import { altText, canPaint } from '../pictures/glyphs.ts'
import { sourcesBlock } from './label.ts'
import type { ParsedLine } from './line.ts'

/** Builds a picture block with alt text of at most `maxAlt` characters and a text fallback, or says why it cannot. */
export function pictureBlock(
  picture: Picture,
  fallback: Block[],
  maxAlt = MAX_ALT,
): { block: PictureBlock } | { problem: string } {
  if (!canPaint(picture)) return { problem: phrases.picture.notPaintable }
  const alt = altText(picture)
  if (alt.length > Math.min(maxAlt, MAX_ALT)) return { problem: phrases.picture.tooLong }
  return { block: { kind: 'picture', picture, alt, fallback } }
}

/**
 * The last line inside a picture: the day on which the story was checked, and our name, since pictures travel alone.
 */
export function pictureFooter(story: Story): string {
  const sources = sourcesBlock(story, [])
  const checked = sources.kind === 'sources' ? sources.checked : undefined
  return [checked, 'nutgraf'].filter(Boolean).join(' · ')
}

/** A button to the light or dark version of the same picture. `lineWith` returns its line with further flags. */
export const themeButton = (dark: boolean, lineWith: (flags: ParsedLine['flags']) => string): Button =>
  dark
    ? { label: phrases.picture.lightVersion, line: lineWith({}) }
    : { label: phrases.picture.darkVersion, line: lineWith({ dark: true }) }
