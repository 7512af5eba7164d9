/**
 * How much two texts have in common, from 0 to 1. Fast, because each poll compares every item: what is the same at both ends
 * counts, or the share of their words, whichever is more. Both are in the folded form.
 */
export function alike(a: string, b: string): number {
  if (a === b) return 1
  const longest = Math.max(a.length, b.length)
  const shortest = Math.min(a.length, b.length)
  if (shortest === 0) return 0
  let start = 0
  while (start < shortest && a[start] === b[start]) start++
  let end = 0
  while (end < shortest - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const ends = (start + end) / longest
  return ends >= 0.99 ? ends : Math.max(ends, sharedWords(a, b))
}

/** The share of the words of two texts that both have, each as often as it stands in both. */
export function sharedWords(a: string, b: string): number {
  const words = unitsOf(a)
  const others = unitsOf(b)
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  let common = 0
  for (const word of others) {
    const left = counts.get(word) ?? 0
    if (left === 0) continue
    counts.set(word, left - 1)
    common++
  }
  return words.length + others.length === 0 ? 0 : (2 * common) / (words.length + others.length)
}

/** The words of a folded text. A script without spaces between words comes in words already. */
const unitsOf = (text: string): string[] => (text === '' ? [] : text.split(' '))
