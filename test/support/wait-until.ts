/** Waits until something holds, for at most two seconds. */
export async function waitUntil(holds: () => boolean, most = 2_000): Promise<void> {
  const end = Date.now() + most
  while (!holds()) {
    if (Date.now() > end) throw new Error(`until: still not so after ${most} ms: ${holds}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
