/** A run of blanks in a text that is one character in the joined one: how many spaces it has, none for a line end. */
type Gap = { joined: number; start: number; end: number; spaces: number }

/** A text in one line, in which every gap is one space. */
type JoinedText = { joined: string; gaps: Gap[] }

/** Places with other numbers of spaces than the words have; more of them are no text that anybody wrote. */
const MAX_OTHER_PLACES = 10_000

/**
 * Yields the places of words that a text wraps: where they have spaces, it may have one line end with blanks around it.
 * Otherwise it has as many spaces as they have. Searched in one line, since a pattern would try every way to share the
 * blanks of a text out among those of the words.
 */
export function* findWrappedWords(
  words: string,
  text: string,
  from: number,
): Generator<{ start: number; end: number }> {
  const wanted = joinLines(words)
  const found = joinLines(text.slice(from))
  const wantedGaps = new Map(wanted.gaps.map(gap => [gap.joined, gap]))
  const spaces = [...wanted.joined.matchAll(/ /g)].map(({ index }) => ({
    index,
    count: wantedGaps.get(index)?.spaces ?? 1,
  }))
  const foundGaps = new Map(found.gaps.map(gap => [gap.joined, gap]))
  let others = 0
  for (
    let at = found.joined.indexOf(wanted.joined);
    at >= 0 && others < MAX_OTHER_PLACES;
    at = found.joined.indexOf(wanted.joined, at + 1)
  ) {
    const fits = spaces.every(({ index, count }) => {
      const gap = foundGaps.get(at + index)
      return gap?.spaces === 0 ? gap.end - gap.start >= count : (gap?.spaces ?? 1) === count
    })
    if (fits)
      yield {
        start: from + placeOf(found, at).start,
        end: from + placeOf(found, at + wanted.joined.length - 1).end,
      }
    else others++
  }
}

function joinLines(text: string): JoinedText {
  const gaps: Gap[] = []
  let joined = ''
  let from = 0
  for (const { 0: blanks, index: start } of text.matchAll(/\s{2,}|\n/g)) {
    const spaces = /^[^\S\r\n]*\r?\n[^\S\r\n]*$/.test(blanks)
      ? 0
      : /^ +$/.test(blanks)
        ? blanks.length
        : undefined
    if (spaces === undefined) continue
    joined += text.slice(from, start)
    from = start + blanks.length
    gaps.push({ joined: joined.length, start, end: from, spaces })
    joined += ' '
  }
  return { joined: joined + text.slice(from), gaps }
}

/** The place in the text of one character of the joined one. */
function placeOf({ gaps }: JoinedText, joined: number): { start: number; end: number } {
  let [low, high] = [0, gaps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (gaps[middle]!.joined <= joined) low = middle + 1
    else high = middle
  }
  const gap = gaps[low - 1]
  if (!gap) return { start: joined, end: joined + 1 }
  if (gap.joined === joined) return gap
  const start = gap.end + joined - gap.joined - 1
  return { start, end: start + 1 }
}
