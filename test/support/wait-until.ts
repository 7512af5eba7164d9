/** Waits until a condition holds; throws if it does not within `maxMs`. */
export async function waitUntil(holds: () => boolean, maxMs = 20_000): Promise<void> {
  const end = Date.now() + maxMs
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waitUntil: still not true after ${maxMs} ms: ${holds}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
