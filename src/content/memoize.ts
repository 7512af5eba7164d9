import { valuesOfParts } from './opened-stories.ts'
import type { Story } from './story.ts'

/** Makes a function that computes its result once per object, and keeps it as long as the object lives. */
export function memoize<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const cache = new WeakMap<Key, { value: Value }>()
  return key => {
    const cached = cache.get(key) ?? { value: compute(key) }
    cache.set(key, cached)
    return cached.value
  }
}

/**
 * Makes a function that computes its result once per story, and keeps it as long as the story's long parts are in
 * memory: what is computed from them is as large as they are.
 */
export function memoizeParts<Value>(compute: (story: Story) => Value): (story: Story) => Value {
  const always = memoize(compute)
  return story => {
    const computed = valuesOfParts(story)
    if (!computed) return always(story)
    const own = computed.get(story) ?? new Map<object, unknown>()
    computed.set(story, own)
    if (!own.has(compute)) own.set(compute, compute(story))
    return own.get(compute) as Value
  }
}
