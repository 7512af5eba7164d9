import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closestNames, mergeNames, nameIndex } from '../../src/content/closest-names.ts'

const name = fc.stringMatching(/^[abc]{1,3}( [abcd]{1,8})?$/)

test('names of many stories in one index are offered as those of each are', () => {
  fc.assert(
    fc.property(fc.array(fc.array(name, { maxLength: 8 }), { maxLength: 6 }), name, (lists, typed) => {
      const indexes = lists.map(nameIndex)
      const wanted = closestNames(typed, ...indexes)
      expect(closestNames(typed, mergeNames(indexes))).toEqual(wanted)
    }),
    { numRuns: 2_000 },
  )
})
