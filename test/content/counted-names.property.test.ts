import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closestNames, nameIndex } from '../../src/content/names/closest-names.ts'
import { countNamesInIndex } from '../../src/content/names/counted-names.ts'

const name = fc.stringMatching(/^[abcÄ]{1,3}( [abcd]{1,8})?$/)

test('names that come and go are offered as those are that are left', () => {
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 30 }),
      fc.array(fc.nat(), { maxLength: 25 }),
      name,
      (added, dropped, typed) => {
        const counted = countNamesInIndex()
        const left = [...added]
        for (const each of added) counted.add(each)
        for (const at of dropped) {
          const [gone] = left.splice(at % (left.length + 1), 1)
          if (gone !== undefined) counted.drop(gone)
        }
        expect(closestNames(typed, counted.index)).toEqual(closestNames(typed, nameIndex(left)))
      },
    ),
    { numRuns: 3_000 },
  )
})
