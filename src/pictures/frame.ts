import type { Picture } from '../chat/reply.ts'
import { type Box, box, MARGIN, MEASURE, words } from './box.ts'
import { COLOURS, type Colours } from './colours.ts'
import { FAMILY } from './fonts.ts'

/** The colours of a picture. */
export const coloursOf = ({ dark }: Pick<Picture, 'dark'>): Colours => COLOURS[dark ? 'dark' : 'light']

/** The sheet that every picture is: its label on top, what it shows, and what it belongs to at the foot. */
export function sheet(picture: Picture, ...content: Box[]): Box {
  const colours = coloursOf(picture)
  return box(
    { width: MEASURE, padding: `0 ${MARGIN}px 56px`, background: colours.paper, fontFamily: FAMILY.sans },
    box({ width: 96, height: 14, background: colours.accent }),
    label(picture.label, colours),
    ...content,
    foot(picture.foot, colours),
  )
}

/** The first line stands out: it says what this is. */
function label(text: string, colours: Colours): Box {
  const [first = '', ...more] = text.split('\n')
  return box(
    { marginTop: 46 },
    words(first, {
      width: MEASURE,
      fontSize: 30,
      fontWeight: 600,
      letterSpacing: 1,
      color: colours.accent,
    }),
    ...more.map(line => words(line, { width: MEASURE, marginTop: 6, fontSize: 28, color: colours.quiet })),
  )
}

function foot(text: string, colours: Colours): Box {
  const lines = text.split('\n')
  return box(
    { width: MEASURE, marginTop: 48, paddingTop: 26, borderTop: `2px solid ${colours.rule}` },
    ...lines.map((line, index) =>
      words(line, {
        ...{ width: MEASURE, fontSize: 28, color: colours.quiet },
        ...(index < lines.length - 1 && { fontWeight: 600, color: colours.ink }),
      }),
    ),
  )
}
