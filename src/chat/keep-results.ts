/**
 * Makes a function of a text that keeps its results: the same addresses and dates are drawn in answer after answer. At
 * `max` results it forgets them all, so that the memory for them has a limit.
 */
export function keepResults<Result>(
  compute: (text: string) => Result,
  max: number,
): (text: string) => Result {
  const results = new Map<string, Result>()
  return text => {
    if (results.has(text)) return results.get(text)!
    const result = compute(text)
    if (results.size >= max) results.clear()
    results.set(text, result)
    return result
  }
}

/** Makes a function of an object that keeps its results as long as the object lives. The objects must never change. */
export function keepForObject<Key extends object, Result extends {}>(
  compute: (key: Key) => Result,
): (key: Key) => Result {
  const results = new WeakMap<Key, Result>()
  return key => {
    const known = results.get(key)
    if (known !== undefined) return known
    const result = compute(key)
    results.set(key, result)
    return result
  }
}
