import { fold } from '../fold.ts'
import { bump } from '../in-step.ts'
import { addFolded, type NameIndex, nameIndex } from './closest-names.ts'

/** The names of many, each as often as it was added, in one index: to look through a thousand small ones takes far longer. */
export type CountedNames = { index: NameIndex; add(name: string): void; drop(name: string): void }

/** Begins without any name. */
export function countNamesInIndex(): CountedNames {
  const index = nameIndex([])
  const counts = new Map<string, number>()
  const places = new Map<string, number>()
  return {
    index,
    add(name) {
      if (bump(counts, name, 1) > 1) return
      const folded = fold(name)
      places.set(name, index.byLength[folded.length]?.names.length ?? 0)
      addFolded(index, name, folded)
    },
    drop(name) {
      if (bump(counts, name, -1) > 0) return
      const { names, folded, characterMasks } = index.byLength[fold(name).length]!
      const at = places.get(name)!
      places.delete(name)
      // The last one takes its place: the order of names does not matter.
      const last = names.pop()!
      const lastFolded = folded.pop()!
      const masks = characterMasks.splice(-2)
      if (last === name) return
      names[at] = last
      folded[at] = lastFolded
      characterMasks.splice(2 * at, 2, ...masks)
      places.set(last, at)
    },
  }
}
