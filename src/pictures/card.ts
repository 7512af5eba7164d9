import type { Picture } from '../chat/reply.ts'
import { type Box, box, MEASURE, words } from './box.ts'
import type { Colours } from './colours.ts'
import { FAMILY } from './fonts.ts'
import { coloursOf, sheet } from './frame.ts'

type Card = Extract<Picture, { kind: 'card' }>

/** How large words are set, by how many letters there are at most. */
const SIZES: [most: number, size: number][] = [
  [50, 88],
  [100, 74],
  [170, 64],
  [260, 55],
  [400, 48],
  [600, 43],
]
const SMALLEST = 39

/** What is left free at the sides of a panel. */
const PANEL = 38

/** The size of a quotation in pixels. */
export const sizeOf = (text: string): number => SIZES.find(([most]) => text.length <= most)?.[1] ?? SMALLEST

/** A quotation as a picture: the words, who said them, where they stand, and what an editor has to say of them. */
export function card(picture: Card): Box {
  const colours = coloursOf(picture)
  return sheet(
    picture,
    picture.marks ? quotation(picture.words, colours) : report(picture.words, colours),
    about(picture.about, colours),
    ...(picture.note === undefined ? [] : [note(picture.note, colours)]),
  )
}

/** The opening mark hangs in the margin, so that the words stand in one line below each other. */
function quotation(text: string, colours: Colours): Box {
  const size = sizeOf(text)
  const type = { fontFamily: FAMILY.serif, fontSize: size, lineHeight: 1.24, textWrap: 'wrap' }
  const hang = Math.round(size * 0.62)
  return box(
    { marginTop: 44, position: 'relative' },
    words('“', {
      ...{ ...type, width: hang, position: 'absolute', top: 0, left: -hang, color: colours.accent },
      justifyContent: 'flex-end',
    }),
    words(`${text}”`, { ...type, width: MEASURE, color: colours.ink }),
  )
}

/** Words that nobody is quoted with: set like a report, in a panel, without marks. */
function report(text: string, colours: Colours): Box {
  const size = Math.min(sizeOf(text), 50) - 4
  const width = MEASURE - 2 * PANEL
  return box(
    { width, marginTop: 44, padding: `34px ${PANEL}px 38px`, background: colours.panel },
    words(text, { width, fontSize: size, color: colours.ink }),
  )
}

function about([speaker = '', ...more]: string[], colours: Colours): Box {
  return box(
    { marginTop: 40 },
    words(speaker, { width: MEASURE, fontSize: 38, fontWeight: 600, color: colours.ink }),
    ...more.map((line, index) =>
      words(line, {
        width: MEASURE,
        ...(index === 0
          ? { fontSize: 32, color: colours.ink }
          : { fontSize: 28, marginTop: index === 1 ? 12 : 0, color: colours.quiet }),
      }),
    ),
  )
}

function note(text: string, colours: Colours): Box {
  return box(
    { marginTop: 36, paddingLeft: 26, borderLeft: `4px solid ${colours.rule}` },
    words(text, { width: MEASURE - 30, fontSize: 29, color: colours.ink }),
  )
}
