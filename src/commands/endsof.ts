/** As many letters as a phone shows of a passage. */
const MOST_SHOWN = 80

/** A passage as it stands; a long one by its ends. */
export function endsOf(words: string): string {
  // Letter by letter: half an emoji is none.
  const letters = [...words]
  if (letters.length <= MOST_SHOWN) return words
  const ends = [letters.slice(0, MOST_SHOWN / 2), letters.slice(-MOST_SHOWN / 2)]
  return ends.map(end => end.join('').trim()).join(' … ')
}
