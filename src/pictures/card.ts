import type { Picture } from '../chat/reply.ts'
import { type Box, box, CONTENT_WIDTH, textBox } from './box.ts'
import type { Colours } from './colours.ts'
import { FONT_FAMILY } from './fonts.ts'
import { coloursOf, frame } from './frame.ts'

type Card = Extract<Picture, { kind: 'card' }>

/** Font sizes in pixels by the length of a quotation: longer ones are smaller. */
const FONT_SIZES: [maxCharacters: number, size: number][] = [
  [50, 88],
  [100, 74],
  [170, 64],
  [260, 55],
  [400, 48],
  [600, 43],
]
const MIN_FONT_SIZE = 39

/** The padding at the sides of a panel, in pixels. */
const PANEL_PADDING = 38

/** The font size of a quotation in pixels. */
export const fontSizeFor = (text: string): number =>
  FONT_SIZES.find(([maxCharacters]) => text.length <= maxCharacters)?.[1] ?? MIN_FONT_SIZE

/** Lays out a quotation: the words, who said them, where they are from, and the editor's note. */
export function card(picture: Card): Box {
  const colours = coloursOf(picture)
  return frame(
    picture,
    picture.marks ? quotationBox(picture.words, colours) : reportedWordsBox(picture.words, colours),
    attributionBox(picture.about, colours),
    ...(picture.note === undefined ? [] : [noteBox(picture.note, colours)]),
  )
}

/** Words in quotation marks. The opening mark hangs in the margin, so that all lines begin at the same place. */
function quotationBox(text: string, colours: Colours): Box {
  const size = fontSizeFor(text)
  const type = { fontFamily: FONT_FAMILY.serif, fontSize: size, lineHeight: 1.24, textWrap: 'wrap' }
  const hang = Math.round(size * 0.62)
  return box(
    { marginTop: 44, position: 'relative' },
    textBox('“', {
      ...type,
      width: hang,
      position: 'absolute',
      top: 0,
      left: -hang,
      color: colours.accent,
      justifyContent: 'flex-end',
    }),
    textBox(`${text}”`, { ...type, width: CONTENT_WIDTH, color: colours.ink }),
  )
}

/** An outlet's own words, which nobody is quoted as saying: in a panel, without quotation marks. */
function reportedWordsBox(text: string, colours: Colours): Box {
  const size = Math.min(fontSizeFor(text), 50) - 4
  const width = CONTENT_WIDTH - 2 * PANEL_PADDING
  return box(
    { width, marginTop: 44, padding: `34px ${PANEL_PADDING}px 38px`, background: colours.panel },
    textBox(text, { width, fontSize: size, color: colours.ink }),
  )
}

function attributionBox([speaker = '', ...more]: string[], colours: Colours): Box {
  return box(
    { marginTop: 40 },
    textBox(speaker, { width: CONTENT_WIDTH, fontSize: 38, fontWeight: 600, color: colours.ink }),
    ...more.map((line, index) =>
      textBox(line, {
        width: CONTENT_WIDTH,
        ...(index === 0
          ? { fontSize: 32, color: colours.ink }
          : { fontSize: 28, marginTop: index === 1 ? 12 : 0, color: colours.quiet }),
      }),
    ),
  )
}

function noteBox(text: string, colours: Colours): Box {
  return box(
    { marginTop: 36, paddingLeft: 26, borderLeft: `4px solid ${colours.rule}` },
    textBox(text, { width: CONTENT_WIDTH - 30, fontSize: 29, color: colours.ink }),
  )
}
