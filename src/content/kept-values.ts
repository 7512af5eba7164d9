import type { Story } from './story.ts'

/** Small facts about a story that are kept with it, by name: with them, most work does not need the whole story. */
export type KeptValues = Record<string, unknown>

const keptValues = new WeakMap<Story, KeptValues>()

/** Gives a story the values that were kept with it. They must be those that the story itself would give. */
export const keepWith = (story: Story, values: KeptValues): void => {
  keptValues.set(story, values)
}

const originals = new WeakMap<Story, Story>()

/** Lets a story that differs from another one in nothing that values are made of share those of the other one. */
export const shareValues = (story: Story, original: Story): void => {
  originals.set(story, originals.get(original) ?? original)
}

/** A function of a story whose value is kept under a name. */
export type Keepable<Value> = ((story: Story) => Value) & { keptAs: string }

/**
 * Makes a function that computes a small value of a story once, and takes it from what was kept with the story if there
 * is any. The name is that of the value among the kept ones, and must be the only one of its kind.
 */
export function keepable<Value>(name: string, compute: (story: Story) => Value): Keepable<Value> {
  const computed = new WeakMap<Story, { value: Value }>()
  const getValue = (asked: Story): Value => {
    const story = originals.get(asked) ?? asked
    const kept = keptValues.get(story)
    if (kept && name in kept) return kept[name] as Value
    const known = computed.get(story) ?? { value: compute(story) }
    computed.set(story, known)
    return known.value
  }
  return Object.assign(getValue, { keptAs: name })
}
