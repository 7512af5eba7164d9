import { distance } from 'fastest-levenshtein'
import { fold } from '../content/fold.ts'

/** At most three known names close to a mistyped one, the closest first. Exact or not, they are offers, never used silently. */
export function closest(typed: string, known: Iterable<string>): string[] {
  const wanted = fold(typed)
  const reach = Math.max(1, Math.floor(wanted.length / 3))
  const letters = lettersOf(wanted)
  const offers: { name: string; away: number }[] = []
  for (const name of new Set(known)) {
    const folded = fold(name)
    if (folded.startsWith(wanted) && wanted.length > 1) {
      offers.push({ name, away: 0 })
      continue
    }
    // Cheap tests first: with thousands of stories nearly every name ends here.
    if (Math.abs(folded.length - wanted.length) > reach) continue
    if (bits(letters ^ lettersOf(folded)) > 2 * reach) continue
    const away = distance(wanted, folded)
    if (away <= reach) offers.push({ name, away })
  }
  return offers
    .sort((a, b) => a.away - b.away || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(offer => offer.name)
}

function lettersOf(word: string): number {
  let mask = 0
  for (let at = 0; at < word.length; at++) mask |= 1 << (word.charCodeAt(at) & 31)
  return mask
}

function bits(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}
