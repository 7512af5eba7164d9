/**
 * Computes a value once for each object, such as a library or a story, and frees it with that object. The objects must
 * never change; further arguments count only when the value is computed, so they must follow from the object.
 */
export function cachePerObject<Key extends object, Rest extends unknown[], Value extends {}>(
  compute: (key: Key, ...rest: Rest) => Value,
): (key: Key, ...rest: Rest) => Value {
  const values = new WeakMap<Key, Value>()
  return (key, ...rest) => {
    const known = values.get(key)
    if (known !== undefined) return known
    const value = compute(key, ...rest)
    values.set(key, value)
    return value
  }
}

/**
 * The same for the object that was asked about last only: for values that many answers about one story need, and that
 * would take too much memory for a thousand stories.
 */
export function cacheForLast<Key extends object, Value extends {}>(
  compute: (key: Key) => Value,
): (key: Key) => Value {
  let last = new WeakMap<Key, Value>()
  return key => {
    const known = last.get(key)
    if (known !== undefined) return known
    const value = compute(key)
    last = new WeakMap([[key, value]])
    return value
  }
}
