import { fold } from './fold.ts'

/** How many letters in a row are compared: two would be in common by chance, four would be broken by one edit. */
const RUN_LENGTH = 3

/** How much two texts have in common, from 0 to 1: the share of their runs of three letters. In any script. */
export function likeness(a: string, b: string): number {
  const [runsOfA, runsOfB] = [runs(a), runs(b)]
  let common = 0
  for (const run of runsOfA) if (runsOfB.has(run)) common++
  return (2 * common) / (runsOfA.size + runsOfB.size)
}

function runs(text: string): Set<string> {
  const letters = ` ${fold(text)} `
  const found = new Set<string>()
  for (let start = 0; start + RUN_LENGTH <= letters.length; start++)
    found.add(letters.slice(start, start + RUN_LENGTH))
  return found.add(letters)
}
