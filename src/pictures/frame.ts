import type { Picture } from '../chat/reply.ts'
import { type Box, box, CONTENT_WIDTH, MARGIN, textBox } from './box.ts'
import { COLOURS, type Colours } from './colours.ts'
import { FONT_FAMILY } from './fonts.ts'

/** The colours of a picture. */
export const coloursOf = ({ dark }: Pick<Picture, 'dark'>): Colours => COLOURS[dark ? 'dark' : 'light']

/** Lays out the frame of every picture: its label on top, the content, and its subject at the foot. */
export function frame(picture: Picture, ...content: Box[]): Box {
  const colours = coloursOf(picture)
  return box(
    {
      width: CONTENT_WIDTH,
      padding: `0 ${MARGIN}px 56px`,
      background: colours.paper,
      fontFamily: FONT_FAMILY.sans,
    },
    box({ width: 96, height: 14, background: colours.accent }),
    labelBox(picture.label, colours),
    ...content,
    footBox(picture.foot, colours),
  )
}

/** The label of a picture. Its first line says what this is, so it is set larger. */
function labelBox(text: string, colours: Colours): Box {
  const [first = '', ...more] = text.split('\n')
  return box(
    { marginTop: 46 },
    textBox(first, {
      width: CONTENT_WIDTH,
      fontSize: 30,
      fontWeight: 600,
      letterSpacing: 1,
      color: colours.accent,
    }),
    ...more.map(line =>
      textBox(line, { width: CONTENT_WIDTH, marginTop: 6, fontSize: 28, color: colours.quiet }),
    ),
  )
}

function footBox(text: string, colours: Colours): Box {
  const lines = text.split('\n')
  return box(
    { width: CONTENT_WIDTH, marginTop: 48, paddingTop: 26, borderTop: `2px solid ${colours.rule}` },
    ...lines.map((line, index) =>
      textBox(line, {
        width: CONTENT_WIDTH,
        fontSize: 28,
        color: colours.quiet,
        ...(index < lines.length - 1 && { fontWeight: 600, color: colours.ink }),
      }),
    ),
  )
}
