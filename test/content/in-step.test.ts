import { expect, test } from 'vitest'
import { keepInStep } from '../../src/content/in-step.ts'
import type { Story } from '../../src/content/story.ts'

const stories = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ slug: `story-${from + index}` }) as Story)

function startCounting() {
  const counted = new Set<Story>()
  const inStep = keepInStep({
    add: story => void counted.add(story),
    drop: story => void counted.delete(story),
  })
  return { counted, ...inStep }
}

test('where few stories are missing they are counted, where many are none is, until somebody counts them', () => {
  const { counted, ofFew, of } = startCounting()
  const thousand = stories(1_000)
  expect(ofFew(thousand)).toBe(false)
  expect(counted.size).toBe(0)
  of(thousand)
  expect(counted).toEqual(new Set(thousand))
  const saved = [...thousand.slice(0, 998), ...stories(2, 1_000)]
  expect(ofFew(saved)).toBe(true)
  expect(counted).toEqual(new Set(saved))
})

test('stories that are counted one by one before somebody asks are in step', () => {
  const { counted, ofFew, add } = startCounting()
  const hundred = stories(100)
  hundred.slice(0, 90).forEach(add)
  expect(ofFew(hundred)).toBe(true)
  expect(counted).toEqual(new Set(hundred))
})
