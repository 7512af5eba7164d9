import type { Picture } from '../chat/reply.ts'
import { type Box, box, CONTENT_WIDTH, type Style, textBox } from './box.ts'
import type { Colours } from './colours.ts'
import { FONT_FAMILY } from './fonts.ts'
import { coloursOf, frame } from './frame.ts'

type Chart = Extract<Picture, { kind: 'chart' }>

const YEAR_WIDTH = 146
const RAIL_WIDTH = 52
const TEXT_WIDTH = CONTENT_WIDTH - YEAR_WIDTH - RAIL_WIDTH
const DOT_SIZE = 22

/**
 * Lays out dated events on a vertical line, the oldest on top. They are spaced evenly, because events of one month
 * would otherwise overlap. So that a gap is not taken for a step, every year is marked, including years without events.
 */
export function chart(picture: Chart): Box {
  const colours = coloursOf(picture)
  const rows = chartRows(picture.events)
  return frame(
    picture,
    textBox(picture.title, {
      width: CONTENT_WIDTH,
      marginTop: 30,
      marginBottom: 46,
      color: colours.ink,
      fontFamily: FONT_FAMILY.serif,
      fontWeight: 600,
      fontSize: 54,
      lineHeight: 1.18,
    }),
    ...rows.map((row, index) =>
      rowBox(row, colours, { first: index === 0, last: index === rows.length - 1 }),
    ),
  )
}

/** An event, with its year if it is the first of that year; or a run of years without events. */
type Row = { year?: string; event?: Chart['events'][number] }

function chartRows(events: Chart['events']): Row[] {
  const rows: Row[] = []
  let previousYear: number | undefined
  for (const event of events) {
    const year = Number(/\d{4}/.exec(event.date)?.[0] ?? Number.NaN)
    const nextYear = previousYear === undefined ? year : previousYear + 1
    if (previousYear !== undefined && year > nextYear)
      rows.push({ year: year - 1 === nextYear ? String(nextYear) : `${nextYear}–${year - 1}` })
    rows.push(year === previousYear || Number.isNaN(year) ? { event } : { year: String(year), event })
    if (!Number.isNaN(year)) previousYear = year
  }
  return rows
}

function rowBox({ year, event }: Row, colours: Colours, at: { first: boolean; last: boolean }): Box {
  const isEmpty = event === undefined
  const yearBox = textBox(year ?? '', {
    width: YEAR_WIDTH,
    ...(isEmpty
      ? { fontSize: (year?.length ?? 0) > 4 ? 28 : 34, fontWeight: 400, color: colours.quiet }
      : { fontSize: 44, fontWeight: 600, lineHeight: 1, marginTop: -4, color: colours.accent }),
    fontFamily: FONT_FAMILY.serif,
  })
  return box(
    { flexDirection: 'row' },
    yearBox,
    railBox(isEmpty, colours, at),
    event && eventBox(event, colours),
  )
}

/** The vertical line, with a dot for an event or a short stroke for years without one. */
function railBox(
  isEmpty: boolean,
  colours: Colours,
  { first, last }: { first: boolean; last: boolean },
): Box {
  const middle = RAIL_WIDTH / 2 - 14
  const centre = DOT_SIZE / 2 + 8
  const line = {
    position: 'absolute',
    left: middle - 2,
    width: 4,
    background: colours.rule,
    top: first ? centre : 0,
    ...(last ? { height: centre } : { bottom: 0 }),
  }
  const mark: Style = isEmpty
    ? { top: 21, left: middle - 9, width: 18, height: 4, background: colours.rule }
    : {
        top: 8,
        left: middle - DOT_SIZE / 2,
        width: DOT_SIZE,
        height: DOT_SIZE,
        borderRadius: DOT_SIZE,
        background: colours.accent,
      }
  return box(
    { position: 'relative', width: RAIL_WIDTH, ...(isEmpty && { height: 62 }) },
    box(line),
    box({ position: 'absolute', ...mark }),
  )
}

function eventBox({ date, text }: Chart['events'][number], colours: Colours): Box {
  return box(
    { width: TEXT_WIDTH, paddingBottom: 28 },
    textBox(date, { width: TEXT_WIDTH, fontSize: 29, fontWeight: 600, color: colours.accent }),
    textBox(text, { width: TEXT_WIDTH, marginTop: 2, fontSize: 35, lineHeight: 1.25, color: colours.ink }),
  )
}
