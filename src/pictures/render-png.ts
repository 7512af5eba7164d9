import { Resvg } from '@resvg/resvg-js'
import satori from 'satori'
import type { Picture } from '../chat/reply.ts'
import { PICTURE_WIDTH } from './box.ts'
import { card } from './card.ts'
import { chart } from './chart.ts'
import { fontsFor } from './fonts.ts'
import { normalizeText, pictureTexts } from './glyphs.ts'

/** Draws a picture as PNG, as high as its words need; every letter becomes an outline, so no font of the machine is used. */
export async function renderPng(picture: Picture): Promise<Uint8Array> {
  const box = picture.kind === 'card' ? card(picture) : chart(picture)
  const fonts = fontsFor(pictureTexts(picture).map(normalizeText))
  // Its types know React alone; a box is all that it reads of an element.
  const svg = await satori(box as unknown as Parameters<typeof satori>[0], { width: PICTURE_WIDTH, fonts })
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng()
}
