import { expect, test } from 'vitest'
import { cacheForLast, cachePerObject } from '../../src/commands/cache-per-object.ts'

test('a value is computed once for each object, or once as long as the same object is asked about', () => {
  const [a, b] = [{ name: 'a' }, { name: 'b' }]
  const count = (cache: typeof cacheForLast) => {
    const computed: string[] = []
    const nameOf = cache(({ name }: { name: string }) => {
      computed.push(name)
      return [name]
    })
    expect([a, a, b, b, a].map(nameOf)).toEqual([['a'], ['a'], ['b'], ['b'], ['a']])
    return computed
  }
  expect(count(cachePerObject)).toEqual(['a', 'b'])
  expect(count(cacheForLast)).toEqual(['a', 'b', 'a'])
})
