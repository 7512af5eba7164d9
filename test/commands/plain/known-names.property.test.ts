import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countNames } from '../../../src/commands/plain/known-names.ts'
import { createLibrary } from '../../../src/content/library.ts'
import { libraryFromFiles, storyFiles } from '../../support/content/story-files.ts'

const NAMES = ['Ana Example', 'Bo Example', 'Example Authority', 'Cy Jr', 'Dee Ann Lee III', 'Lee', 'Ana']
const { stories } = libraryFromFiles(
  ...NAMES.map((name, at) =>
    storyFiles(`bridge-${at}`, { people: [{ name, role: 'a driver', sources: [1] }] }),
  ),
)
const WORDS = [...NAMES, ...NAMES.flatMap(name => name.split(' ')), 'nobody'].map(name => name.toLowerCase())

test('whatever stories come and go, the names that count are those of the stories that are asked about', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ asked: fc.subarray(stories), warmed: fc.subarray(stories) }), { maxLength: 5 }),
      steps => {
        const names = countNames()
        for (const { asked, warmed } of steps) {
          const library = createLibrary(asked, 'r', [], [])
          names.of(library)
          for (const story of warmed) names.add(story)
          const known = names.of(library)
          const fresh = countNames().of(library)
          const told = (of: typeof known) => WORDS.map(word => [word, of.has(word), of.isFirstOnly(word)])
          expect(told(known)).toEqual(told(fresh))
        }
      },
    ),
    { numRuns: 200 },
  )
})
