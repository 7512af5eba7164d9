import { Resvg } from '@resvg/resvg-js'
import satori from 'satori'
import type { Picture } from '../chat/reply.ts'
import { PICTURE_WIDTH } from './box.ts'
import { card } from './card.ts'
import { chart } from './chart.ts'
import { fontsFor } from './fonts.ts'
import { normalizeText, pictureTexts } from './glyphs.ts'

/** Renders a picture as PNG, as tall as its text needs. Characters become outlines, so no system font is used. */
export async function renderPng(picture: Picture): Promise<Uint8Array> {
  const box = picture.kind === 'card' ? card(picture) : chart(picture)
  const fonts = fontsFor(pictureTexts(picture).map(normalizeText))
  // Satori's types expect React elements; a box has everything that it reads of one.
  const svg = await satori(box as unknown as Parameters<typeof satori>[0], { width: PICTURE_WIDTH, fonts })
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng()
}
